"""A port, heard from a command: its events one after the other, until somebody has heard enough."""

import queue
import time
from collections.abc import Iterator
from contextlib import contextmanager

from hardware.serial_line import LineEvent, SerialLine, SerialSettings

_TURN_S = 0.2


class Listening:
    """An open line and what it says. Made by `listen_to`."""

    def __init__(self, line: SerialLine, events: "queue.SimpleQueue[LineEvent]") -> None:
        self.line = line
        self._events = events

    def events(self, seconds: float | None = None) -> Iterator[LineEvent | None]:
        """What the line says; None now and then when it is silent. Ends after `seconds`."""
        until = None if seconds is None else time.monotonic() + seconds
        while until is None or time.monotonic() < until:
            try:
                yield self._events.get(timeout=_TURN_S)
            except queue.Empty:
                yield None


@contextmanager
def listen_to(settings: SerialSettings) -> Iterator[Listening]:
    """Open the port, with RTS and DTR low, and close it afterwards."""
    events: queue.SimpleQueue[LineEvent] = queue.SimpleQueue()
    line = SerialLine(settings, events.put)
    line.start()
    try:
        yield Listening(line, events)
    finally:
        line.close()
