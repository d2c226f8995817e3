"""Listen at one speed after the other until a protocol explains what is heard."""

from collections.abc import Callable
from pathlib import Path

from hardware.line_capture import read_capture
from hardware.line_guess import CERTAIN, Guess, guesses
from hardware.line_mode import USUAL_BAUDS
from hardware.serial_line import LineBytes, LineLost, SerialSettings
from tongpin.errors import NothingHeard
from tongpin.line.listening import Listening, listen_to

_PLENTY_BYTES = 4096


def guess_live(port: str, seconds: float, say: Callable[[str], None]) -> tuple[Guess, ...]:
    """The best guesses over all usual speeds, the surest first; `seconds` is the patience for each speed.

    Raises `NothingHeard` when the port cannot be opened.
    """
    found: list[Guess] = []
    for baud in USUAL_BAUDS:
        say(f"listening at {baud} …")
        with listen_to(SerialSettings(port, baud, "8N1")) as listening:
            found += _at(listening, baud, seconds)
        found.sort(key=lambda guess: -guess.sure)
        if found and found[0].sure >= CERTAIN:
            break
    return tuple(found)


def guess_recorded(path: Path, baud: int) -> tuple[Guess, ...]:
    """The same for a capture, or for a file of raw bytes."""
    if path.suffix == ".capture":
        return guesses(b"".join(heard.data for heard in read_capture(path)), baud)
    return guesses(path.read_bytes(), baud)


def _at(listening: Listening, baud: int, seconds: float) -> tuple[Guess, ...]:
    data = b""
    best: tuple[Guess, ...] = ()
    for event in listening.events(seconds):
        if isinstance(event, LineLost):
            raise NothingHeard(event.reason)
        if isinstance(event, LineBytes):
            data += event.data
        if not isinstance(event, LineBytes) or len(data) < _PLENTY_BYTES:
            best = guesses(data, baud)
            if best and best[0].sure >= CERTAIN:
                return best
    return best
