"""A panel that is asked, on a pseudo-terminal: IT-100, AlarmDecoder, PRT3, NX-584.

offer ──▶ PanelLogic (what to say, what to answer) ──▶ this thread ──▶ PseudoTerminal ──▶ the box
"""

import time
from pathlib import Path

from hardware.errors import UnknownProtocolError
from hardware.panels.frame import PanelRecord
from hardware.simulators.live_port import LivePort
from hardware.simulators.panel_logic import PROTOCOLS, REPEAT_S, PanelLogic
from hardware.simulators.receiver_logic import Delivery


class AskedPanel(LivePort):
    """A panel that starts at once and runs until closed; every method may be called from any thread.

    What it says while no box has the port open is lost: opening throws away what came before. `time_scale`
    multiplies every duration. Raises `UnknownProtocolError` for a protocol that is not asked.
    """

    def __init__(self, protocol: str, link: Path | None = None, *, time_scale: float = 1.0) -> None:
        if protocol not in PROTOCOLS:
            raise UnknownProtocolError(protocol, PROTOCOLS, None)
        repeat_s = REPEAT_S * time_scale if protocol == "nx584" else None
        self._logic = PanelLogic(protocol, time.monotonic(), repeat_s=repeat_s)
        super().__init__("panel", link)
        self.start()

    def deliveries(self) -> tuple[Delivery, ...]:
        """Return all that happened, in order, and when it was said."""
        with self._changed:
            return tuple(self._logic.deliveries)

    def questions(self) -> tuple[PanelRecord, ...]:
        """Return what the box asked up to now."""
        with self._changed:
            return tuple(self._logic.questions)

    def offer(self, frame: bytes) -> int:
        """Let something happen, given as its frame with terminator; return its index in `deliveries`."""
        with self._changed:
            number = self._logic.offer(frame, time.monotonic())
        self._nudge()
        return number

    def wait_until_said(self, timeout_s: float) -> bool:
        """Wait until all is said, and acknowledged where that is wanted; false when time ran out."""
        return self._wait_for(lambda: self._logic.idle, timeout_s)

    def wait_until_asked(self, timeout_s: float) -> bool:
        """Wait for the next question; false when time ran out."""
        seen = len(self.questions())
        return self._wait_for(lambda: len(self._logic.questions) > seen, timeout_s)

    def _speak(self) -> float | None:
        with self._changed:
            while (frame := self._logic.step(time.monotonic())) is not None:
                self._terminal.write(frame)
            self._changed.notify_all()
            now = time.monotonic()
            due = self._logic.next_step_at(now)
            return None if due is None else max(0.0, due - now)

    def _hear(self, data: bytes) -> None:
        with self._changed:
            self._terminal.write(self._logic.hear(data, time.monotonic()))
            self._changed.notify_all()
