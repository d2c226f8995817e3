"""A line into a file, and a file onto a line."""

import fcntl
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from hardware.line_capture import CaptureWriter, Heard, read_capture
from hardware.serial_line import LineBytes, LineLost, SerialSettings
from hardware.simulators.pseudo_terminal import PseudoTerminal
from tongpin.errors import NothingHeard
from tongpin.line.listening import listen_to

_LOOK_S: Final = 0.05
_SETTLE_S: Final = 0.3
"""Whoever opens a port throws away what came before, a moment after having it."""
_LAST_ANSWER_S: Final = 1.0
_BETWEEN_S: Final = 1.0
"""Between two captures in one file."""


@dataclass(frozen=True, slots=True)
class Played:
    """Bytes said on the line, and bytes heard in answer."""

    said: int = 0
    answers: int = 0


def record(settings: SerialSettings, file: Path, seconds: float | None) -> int:
    """Append what is heard until `seconds` are over or Ctrl-C; gives the bytes.

    Raises `NothingHeard` and `UnwritableCaptureError`.
    """
    count = 0
    with CaptureWriter.appending(file, time.monotonic()) as writer, listen_to(settings) as listening:
        try:
            for event in listening.events(seconds):
                if isinstance(event, LineLost):
                    raise NothingHeard(event.reason)
                if isinstance(event, LineBytes):
                    writer.write(event.data, event.read_at)
                    count += len(event.data)
        except KeyboardInterrupt:
            return count
    return count


def play(file: Path, link: Path, speed: float, patience_s: float) -> Played:
    """Speak a capture on a port made at `link`, once somebody has opened it.

    Raises `UnreadableCaptureError` before a byte is said, and `NothingHeard` when nobody opens the port.
    """
    story = tuple(one_after_the_other(read_capture(file)))
    played = Played()
    with PseudoTerminal(link) as panel:
        _wait_until_opened(panel, patience_s)
        began = time.monotonic()
        for heard in story:
            answers = _listen(panel, began + heard.at / speed)
            panel.write(heard.data)
            played = Played(played.said + len(heard.data), played.answers + answers)
        return replace(played, answers=played.answers + _listen(panel, time.monotonic() + _LAST_ANSWER_S))


def one_after_the_other(readings: Iterable[Heard]) -> Iterator[Heard]:
    """The readings with times that never run backwards: an appended capture follows the first. Pure."""
    shift = last = 0.0
    for heard in readings:
        if heard.at + shift < last:
            shift = last + _BETWEEN_S
        last = heard.at + shift
        yield replace(heard, at=last)


def _wait_until_opened(panel: PseudoTerminal, patience_s: float) -> None:
    """Raises `NothingHeard`."""
    until = time.monotonic() + patience_s
    while not _is_open_elsewhere(panel.path):
        if time.monotonic() >= until:
            raise NothingHeard(f"Nobody opened {panel.path} within {patience_s:.0f} s; is the box running?")
        time.sleep(_LOOK_S)
    time.sleep(_SETTLE_S)


def _is_open_elsewhere(port: Path) -> bool:
    """The box, like every careful reader, locks its port."""
    probe = os.open(port, os.O_RDWR | os.O_NOCTTY)
    try:
        fcntl.flock(probe, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(probe)
    return False


def _listen(panel: PseudoTerminal, until: float) -> int:
    """Gives how many bytes were heard until then."""
    heard = _answers(panel)
    while (left := until - time.monotonic()) > 0:
        time.sleep(min(left, _LOOK_S))
        heard += _answers(panel)
    return heard


def _answers(panel: PseudoTerminal) -> int:
    try:
        return len(os.read(panel.fd, 4096))
    except BlockingIOError:
        return 0
