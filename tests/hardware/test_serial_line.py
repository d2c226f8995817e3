"""The serial line against real pseudo-terminals."""

import os
import queue
import select
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import serial

from hardware.errors import SerialSettingsError
from hardware.serial_line import (
    LONGEST_RETRY_S,
    LineBytes,
    LineEvent,
    LineLost,
    LineOpened,
    SerialLine,
    SerialSettings,
)
from hardware.simulators.pseudo_terminal import PseudoTerminal

TIMEOUT_S = 5.0


class Watched:
    """A line with its events in a queue, and every pause between attempts in the test's hands."""

    def __init__(self, port: Path) -> None:
        self.events: queue.Queue[LineEvent] = queue.Queue()
        self.pauses: list[float] = []
        self.go = threading.Semaphore(0)
        self.paused = threading.Semaphore(0)
        self.line = SerialLine(SerialSettings(str(port)), self.events.put, wait=self._pause)

    def next(self) -> LineEvent:
        """Return the next event."""
        return self.events.get(timeout=TIMEOUT_S)

    def until_paused(self) -> None:
        """Wait until the line has given up an attempt and pauses."""
        assert self.paused.acquire(timeout=TIMEOUT_S)

    def retry(self) -> None:
        """Let a pausing line try again."""
        self.go.release()

    def _pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.paused.release()
        self.go.acquire(timeout=TIMEOUT_S)


@pytest.fixture
def watch() -> Iterator[Callable[[Path], Watched]]:
    """Start lines that are closed at the end."""
    lines: list[Watched] = []

    def start(port: Path) -> Watched:
        watched = Watched(port)
        lines.append(watched)
        watched.line.start()
        return watched

    yield start
    for watched in lines:
        watched.go.release(100)
        assert watched.line.close()


def test_bytes_come_with_their_time_and_replies_go_out(watch: Callable[[Path], Watched]) -> None:
    """What the panel sends arrives whole and in order, and a reply written from another thread reaches it."""
    with PseudoTerminal() as terminal:
        watched = watch(terminal.path)
        assert watched.next() == LineOpened(1)
        terminal.write(b"5011 18\x00\x14\xff")
        assert _read(watched, 10) == b"5011 18\x00\x14\xff"
        assert watched.line.write(b"\x06", opening=1)
        assert _panel_hears(terminal) == b"\x06"


def test_a_missing_port_is_said_once_and_tried_ever_more_slowly(
    tmp_path: Path, watch: Callable[[Path], Watched]
) -> None:
    """A port that is not there gives one sentence, capped back-off, and opens when it appears."""
    port = tmp_path / "ttyGone"
    watched = watch(port)
    assert watched.next() == LineLost(
        f"The serial port {port} cannot be opened: it is not there; check cable, adapter and the port's name."
    )
    for _ in range(8):
        watched.until_paused()
        watched.retry()
    watched.until_paused()
    with PseudoTerminal(port):
        watched.retry()
        assert watched.next() == LineOpened(1)
    assert watched.pauses[:3] == [0.5, 1.0, 2.0]
    assert max(watched.pauses) == LONGEST_RETRY_S


def test_a_replugged_line_starts_anew(tmp_path: Path, watch: Callable[[Path], Watched]) -> None:
    """After a replug under the same name the line reads on, and replies to the old opening are refused."""
    port = tmp_path / "ttyPanel"
    with PseudoTerminal(port):
        watched = watch(port)
        assert watched.next() == LineOpened(1)
    lost = watched.next()
    assert isinstance(lost, LineLost)
    assert "broke; check cable and adapter" in lost.reason
    with PseudoTerminal(port) as terminal:
        terminal.write(b"half a frame from before")
        watched.until_paused()
        watched.retry()
        assert watched.next() == LineOpened(2)
        assert not watched.line.write(b"\x06", opening=1)
        terminal.write(b"new\x14")
        assert _read(watched, 4) == b"new\x14"


def test_a_port_in_use_is_refused_with_advice(watch: Callable[[Path], Watched]) -> None:
    """The port is exclusive: a second program's hold is named, and nothing is stolen from it."""
    with PseudoTerminal() as terminal:
        with serial.Serial(str(terminal.path), exclusive=True):
            watched = watch(terminal.path)
            lost = watched.next()
            assert isinstance(lost, LineLost)
            assert "another program has it" in lost.reason
        watched.until_paused()
        watched.retry()
        assert watched.next() == LineOpened(1)


def test_control_lines_are_low_before_the_port_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    """RTS and DTR are off by the time open is called: a raised line keys a radio."""
    seen: list[tuple[bool, bool, bool]] = []
    real_open = serial.Serial.open

    def noting_open(port: serial.Serial) -> None:
        seen.append((port.rts, port.dtr, bool(port.exclusive)))
        real_open(port)

    monkeypatch.setattr(serial.Serial, "open", noting_open)
    with PseudoTerminal() as terminal:
        events: queue.Queue[LineEvent] = queue.Queue()
        line = SerialLine(SerialSettings(str(terminal.path)), events.put)
        line.start()
        assert events.get(timeout=TIMEOUT_S) == LineOpened(1)
        assert line.close()
    assert seen == [(False, False, True)]


def test_closing_is_quick_and_final(tmp_path: Path) -> None:
    """A line closes at once, reading, between attempts or never started, and writes nothing afterwards."""
    with PseudoTerminal() as terminal:
        for port in (terminal.path, tmp_path / "ttyGone"):
            events: queue.Queue[LineEvent] = queue.Queue()
            line = SerialLine(SerialSettings(str(port)), events.put)
            line.start()
            events.get(timeout=TIMEOUT_S)
            running = [line.running, line.close(), line.running]
            assert running == [True, True, False]
            assert not line.write(b"\x06", opening=1)
        assert SerialLine(SerialSettings(str(terminal.path)), events.put).close()


@pytest.mark.parametrize(
    ("baud", "framing"), [(9601, "8N1"), (9600, "9N1"), (9600, "8X1"), (9600, "8N"), (0, "")]
)
def test_settings_no_port_has_are_refused(baud: int, framing: str) -> None:
    """Impossible speeds and framings are refused by name of the port, before anything is opened."""
    with pytest.raises(SerialSettingsError, match="ttyS1"):
        SerialSettings("/dev/ttyS1", baud, framing)


def _read(watched: Watched, count: int) -> bytes:
    data = b""
    while len(data) < count:
        event = watched.next()
        assert isinstance(event, LineBytes)
        assert event.read_at > 0
        data += event.data
    return data


def _panel_hears(terminal: PseudoTerminal) -> bytes:
    assert select.select([terminal.fd], [], [], TIMEOUT_S)[0]
    return os.read(terminal.fd, 100)
