"""A line into a file, and a file onto a line."""

import os
import time
from pathlib import Path

from hardware.line_capture import CaptureWriter, read_capture
from hardware.serial_line import LineBytes, LineLost, SerialSettings
from hardware.simulators.pseudo_terminal import PseudoTerminal
from tongpin.errors import NothingHeard
from tongpin.line.listening import listen_to


def record(settings: SerialSettings, file: Path, seconds: float | None) -> int:
    """Append what is heard until `seconds` are over or Ctrl-C; gives the bytes. Raises `NothingHeard`."""
    count = 0
    with file.open("a", encoding="utf-8") as opened, listen_to(settings) as listening:
        writer = CaptureWriter(opened, time.monotonic())
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


def play(file: Path, link: Path, speed: float, after: float) -> tuple[int, int]:
    """Speak a capture on a port made at `link`; gives bytes played and answer bytes heard."""
    played = answers = 0
    with PseudoTerminal(link) as panel:
        began = time.monotonic() + after
        for heard in read_capture(file):
            answers += _wait_and_listen(panel, began + heard.at / speed)
            panel.write(heard.data)
            played += len(heard.data)
        answers += _wait_and_listen(panel, time.monotonic() + 1.0)
    return played, answers


def _wait_and_listen(panel: PseudoTerminal, until: float) -> int:
    heard = 0
    while (left := until - time.monotonic()) > 0:
        heard += _answers(panel)
        time.sleep(min(left, 0.05))
    return heard + _answers(panel)


def _answers(panel: PseudoTerminal) -> int:
    try:
        return len(os.read(panel.fd, 4096))
    except BlockingIOError:
        return 0
