"""The smallest box there can be: it decodes a line and answers at once."""

import queue
import threading
from pathlib import Path

from hardware.panels.frame import PanelRecord
from hardware.panels.registry import codec
from hardware.serial_line import LineBytes, LineEvent, LineOpened, SerialLine, SerialSettings

TIMEOUT_S = 5.0


class AnsweringBox:
    """A box with its port open that decodes and answers at once, storing in memory; it must be closed."""

    def __init__(self, protocol: str, port: Path) -> None:
        self.records: queue.Queue[PanelRecord] = queue.Queue()
        self._codec = codec(protocol)
        self._opened = threading.Event()
        self._line = SerialLine(SerialSettings(str(port)), self._on_event)
        self._line.start()
        assert self._opened.wait(TIMEOUT_S)

    def close(self) -> None:
        """Close the line."""
        assert self._line.close()

    def _on_event(self, event: LineEvent) -> None:
        if isinstance(event, LineOpened):
            self._opened.set()
        if not isinstance(event, LineBytes):
            return
        for run in self._codec.feed(event.data):
            for record in run.records:
                self.records.put(record)
            self._line.write(run.reply, event.opening)
