"""What the simulated receiver does, on a clock made of numbers."""

import pytest

from hardware.errors import ReceiverBufferFullError
from hardware.panels.frame import ACK, NAK
from hardware.panels.surgard.encode import contact_id_frame, heartbeat_frame
from hardware.simulators.receiver_logic import ReceiverLogic, ReceiverTiming
from hardware.simulators.receivers import D6600, MX8000_AS_685, SURGARD

FIRST = contact_id_frame("1234", "new", "130", "01", "003")
SECOND = contact_id_frame("1234", "restore", "130", "01", "003")
HEARTBEAT = heartbeat_frame()


def receiver(timing: ReceiverTiming = SURGARD) -> ReceiverLogic:
    """A receiver switched on at time 0."""
    return ReceiverLogic(timing, HEARTBEAT, now=0.0)


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
    logic = receiver(ReceiverTiming(naks=3))
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


@pytest.mark.parametrize("answer", [NAK, b""])
def test_an_mx8000_turns_to_its_backup_after_two(answer: bytes) -> None:
    """Two NAKs or two timeouts are computer trouble: the event is lost to the box, the next one waits."""
    logic = receiver(MX8000_AS_685)
    logic.offer(FIRST, 0.0)
    logic.offer(SECOND, 0.0)
    for now in (0.0, 4.0):
        assert logic.step(now) == FIRST
        logic.hear(answer, now)
    assert logic.step(8.0) is None
    assert logic.failed
    assert logic.deliveries[0].skipped_at is not None
    assert logic.step(18.0) == HEARTBEAT
    logic.hear(ACK, 18.1)
    assert logic.step(18.1) == SECOND


def test_an_mx8000_tells_that_it_is_well_when_asked() -> None:
    """The byte S from the box is answered with a heartbeat, but never in the middle of an event."""
    logic = receiver(MX8000_AS_685)
    logic.hear(b"S", 1.0)
    assert logic.step(1.0) == HEARTBEAT
    logic.offer(FIRST, 1.0)
    logic.hear(b"S", 1.1)
    assert logic.step(1.1) is None


def test_a_d6600_repeats_for_ever() -> None:
    """Silence and strange answers bring the same message again, the latter at once; it never fails."""
    logic = receiver(D6600)
    logic.offer(FIRST, 0.0)
    assert [logic.step(4.0 * turn) for turn in range(100)] == [FIRST] * 100
    logic.hear(b"\x86", 400.0)
    assert logic.step(400.0) == FIRST
    assert not logic.failed


def test_a_d6600_skips_after_three_naks() -> None:
    """The third NAK loses the message; the receiver goes on with the next and is not in trouble."""
    logic = receiver(D6600)
    logic.offer(FIRST, 0.0)
    for _ in range(3):
        assert logic.step(0.0) == FIRST
        logic.hear(NAK, 0.0)
    assert logic.deliveries[0].skipped_at == 0.0
    assert (logic.idle, logic.failed) == (True, False)


def test_the_buffer_is_bounded() -> None:
    """A full buffer refuses the next event in one sentence instead of forgetting one."""
    logic = receiver(ReceiverTiming(buffer=2))
    logic.offer(FIRST, 0.0)
    logic.offer(SECOND, 0.0)
    with pytest.raises(ReceiverBufferFullError, match="holds 2 events"):
        logic.offer(FIRST, 0.0)
