"""What the simulated receiver does, on a clock made of numbers."""

import pytest

from hardware.errors import ReceiverBufferFullError
from hardware.panels.frame import ACK, NAK
from hardware.panels.surgard.encode import contact_id_frame, heartbeat_frame
from hardware.simulators.surgard_logic import ReceiverLogic, ReceiverTiming

FIRST = contact_id_frame("1234", "new", "130", "01", "003")
SECOND = contact_id_frame("1234", "restore", "130", "01", "003")
HEARTBEAT = heartbeat_frame()


def receiver(**options: int) -> ReceiverLogic:
    """A receiver switched on at time 0."""
    return ReceiverLogic(ReceiverTiming(**options), "011", now=0.0)


def test_heartbeats_come_when_idle_only() -> None:
    """Thirty quiet seconds bring a heartbeat; an event in between puts it off."""
    logic = receiver()
    assert logic.step(29.9) is None
    logic.offer(FIRST, 29.9)
    assert logic.step(29.9) == FIRST
    logic.hear(ACK, 30.0)
    assert logic.step(30.0) is None
    assert logic.next_step_at() == pytest.approx(59.9)
    assert logic.step(59.9) == HEARTBEAT
    logic.hear(ACK, 60.0)
    assert logic.heartbeats_acked == 1


def test_a_frame_is_sent_four_times_then_only_heartbeats() -> None:
    """After 4 x 4 s without ACK the receiver fails, and an acknowledged heartbeat brings the event again."""
    logic = receiver()
    logic.offer(FIRST, 0.0)
    assert [logic.step(float(second)) for second in (0, 4, 8, 12)] == [FIRST] * 4
    assert logic.step(15.9) is None
    assert logic.step(16.0) is None
    assert logic.failed
    assert logic.step(22.0) == HEARTBEAT
    assert logic.step(26.0) is None
    assert logic.step(32.0) == HEARTBEAT
    logic.hear(ACK, 32.1)
    assert logic.step(32.1) == FIRST
    logic.hear(ACK, 32.2)
    assert logic.deliveries[0].sent_at == (0.0, 4.0, 8.0, 12.0, 32.1)
    assert logic.deliveries[0].acked_at == 32.2


def test_an_ack_too_many_takes_the_next_event() -> None:
    """A late ACK counts for whatever is in flight: this is the loss a box must never cause."""
    logic = receiver()
    logic.offer(FIRST, 0.0)
    logic.offer(SECOND, 0.0)
    assert logic.step(0.0) == FIRST
    logic.hear(ACK, 0.1)
    assert logic.step(0.1) == SECOND
    logic.hear(ACK, 0.2)
    assert [delivery.acked_at for delivery in logic.deliveries] == [0.1, 0.2]
    logic.hear(ACK, 0.3)
    assert logic.surplus_acks == 1


def test_naks_repeat_and_then_lose_the_event() -> None:
    """Every NAK repeats the frame at once; after the limit the event is skipped and the next one comes."""
    logic = receiver(naks=3)
    logic.offer(FIRST, 0.0)
    logic.offer(SECOND, 0.0)
    for now in (0.0, 1.0, 2.0):
        assert logic.step(now) == FIRST
        logic.hear(NAK, now)
    assert logic.deliveries[0].skipped_at == 2.0
    assert logic.step(3.0) == SECOND


def test_other_answers_are_silence() -> None:
    """Bytes that are neither ACK nor NAK answer nothing."""
    logic = receiver()
    logic.offer(FIRST, 0.0)
    assert logic.step(0.0) == FIRST
    logic.hear(b"\x86", 0.1)
    assert logic.step(3.9) is None
    assert logic.step(4.0) == FIRST


def test_the_buffer_is_bounded() -> None:
    """A full buffer refuses the next event in one sentence instead of forgetting one."""
    logic = receiver(buffer=2)
    logic.offer(FIRST, 0.0)
    logic.offer(SECOND, 0.0)
    with pytest.raises(ReceiverBufferFullError, match="holds 2 events"):
        logic.offer(FIRST, 0.0)
