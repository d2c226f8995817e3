"""A receiver on a pseudo-terminal: for tests, the demo, and a technician without a receiver.

offer ──▶ ReceiverLogic (what to send when) ──▶ this thread ──▶ PseudoTerminal ──▶ the box
"""

import os
import select
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from hardware.simulators.pseudo_terminal import PseudoTerminal
from hardware.simulators.receiver_logic import Delivery, ReceiverLogic, ReceiverTiming

CLOSE_TIMEOUT_S = 2.0


class Receiver:
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
        # Guards the logic; notified whenever a frame was answered.
        self._changed = threading.Condition()
        self._terminal = PseudoTerminal(link)
        self._woken, self._wake = os.pipe()
        self._closing = False
        name = f"receiver[{self.port.name}]"
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    @property
    def port(self) -> Path:
        """What to put into a line's settings."""
        return self._terminal.path

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
        os.write(self._wake, b"x")
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

    def close(self) -> None:
        """Stop, and unplug the line."""
        if self._closing:
            return
        self._closing = True
        os.write(self._wake, b"x")
        self._thread.join(CLOSE_TIMEOUT_S)
        self._terminal.close()
        os.close(self._wake)
        os.close(self._woken)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _wait_for(self, condition: Callable[[], bool], timeout_s: float) -> bool:
        with self._changed:
            return self._changed.wait_for(condition, timeout_s)

    def _run(self) -> None:
        while not self._closing:
            self._step()
            with self._changed:
                pause = max(0.0, self._logic.next_step_at() - time.monotonic())
            readable, _, _ = select.select([self._terminal.fd, self._woken], [], [], pause)
            if self._woken in readable:
                os.read(self._woken, 1024)
            if self._terminal.fd in readable:
                self._hear(os.read(self._terminal.fd, 1024))

    def _hear(self, answers: bytes) -> None:
        """Judge answers one by one: a second ACK in one read already meets the next frame."""
        for answer in answers:
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
