"""A sound card through PortAudio, held by a process of its own that is killed and not asked.

    capture process ──pipe──▶ our thread ──▶ blocks

PortAudio may hang in opening, in closing, or in between. Nothing here waits for it without a limit: neither
the one who calls, nor our thread, nor, because that process shares no lock with us, the rest of the box.
"""

import threading
from collections.abc import Callable
from typing import Final

import numpy as np
import soxr

from hardware.audio.capture import Capture
from hardware.audio.capture_wire import SOUND, Packet
from hardware.audio.clock_fit import ClockFit
from hardware.audio.decoding import to_int16
from hardware.audio.format import SAMPLE_RATE, Block, Samples
from hardware.errors import AudioError, AudioLost

_FIRST_S: Final = 5.0
"""A sound server may take two seconds to fill its first buffer."""


class PyAudioSource:
    """Listens to the input device whose name contains `device`: an index changes with every plug.

    No sound for `silent_seconds` means lost: a squelched radio still gives silence, a vanished card gives
    nothing. Cards that cannot give 16 kHz are opened at their own rate and resampled.
    `command` as in `Capture`.
    """

    def __init__(self, device: str, silent_seconds: float = 2.0, command: tuple[str, ...] = ()) -> None:
        self.device = device
        self.overruns = 0
        self.heard = 0
        """Samples so far, at the card's rate, with those that were dropped."""
        self.dropped = 0
        """Samples thrown away because the box did not take them in time, at the card's rate."""
        self.clock = ClockFit(SAMPLE_RATE)
        self._overflows = 0
        self._silent_seconds = silent_seconds
        self._command = command
        self._closing = threading.Event()
        self._capture: Capture | None = None
        self._thread: threading.Thread | None = None

    def start(self, on_block: Callable[[Block], None], on_lost: Callable[[AudioError], None]) -> None:
        """Open the card and listen; see `AudioSource`. Ten seconds to open are the limit."""
        self._capture = capture = Capture(self.device, SAMPLE_RATE, self._command)
        try:
            rate = capture.open()
        except AudioError:
            self.close()
            raise
        self.clock = ClockFit(rate)
        self._thread = threading.Thread(
            target=self._run,
            args=(capture, rate, on_block, on_lost),
            name=f"audio.card[{self.device}]",
            daemon=True,
        )
        self._thread.start()

    def close(self) -> None:
        """Free the card; see `AudioSource`. Returns at once, or in seconds when the kernel's driver hangs."""
        self._closing.set()
        if self._capture is None or self._thread is threading.current_thread():
            return
        self._capture.kill()
        if self._thread is not None:
            self._thread.join()
        self._capture.free()

    def _run(
        self,
        capture: Capture,
        rate: int,
        on_block: Callable[[Block], None],
        on_lost: Callable[[AudioError], None],
    ) -> None:
        convert = _converter(rate)
        position = 0
        patience = max(_FIRST_S, self._silent_seconds)
        while not self._closing.is_set():
            try:
                packets = capture.packets(patience)
            except AudioLost as error:
                if not self._closing.is_set():
                    on_lost(error)
                return
            for packet in packets:
                if packet.kind == SOUND:
                    position += self._note(packet) * SAMPLE_RATE // rate
                    samples = convert(np.frombuffer(packet.payload, np.int16))
                    on_block(Block(samples, packet.at - len(samples) / SAMPLE_RATE, position))
                    position += len(samples)
            patience = self._silent_seconds

    def _note(self, packet: Packet) -> int:
        """Keep the figures; gives the samples that were dropped before this packet."""
        dropped = packet.dropped - self.dropped
        self.overruns += (dropped > 0) + packet.overflows - self._overflows
        self.dropped, self._overflows = packet.dropped, packet.overflows
        self.heard += dropped + len(packet.payload) // 2
        self.clock.note(packet.at, self.heard)
        return dropped


def _converter(rate: int) -> Callable[[Samples], Samples]:
    if rate == SAMPLE_RATE:
        return lambda samples: samples
    resampler = soxr.ResampleStream(rate, SAMPLE_RATE, 1, dtype="float32")
    return lambda samples: to_int16(resampler.resample_chunk(samples.astype(np.float32) / 32768))
