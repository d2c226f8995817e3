"""The simulated receiver and the serial line, end to end over a pseudo-terminal."""

from pathlib import Path

from hardware.panels.surgard.encode import contact_id_frame
from hardware.simulators.receiver_logic import ReceiverTiming
from hardware.simulators.surgard_receiver import SurgardReceiver
from tests.support.answering_box import TIMEOUT_S, AnsweringBox


def test_a_burst_is_delivered_once_and_in_order(tmp_path: Path) -> None:
    """Fifty events reach the box in order, each acknowledged after one attempt, with no ACK too many."""
    frames = [contact_id_frame("1234", "new", "130", "01", f"{zone:03}") for zone in range(50)]
    with SurgardReceiver(tmp_path / "ttyPanel") as receiver:
        box = AnsweringBox("surgard", receiver.port)
        for frame in frames:
            receiver.offer(frame)
        assert receiver.wait_until_acked(TIMEOUT_S)
        box.close()
        deliveries = receiver.deliveries()
        assert receiver.surplus_acks == 0
    zones = [box.records.get_nowait().zone for _ in frames]
    assert zones == [f"{zone:03}" for zone in range(50)]
    assert all(delivery.acked_at and len(delivery.sent_at) == 1 for delivery in deliveries)


def test_an_absent_box_is_waited_for(tmp_path: Path) -> None:
    """Without a box the receiver fails; when one answers a heartbeat, the buffered event comes."""
    timing = ReceiverTiming(heartbeat_s=0.05, failed_heartbeat_s=0.05, ack_wait_s=0.02)
    with SurgardReceiver(tmp_path / "ttyPanel", timing=timing) as receiver:
        receiver.offer(contact_id_frame("1234", "new", "110", "01", "001"))
        assert receiver.wait_until_failed(TIMEOUT_S)
        assert len(receiver.deliveries()[0].sent_at) == 4
        box = AnsweringBox("surgard", receiver.port)
        assert receiver.wait_until_acked(TIMEOUT_S)
        assert receiver.wait_until_heartbeat(TIMEOUT_S)
        box.close()
    kinds = [box.records.get_nowait().kind for _ in range(box.records.qsize())]
    assert kinds[0] == "heartbeat"
    assert kinds.count("event") >= 1


def test_time_scale_shortens_every_duration() -> None:
    """A scale of 0.01 gives a receiver that is done with an absent box in a sixth of a second."""
    with SurgardReceiver(time_scale=0.01) as receiver:
        receiver.offer(contact_id_frame("1234", "new", "110", "01", "001"))
        assert receiver.wait_until_failed(TIMEOUT_S)
        sent_at = receiver.deliveries()[0].sent_at
    assert sent_at[-1] - sent_at[0] < 1.0


def test_the_port_name_lives_as_long_as_the_receiver(tmp_path: Path) -> None:
    """The link points to the port while the receiver runs and is gone afterwards; closing twice is fine."""
    link = tmp_path / "ttyPanel"
    with SurgardReceiver(link) as receiver:
        assert receiver.port == link
        assert link.exists()
    receiver.close()
    assert not link.is_symlink()
