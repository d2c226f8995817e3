"""How a receiver behaves, without clock or wire: bytes and times in, frames out.

It sends a heartbeat when idle, waits for an ACK to every frame, sends a frame several times and then declares
"communication failure" (Honeywell: computer trouble): only heartbeats until one is acknowledged, then the
buffered events again. What else makes receivers differ is in `ReceiverTiming`.

It judges answers as receivers do: any ACK that comes while it waits is taken for the frame in flight. An
ACK that is late, or one too many, takes the next event off its hands although nobody stored it.
"""

from collections import deque
from dataclasses import dataclass, replace
from typing import Final

from hardware.errors import ReceiverBufferFullError
from hardware.panels.frame import ACK, NAK


@dataclass(frozen=True, slots=True)
class ReceiverTiming:
    """A receiver's options, in seconds and counts; the defaults are a Sur-Gard's (MLR2, MLR2000, System 5).

    `attempts` without an answer are communication failure; `None` is a receiver that repeats for ever.
    An infinite `heartbeat_s` is a line without heartbeats.
    After `naks` an event is given up. With `backup` both are failure, and the event goes to the receiver's
    back-up device: the box never hears of it again. `strange_answer_repeats`: what is neither ACK nor NAK
    makes it say the frame again at once. `status_request` is a byte it answers with a heartbeat when idle.
    """

    heartbeat_s: float = 30.0
    failed_heartbeat_s: float = 10.0
    ack_wait_s: float = 4.0
    attempts: int | None = 4
    naks: int = 26
    buffer: int = 256
    backup: bool = False
    strange_answer_repeats: bool = False
    status_request: bytes | None = None

    def scaled(self, factor: float) -> "ReceiverTiming":
        """Return the same receiver with every duration multiplied by `factor`."""
        return replace(
            self,
            heartbeat_s=self.heartbeat_s * factor,
            failed_heartbeat_s=self.failed_heartbeat_s * factor,
            ack_wait_s=self.ack_wait_s * factor,
        )


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event as the receiver saw it. Times are the caller's; `None` is not (yet).

    `skipped_at` is when the receiver gave the event up: it is lost to the box.
    """

    frame: bytes
    offered_at: float
    sent_at: tuple[float, ...] = ()
    acked_at: float | None = None
    skipped_at: float | None = None


_HEARTBEAT: Final = -1
"""Stands for the heartbeat where an event's number would be."""


class ReceiverLogic:
    """One receiver line, whose `heartbeat` is a frame with its terminator.

    Every method takes the time `now`, which must not run backwards.
    """

    def __init__(self, timing: ReceiverTiming, heartbeat: bytes, now: float) -> None:
        self.timing = timing
        self.failed = False
        self.heartbeats_acked = 0
        self.surplus_acks = 0
        self.deliveries: list[Delivery] = []
        self._heartbeat = heartbeat
        self._buffer: deque[int] = deque()
        self._in_flight: int | None = None
        self._attempt = 0
        self._naks = 0
        self._due = now
        self._quiet_since = now

    @property
    def idle(self) -> bool:
        """Whether every event offered is acknowledged or given up."""
        return not self._buffer

    def offer(self, frame: bytes, now: float) -> int:
        """Put an event into the buffer and return its number; raises `ReceiverBufferFullError`."""
        if len(self._buffer) >= self.timing.buffer:
            raise ReceiverBufferFullError(
                f"The receiver's buffer holds {self.timing.buffer} events unacknowledged; check the line."
            )
        self.deliveries.append(Delivery(frame, offered_at=now))
        self._buffer.append(len(self.deliveries) - 1)
        return self._buffer[-1]

    def hear(self, byte: bytes, now: float) -> None:
        """Take one byte from the box."""
        if self._in_flight is None:
            self._hear_idle(byte, now)
        elif byte == ACK:
            self._acknowledged(self._in_flight, now)
        elif byte == NAK:
            self._refused(self._in_flight, now)
        elif self.timing.strange_answer_repeats:
            self._attempt = 0
            self._due = now

    def step(self, now: float) -> bytes | None:
        """Return the frame to send now, if any."""
        if self._in_flight is not None:
            if now < self._due:
                return None
            if self._may_try_again():
                return self._send(self._in_flight, now)
            self._fail(self._in_flight, now)
        if self._buffer and not self.failed:
            return self._begin(self._buffer[0], now)
        if now >= self._quiet_since + self._heartbeat_interval():
            return self._begin(_HEARTBEAT, now)
        return None

    def next_step_at(self) -> float:
        """Return when `step` has something to do, if nothing is offered or heard before; may be infinite."""
        if self._in_flight is not None:
            return self._due
        return self._quiet_since + self._heartbeat_interval()

    def _begin(self, number: int, now: float) -> bytes:
        self._attempt = self._naks = 0
        self._in_flight = number
        return self._send(number, now)

    def _send(self, number: int, now: float) -> bytes:
        self._attempt += 1
        self._due = now + self.timing.ack_wait_s
        self._quiet_since = now
        if number == _HEARTBEAT:
            return self._heartbeat
        delivery = self.deliveries[number]
        self.deliveries[number] = replace(delivery, sent_at=(*delivery.sent_at, now))
        return delivery.frame

    def _hear_idle(self, byte: bytes, now: float) -> None:
        """Nothing is in flight: an ACK is one too many, and the box may ask how we are."""
        self.surplus_acks += byte == ACK
        if byte == self.timing.status_request:
            self._quiet_since = now - self._heartbeat_interval()

    def _acknowledged(self, number: int, now: float) -> None:
        self._in_flight = None
        if number == _HEARTBEAT:
            self.heartbeats_acked += 1
            self.failed = False
            return
        self.deliveries[number] = replace(self.deliveries[number], acked_at=now)
        self._buffer.popleft()

    def _refused(self, number: int, now: float) -> None:
        """Repeat at once on a NAK, up to the limit."""
        self._naks += 1
        self._attempt = 0
        self._due = now
        if self._naks < self.timing.naks:
            return
        if self.timing.backup:
            self._fail(number, now)
        else:
            self._give_up(number, now)

    def _fail(self, number: int, now: float) -> None:
        self.failed = True
        self._in_flight = None
        if self.timing.backup:
            self._give_up(number, now)

    def _give_up(self, number: int, now: float) -> None:
        self._in_flight = None
        if number != _HEARTBEAT:
            self.deliveries[number] = replace(self.deliveries[number], skipped_at=now)
            self._buffer.popleft()

    def _may_try_again(self) -> bool:
        if self.failed:
            return False
        return self.timing.attempts is None or self._attempt < self.timing.attempts

    def _heartbeat_interval(self) -> float:
        return self.timing.failed_heartbeat_s if self.failed else self.timing.heartbeat_s
