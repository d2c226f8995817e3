"""Silent Knight native frames, after the layouts of the MX8000 manual."""

from datetime import UTC, datetime, timedelta

import pytest

from gateway.line.repeats import Moment, Seen, Verdict, judge
from hardware.panels.frame import ACK, NAK, NO_REPLY, PanelEvent, PanelRecord, Run
from hardware.panels.registry import codec
from hardware.panels.silentknight.encode import (
    contact_id_event,
    contact_id_frame,
    heartbeat_frame,
    sia_frame,
    system_frame,
)
from hardware.panels.silentknight.validation import validation_byte

BURGLARY = contact_id_event("new", "130", "01", "003")
ALARM = contact_id_frame("1234", [BURGLARY], reference=17)


def damaged(frame: bytes) -> bytes:
    """The frame with one bit of its account turned."""
    at = frame.index(b"\x05") + 1
    return frame[:at] + bytes([frame[at] ^ 1]) + frame[at + 1 :]


def sealed(text: bytes) -> bytes:
    """Any text with its validation byte and CR."""
    return text + bytes([validation_byte(text)]) + b"\r"


def test_a_contact_id_call() -> None:
    """The receiver, the account and the event are read; the line is not, and V is no part of the event."""
    (run,) = _runs(ALARM)
    (record,) = run.records
    assert run.reply == ACK
    assert record == PanelRecord(
        "silentknight",
        "event",
        receiver="01",
        account="1234",
        qualifier="new",
        code_set="contact_id",
        code="130",
        partition="01",
        zone="003",
        check="ok",
        raw=ALARM[:-1].hex(),
    )


def test_a_sia_call_with_an_area() -> None:
    """An area is in force until the next, and padding of the account is removed."""
    (record,) = _records(sia_frame("  1234", ["ri1", "BA09", "ri2", "CL04"], reference=1))
    assert (record.account, record.code, record.partition, record.zone) == ("1234", "BA", "1", "09")
    assert record.events == (
        PanelEvent(code_set="sia", code="BA", partition="1", zone="09"),
        PanelEvent(code_set="sia", code="CL", partition="2", user="04"),
    )


def test_several_contact_id_events_are_all_kept() -> None:
    """A call lists every event; one nobody can read stays in the list as text."""
    opening = contact_id_event("new", "401", "01", "002")
    (record,) = _records(contact_id_frame("1234", [BURGLARY, "19?", opening], reference=1))
    assert [(event.code, event.text) for event in record.events] == [
        ("130", None),
        (None, "19?"),
        ("401", None),
    ]
    assert (record.code, record.events[2].user) == ("130", "002")


@pytest.mark.parametrize("tail", [b"", b",", b"*060", b"*060,"])
def test_what_stands_between_the_last_event_and_v_is_no_event(tail: bytes) -> None:
    """The comma of a call that goes on, and the seconds of listening in, belong to no event."""
    (record,) = _records(sealed(ALARM[:-2] + tail))
    assert (record.kind, record.zone, record.events) == ("event", "003", ())


@pytest.mark.parametrize("ending", [b"~", b"\x7f", b"A", b"@"])
def test_v_may_be_any_byte_of_its_range(ending: bytes) -> None:
    """7F and letters are sound validation bytes: the account is varied until the sum gives each."""
    frames = (contact_id_frame(f"{account:04}", [BURGLARY], reference=1) for account in range(10_000))
    frame = next(frame for frame in frames if frame[-2:-1] == ending)
    (record,) = _records(frame)
    assert (record.kind, record.check, record.zone) == ("event", "ok", "003")


def test_a_system_message_is_of_the_receiver() -> None:
    """Codes of both generations are read, with a line card or a user as the code says."""
    (trouble,) = _records(system_frame("q", "03", reference=2))
    assert (trouble.kind, trouble.receiver, trouble.code, trouble.zone) == ("receiver", "01", "q", "03")
    (log_on,) = _records(sealed(b'\x01010226"0304"\x7f07'))
    assert (log_on.kind, log_on.receiver, log_on.code, log_on.user) == ("receiver", None, "\x7f", "07")


@pytest.mark.parametrize("frame", [heartbeat_frame(), sealed(b'\x03010226"030405"01"0000')])
def test_a_heartbeat_is_supervision(frame: bytes) -> None:
    """With or without the quote in front of V it is a heartbeat, and acknowledged."""
    (run,) = _runs(frame)
    assert [(record.kind, record.check) for record in run.records] == [("heartbeat", "ok")]
    assert run.reply == ACK


def test_damage_is_refused_once() -> None:
    """A wrong V earns a NAK; damaged again it is kept and acknowledged; then the count starts anew."""
    runs = _runs(damaged(ALARM) * 3)
    assert [run.reply for run in runs] == [NAK, ACK, NAK]
    assert {(record.kind, record.check) for run in runs for record in run.records} == {("unparsed", "bad")}
    assert [record.reply for run in runs for record in run.records] == ["nak", "ack", "nak"]


def test_a_sound_frame_ends_a_refusal() -> None:
    """What came through after a NAK clears it: the next damaged frame may be refused again."""
    assert [run.reply for run in _runs(damaged(ALARM) + ALARM + damaged(ALARM))] == [NAK, ACK, NAK]


def test_damage_by_a_byte_that_is_no_text_is_refused_too() -> None:
    """A byte above 7F cuts the frame; the rest of it, as junk, does not turn the NAK into an ACK."""
    broken = ALARM[:30] + b"\xb1" + ALARM[30:]
    runs = _runs(broken)
    assert [run.reply for run in runs if run.reply] == [NAK]
    assert {record.kind for run in runs for record in run.records} == {"unparsed"}


def test_junk_without_a_start_is_acknowledged() -> None:
    """What does not begin like a frame proves no damage: unparsed, no check, ACK."""
    (run,) = _runs(b"HELLO 1234 WORLD\r")
    assert [(record.kind, record.check, record.reply) for record in run.records] == [
        ("unparsed", "none", "ack")
    ]


def test_a_sound_frame_of_no_known_layout_is_kept() -> None:
    """V right, content strange: unparsed with check ok, and never a NAK."""
    (run,) = _runs(sealed(b'&010226"030405"01"0001"08801\x051234"55 12'))
    assert [(record.kind, record.check) for record in run.records] == [("unparsed", "ok")]
    assert run.reply == ACK


@pytest.mark.parametrize("copies", [2, 6])
def test_glued_copies_are_read_singly(copies: int) -> None:
    """Copies before one CR are one run with one answer."""
    (run,) = _runs(ALARM[:-1] * copies + b"\r")
    assert [record.kind for record in run.records] == ["event"] * copies
    assert run.reply == ACK


def test_a_cut_frame_in_front_spoils_nothing() -> None:
    """The whole frame behind it counts, the cut one is unparsed, and there is nothing to refuse."""
    (run,) = _runs(ALARM[:25] + ALARM)
    assert [(record.kind, record.check) for record in run.records] == [("unparsed", "none"), ("event", "ok")]
    assert run.reply == ACK


def test_without_its_return_nothing_is_an_event() -> None:
    """At the end of input a frame without CR is unparsed and unanswered."""
    decoder = codec("silentknight")
    assert decoder.feed(ALARM[:-1]) == []
    (run,) = decoder.flush()
    assert ([record.kind for record in run.records], run.reply) == (["unparsed"], NO_REPLY)


def test_the_running_number_tells_a_repeat_from_a_second_event() -> None:
    """The number is in the raw bytes, so equal bytes are the same call and equal events are not."""
    again, second = (contact_id_frame("1234", [BURGLARY], reference=number) for number in (17, 18))
    now = Moment(at=datetime(2026, 3, 1, tzinfo=UTC), monotonic=10.0, boot="boot-1")
    later = Moment(at=now.at + timedelta(seconds=5), monotonic=15.0, boot="boot-1")
    (told,) = _records(ALARM)
    seen = (Seen(raw=told.raw, ids=("a",), when=now),)
    assert judge(seen, _records(again)[0].raw, later) == Verdict(repeat_of=("a",))
    assert judge(seen, _records(second)[0].raw, later) == Verdict()


def _runs(data: bytes) -> list[Run]:
    return codec("silentknight").feed(data)


def _records(data: bytes) -> list[PanelRecord]:
    return [record for run in _runs(data) for record in run.records]
