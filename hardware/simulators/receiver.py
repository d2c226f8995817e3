"""A receiver on a pseudo-terminal: for tests, the demo, and a technician without a receiver.

offer ──▶ ReceiverLogic (what to send when) ──▶ this thread ──▶ PseudoTerminal ──▶ the box
"""

import math
import time
from pathlib import Path

from hardware.simulators.live_port import LivePort
from hardware.simulators.receiver_logic import Delivery, ReceiverLogic, ReceiverTiming


class Receiver(LivePort):
    """A receiver that starts at once and runs until closed; every method may be called from any thread.

    `heartbeat` is a frame with its terminator, `link` a stable name for the port the box opens. `time_scale`
    multiplies every duration: 0.01 makes the 4 s of an ACK 40 ms. Times are of `time.monotonic`.
    """

    def __init__(
        self,
        heartbeat: bytes,
        link: Path | None = None,
        *,
        timing: ReceiverTiming,
        time_scale: float = 1.0,
    ) -> None:
        self._logic = ReceiverLogic(timing.scaled(time_scale), heartbeat, time.monotonic())
        super().__init__("receiver", link)
        self.start()

    @property
    def failed(self) -> bool:
        """Whether the receiver is in communication failure: heartbeats only, events wait."""
        with self._changed:
            return self._logic.failed

    @property
    def heartbeats_acked(self) -> int:
        """How many heartbeats were acknowledged."""
        with self._changed:
            return self._logic.heartbeats_acked

    @property
    def surplus_acks(self) -> int:
        """How many ACKs came while none was waited for; each is a fault of the box."""
        with self._changed:
            return self._logic.surplus_acks

    def deliveries(self) -> tuple[Delivery, ...]:
        """Return all events offered, in order, as the receiver saw them up to now."""
        with self._changed:
            return tuple(self._logic.deliveries)

    def offer(self, frame: bytes) -> int:
        """Queue an event, given with its terminator, and return its index in `deliveries`.

        Raises `ReceiverBufferFullError` when too many wait.
        """
        with self._changed:
            number = self._logic.offer(frame, time.monotonic())
        self._nudge()
        return number

    def wait_until_acked(self, timeout_s: float) -> bool:
        """Wait until every event offered so far is acknowledged or given up; false when time ran out."""
        return self._wait_for(lambda: self._logic.idle, timeout_s)

    def wait_until_heartbeat(self, timeout_s: float) -> bool:
        """Wait for the next acknowledged heartbeat; false when time ran out."""
        seen = self.heartbeats_acked
        return self._wait_for(lambda: self._logic.heartbeats_acked > seen, timeout_s)

    def wait_until_failed(self, timeout_s: float) -> bool:
        """Wait for communication failure; false when time ran out."""
        return self._wait_for(lambda: self._logic.failed, timeout_s)

    def _speak(self) -> float | None:
        self._step()
        with self._changed:
            due = self._logic.next_step_at()
        return max(0.0, due - time.monotonic()) if math.isfinite(due) else None

    def _hear(self, data: bytes) -> None:
        """Judge answers one by one: a second ACK in one read already meets the next frame."""
        for answer in data:
            with self._changed:
                self._logic.hear(bytes([answer]), time.monotonic())
            self._step()

    def _step(self) -> None:
        """Send what is due, and tell those who wait that something may have changed."""
        with self._changed:
            frame = self._logic.step(time.monotonic())
            self._changed.notify_all()
        if frame is not None:
            self._terminal.write(frame)
