"""PortAudio's inputs and outputs; the only file that knows PyAudio.

To be used in a process of its own. When a USB card vanishes PortAudio may spin for ever inside any of its
calls (portaudio#1037), some of which hold Python's one lock: then not even another thread could tell.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from hardware.errors import AudioError

_BLOCK_S: Final = 0.04
"""As `BLOCK_SAMPLES` of `hardware.audio.format`, which a process that shall stay small does not import."""
_MOST_FRAMES: Final = 2000
"""What goes into one packet of `capture_wire`, whatever a card's rate."""

_OUT_RATE: Final = 16_000

OnSound = Callable[[bytes, bool], None]
"""Samples, signed 16 bit mono, and whether some were lost before them; on PortAudio's thread."""


def input_names() -> list[str]:
    """The inputs there are, as `open_input` knows them. Raises `AudioError` without PyAudio."""
    return [str(card["name"]) for card in _inputs(_pyaudio().PyAudio())]


def open_input(device: str, rate: int, on_opened: Callable[[int], None], on_sound: OnSound) -> object:
    """Listen to the input whose name contains `device`, until the process ends; keep what is returned.

    The card is opened at `rate` where it can, else at its own; `on_opened` gets the rate before the first
    sound. Raises `AudioError`.
    """
    pyaudio = _pyaudio()
    library = pyaudio.PyAudio()
    card = _card_named(device, _inputs(library))

    def heard(data: bytes, _count: int, _times: Mapping[str, float], status: int) -> tuple[None, int]:
        on_sound(data, bool(status & pyaudio.paInputOverflow))
        return None, pyaudio.paContinue

    try:
        rate = _rate_of(library, card, rate, pyaudio.paInt16)
        stream = library.open(
            rate=rate,
            channels=1,
            format=pyaudio.paInt16,
            input=True,
            input_device_index=int(card["index"]),
            frames_per_buffer=min(int(rate * _BLOCK_S), _MOST_FRAMES),
            stream_callback=heard,
            start=False,
        )
        on_opened(rate)
        stream.start_stream()
    except OSError as error:
        raise AudioError(f"{device}: the sound card cannot be opened ({error})") from error
    return library, stream


def play(device: str, samples: bytes) -> None:
    """Play 16-bit mono at 16 kHz to the output whose name contains `device`, to its end. Raises `AudioError`.

    ALSA's own plug devices resample; a bare `hw:` device that cannot do 16 kHz refuses.
    """
    pyaudio = _pyaudio()
    library = pyaudio.PyAudio()
    cards = (library.get_device_info_by_index(n) for n in range(library.get_device_count()))
    card = _card_named(device, [card for card in cards if int(card["maxOutputChannels"]) > 0], "output")
    try:
        stream = library.open(
            rate=_OUT_RATE,
            channels=1,
            format=pyaudio.paInt16,
            output=True,
            output_device_index=int(card["index"]),
        )
        stream.write(samples)
        stream.stop_stream()  # waits until what is buffered has sounded
    except OSError as error:
        raise AudioError(f"{device}: the sound card cannot be played to ({error})") from error


def _pyaudio() -> Any:  # noqa: ANN401 - the library carries no types
    try:
        import pyaudio  # noqa: PLC0415 - a box without a sound card runs without it
    except ImportError as error:
        raise AudioError(
            "PyAudio is not installed: apt install portaudio19-dev, then pip install 'tongpin[gateway]'"
        ) from error
    return pyaudio


def _inputs(library: Any) -> list[Mapping[str, Any]]:  # noqa: ANN401 - see `_pyaudio`
    cards = (library.get_device_info_by_index(n) for n in range(library.get_device_count()))
    return [card for card in cards if int(card["maxInputChannels"]) > 0]


def _card_named(name: str, cards: list[Mapping[str, Any]], what: str = "input") -> Mapping[str, Any]:
    matching = [card for card in cards if name.casefold() in str(card["name"]).casefold()]
    if not matching:
        there = ", ".join(str(card["name"]) for card in cards) or "none at all"
        raise AudioError(f"{name}: there is no such sound {what}; there are: {there}")
    return matching[0]


def _rate_of(library: Any, card: Mapping[str, Any], wanted: int, sample_format: int) -> int:  # noqa: ANN401 - see `_pyaudio`
    try:
        library.is_format_supported(
            wanted, input_device=int(card["index"]), input_channels=1, input_format=sample_format
        )
    except ValueError:
        return int(card["defaultSampleRate"])
    return wanted
