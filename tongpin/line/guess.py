"""Listen at one speed after the other until a protocol explains what is heard."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from hardware.errors import UnreadableCaptureError
from hardware.line_capture import read_capture
from hardware.line_guess import CERTAIN, LIKELY, Guess, guesses
from hardware.line_mode import USUAL_BAUDS
from hardware.serial_line import LineBytes, LineLost, SerialSettings
from tongpin.errors import NothingHeard
from tongpin.line.listening import Listening, listen_to

_PLENTY_BYTES: Final = 4096
"""More of one speed teaches nothing."""
_JUNK_BYTES: Final = 256
"""So much that hardly anything explains: the speed is wrong, the next one's turn has come."""
_HOPELESS: Final = 0.3


def guess_live(port: str, seconds: float, say: Callable[[str], None]) -> tuple[Guess, ...]:
    """The guesses over all usual speeds, the surest first; `seconds` is the patience for each speed.

    Stops at once where there is no doubt, and where there is little after the whole patience for a speed.
    Raises `NothingHeard` when the port cannot be opened.
    """
    found: list[Guess] = []
    for baud in USUAL_BAUDS:
        say(f"listening at {baud} …")
        with listen_to(SerialSettings(port, baud, "8N1")) as listening:
            found += _at(listening, baud, seconds)
        found.sort(key=lambda guess: guess.sure, reverse=True)
        if found and found[0].sure >= LIKELY:
            break
    return tuple(found)


def guess_recorded(path: Path, baud: int) -> tuple[Guess, ...]:
    """The same for a capture, or for a file of raw bytes. Raises `UnreadableCaptureError`."""
    if path.suffix == ".capture":
        return guesses(b"".join(heard.data for heard in read_capture(path)), baud)
    try:
        return guesses(path.read_bytes(), baud)
    except OSError as error:
        raise UnreadableCaptureError(f"{path} cannot be read: {error.strerror}.") from error


def row_of(guess: Guess) -> str:
    """Protocol, settings, how sure, and on what ground."""
    frames = "1 frame" if guess.frames == 1 else f"{guess.frames} frames"
    return f"{guess.protocol:<14} {guess.mode!s:<12} {guess.sure:4.0%} sure, {frames} read"


def _at(listening: Listening, baud: int, seconds: float) -> tuple[Guess, ...]:
    data = b""
    best: tuple[Guess, ...] = ()
    for event in listening.events(seconds):
        if isinstance(event, LineLost):
            raise NothingHeard(event.reason)
        if isinstance(event, LineBytes):
            data += event.data
            best = guesses(data, baud)
            if _settled(best[0].sure if best else 0.0, len(data)):
                break
    return best


def _settled(sure: float, heard: int) -> bool:
    hopeless = heard >= _JUNK_BYTES and sure < _HOPELESS
    return sure >= CERTAIN or hopeless or heard >= _PLENTY_BYTES
