"""A simulated receiver for every protocol that has one, and the codec that reads it."""

from pathlib import Path

import pytest

from hardware.errors import UnknownProtocolError
from hardware.panels import contact_id
from hardware.panels.ademco685 import encode as ademco685
from hardware.panels.radionics6500 import encode as radionics6500
from hardware.panels.silentknight import encode as silentknight
from hardware.panels.surgard import encode as surgard
from hardware.simulators.receiver_logic import ReceiverTiming
from hardware.simulators.receivers import simulate
from tests.support.answering_box import TIMEOUT_S, AnsweringBox

EAGER = ReceiverTiming(heartbeat_s=0.2, ack_wait_s=1.0)

EVENTS = {
    "surgard": surgard.contact_id_frame("1234", "new", "130", "01", "003"),
    "ademco685": ademco685.contact_id_frame("1234", "new", "130", "01", zone="003"),
    "silentknight": silentknight.contact_id_frame(
        "1234", [silentknight.contact_id_event("new", "130", "01", "003")], reference=7
    ),
    "radionics6500": radionics6500.contact_id_frame("1234", "new", "130", "01", "003"),
}


@pytest.mark.slow
@pytest.mark.parametrize("protocol", EVENTS)
def test_a_receiver_and_the_codec_of_its_protocol_understand_each_other(
    protocol: str, tmp_path: Path
) -> None:
    """An event and then a heartbeat are understood, answered once each, with no ACK too many."""
    with simulate(protocol, tmp_path / "ttyPanel", timing=EAGER) as receiver:
        box = AnsweringBox(protocol, receiver.port)
        receiver.offer(EVENTS[protocol])
        assert receiver.wait_until_acked(TIMEOUT_S)
        assert receiver.wait_until_heartbeat(TIMEOUT_S)
        box.close()
        (delivery,) = receiver.deliveries()
        assert delivery.skipped_at is None
        assert receiver.surplus_acks == 0
    kinds = [box.records.get_nowait().kind for _ in range(box.records.qsize())]
    assert set(kinds) == {"event", "heartbeat"}


def test_a_damaged_frame_is_said_twice_and_no_more(tmp_path: Path) -> None:
    """A wrong validation byte is refused once, then acknowledged: a second NAK is computer trouble."""
    whole = EVENTS["silentknight"]
    damaged = whole[:-2] + bytes([whole[-2] ^ 1]) + whole[-1:]
    with simulate("silentknight", tmp_path / "ttyPanel") as receiver:
        box = AnsweringBox("silentknight", receiver.port)
        receiver.offer(damaged)
        assert receiver.wait_until_acked(TIMEOUT_S)
        box.close()
        (delivery,) = receiver.deliveries()
        assert (len(delivery.sent_at), delivery.skipped_at, receiver.failed) == (2, None, False)
    replies = [box.records.get_nowait().reply for _ in range(box.records.qsize())]
    assert replies == ["nak", "ack"]


def test_raw_contact_id_is_repeated_until_its_kiss_off(tmp_path: Path) -> None:
    """Said to nobody it is said again, without end and without heartbeats; the ACK is the end of it."""
    line = contact_id.encode("1234", "new", "130", "01", "003").encode("ascii") + b"\r\n"
    with simulate("contact_id", tmp_path / "ttyPanel", time_scale=0.02) as panel:
        panel.offer(line)
        assert not panel.wait_until_failed(0.2)
        box = AnsweringBox("contact_id", panel.port)
        assert panel.wait_until_acked(TIMEOUT_S)
        box.close()
        (delivery,) = panel.deliveries()
        assert len(delivery.sent_at) > 4
        assert (delivery.skipped_at, panel.heartbeats_acked) == (None, 0)


def test_a_protocol_without_receiver_is_named() -> None:
    """An IT-100 is asked, not acknowledged: there is no receiver to simulate."""
    with pytest.raises(UnknownProtocolError, match="dsc_it100"):
        simulate("dsc_it100")
