"""A sound card through PortAudio; the only file that knows PortAudio.

PortAudio calls back on a thread of its own, which only puts bytes into a bounded queue; our thread takes
them out. So a hung driver stops that thread and not ours, and ours is the one that notices.
"""

import queue
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import soxr

from hardware.audio.decoding import to_int16
from hardware.audio.format import SAMPLE_RATE, Block, Samples
from hardware.errors import AudioError, AudioLost

_BLOCK_SECONDS = 0.02
_WAITING_BLOCKS = 100
_CLOSE_SECONDS = 2.0
_FIRST_SECONDS = 5.0
"""A sound server may take two seconds to fill its first buffer."""

_Heard = tuple[bytes, float]


class PyAudioSource:
    """Listens to the input device whose name contains `device`: an index changes with every plug.

    No sound for `silent_seconds` means lost: a squelched radio still gives silence, a vanished card gives
    nothing. Cards that cannot give 16 kHz are opened at their own rate and resampled.
    """

    def __init__(
        self, device: str, silent_seconds: float = 2.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.device = device
        self.overruns = 0
        self._silent_seconds = silent_seconds
        self._clock = clock
        self._waiting: queue.Queue[_Heard | None] = queue.Queue(_WAITING_BLOCKS)
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None
        self._release: Callable[[], None] | None = None

    def start(self, on_block: Callable[[Block], None], on_lost: Callable[[AudioError], None]) -> None:
        """Open the card and listen; see `AudioSource`."""
        rate = self._open()
        self._thread = threading.Thread(
            target=self._run, args=(rate, on_block, on_lost), name=f"audio.card[{self.device}]", daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        """Free the card; see `AudioSource`. A driver that hangs is left behind after two seconds."""
        self._closing.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._wake()
            self._thread.join()
        if self._release is not None:
            closer = threading.Thread(target=self._release, name=f"audio.close[{self.device}]", daemon=True)
            self._release = None
            closer.start()
            closer.join(_CLOSE_SECONDS)

    def _open(self) -> int:
        """Open the stream and return its rate."""
        pyaudio = _pyaudio()
        library = pyaudio.PyAudio()
        try:
            card = _card_named(self.device, _inputs(library))
            rate = _rate_of(library, card, pyaudio.paInt16)
            stream = library.open(
                rate=rate,
                channels=1,
                format=pyaudio.paInt16,
                input=True,
                input_device_index=int(card["index"]),
                frames_per_buffer=int(rate * _BLOCK_SECONDS),
                stream_callback=self._callback(pyaudio.paInputOverflow, pyaudio.paContinue),
            )
        except OSError as error:
            library.terminate()
            raise AudioError(f"{self.device}: the sound card cannot be opened ({error})") from error
        except AudioError:
            library.terminate()
            raise

        def release() -> None:
            stream.close()
            library.terminate()

        self._release = release
        return rate

    def _callback(self, overflow: int, go_on: int) -> Callable[..., tuple[None, int]]:
        def heard(data: bytes, _count: int, _times: Mapping[str, float], status: int) -> tuple[None, int]:
            if status & overflow:
                self.overruns += 1
            try:
                self._waiting.put_nowait((data, self._clock()))
            except queue.Full:
                self.overruns += 1
            return None, go_on

        return heard

    def _run(
        self, rate: int, on_block: Callable[[Block], None], on_lost: Callable[[AudioError], None]
    ) -> None:
        convert = _converter(rate)
        position = 0
        patience = max(_FIRST_SECONDS, self._silent_seconds)
        while not self._closing.is_set():
            try:
                heard = self._waiting.get(timeout=patience)
            except queue.Empty:
                on_lost(AudioLost(f"{self.device}: no sound for {patience:g} s; is it plugged in?"))
                return
            if heard is None:
                return
            data, until = heard
            samples = convert(np.frombuffer(data, np.int16))
            on_block(Block(samples, until - len(samples) / SAMPLE_RATE, position))
            position += len(samples)
            patience = self._silent_seconds

    def _wake(self) -> None:
        try:
            self._waiting.put_nowait(None)
        except queue.Full:
            return  # a full queue is awake


def _pyaudio() -> Any:  # noqa: ANN401  # the library carries no types
    try:
        import pyaudio  # noqa: PLC0415  # a box without a sound card runs without it
    except ImportError as error:
        raise AudioError(
            "PyAudio is not installed: apt install portaudio19-dev, then pip install 'tongpin[gateway]'"
        ) from error
    return pyaudio


def _inputs(library: Any) -> list[Mapping[str, Any]]:  # noqa: ANN401  # see `_pyaudio`
    cards = (library.get_device_info_by_index(n) for n in range(library.get_device_count()))
    return [card for card in cards if int(card["maxInputChannels"]) > 0]


def _card_named(name: str, cards: list[Mapping[str, Any]]) -> Mapping[str, Any]:
    matching = [card for card in cards if name.casefold() in str(card["name"]).casefold()]
    if not matching:
        there = ", ".join(str(card["name"]) for card in cards) or "none at all"
        raise AudioError(f"{name}: there is no such sound input; there are: {there}")
    return matching[0]


def _rate_of(library: Any, card: Mapping[str, Any], sample_format: int) -> int:  # noqa: ANN401  # see `_pyaudio`
    try:
        library.is_format_supported(
            SAMPLE_RATE, input_device=int(card["index"]), input_channels=1, input_format=sample_format
        )
    except ValueError:
        return int(card["defaultSampleRate"])
    return SAMPLE_RATE


def _converter(rate: int) -> Callable[[Samples], Samples]:
    if rate == SAMPLE_RATE:
        return lambda samples: samples
    resampler = soxr.ResampleStream(rate, SAMPLE_RATE, 1, dtype="float32")
    return lambda samples: to_int16(resampler.resample_chunk(samples.astype(np.float32) / 32768))
