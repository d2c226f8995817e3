"""Ademco 685 frames, after the layouts of the MX8000 manual and its imitations."""

from typing import Any

import pytest

from hardware.panels.ademco685.encode import contact_id_frame, heartbeat_frame, pulse_frame
from hardware.panels.frame import ACK, PanelRecord, Run
from hardware.panels.registry import codec

ALARM = contact_id_frame("1234", "new", "130", "01", zone="003")
ACKED = Run((), ACK)


@pytest.mark.parametrize(
    ("frame", "expected"),
    [
        (
            "12 1234 18 E130 01 C003",
            {
                "receiver": "1",
                "line": "2",
                "account": "1234",
                "qualifier": "new",
                "code_set": "contact_id",
                "code": "130",
                "partition": "01",
                "zone": "003",
                "user": None,
            },
        ),
        ("11 1234 18 R3B0 00 C000", {"qualifier": "restore", "code": "3B0"}),
        ("11 1234 18 P602 00 C000", {"qualifier": "status", "code": "602"}),
        ("11 1234 18 E130 01 U007", {"zone": None, "user": "007"}),
        ("11 1234 18 E401 01 C007", {"zone": "007", "user": None}),
        ("11 1234 18 E130 01 C07", {"zone": "07"}),
        ("A3 1234 18 E130 01 C007 ", {"receiver": "A", "line": "3", "zone": "007"}),
        (" 00 00123456 18 E130 00 C012 ", {"account": "00123456", "receiver": "0", "zone": "012"}),
        ("14:02 03/01 11 1234 18 E130 01 C007", {"account": "1234", "zone": "007"}),
        ("2:02 PM 3/1 11 1234 18 E130 01 C007", {"account": "1234", "zone": "007"}),
        ("11 1234 A", {"code_set": "basic", "code": "A", "zone": None, "qualifier": None}),
        ("11 0123 7", {"account": "0123", "code_set": "basic", "code": "7"}),
        ("11 1234 A 1", {"code_set": "basic", "code": "A1"}),
        ("11 1234 5515 5555 7", {"code_set": None, "code": "551555557"}),
        ("00 OKAY @", {"kind": "heartbeat", "account": None, "code": None}),
        ("00 OKAY @ ", {"kind": "heartbeat"}),
        ("Nothing to report", {"kind": "text", "text": "Nothing to report", "code": None}),
        ("OK", {"kind": "text", "text": "OK"}),
    ],
)
def test_every_layout_decodes(frame: str, expected: dict[str, Any]) -> None:
    """Each layout gives its fields, no check, and an ACK; the letter tells a zone from a user."""
    (run,) = _runs(b"\n" + frame.encode() + b"\r")
    (record,) = run.records
    expected = {"kind": "event", "check": "none", "reply": "ack", "raw": frame.encode().hex()} | expected
    assert {name: getattr(record, name) for name in expected} == expected
    assert run.reply == ACK


@pytest.mark.parametrize(
    "frame",
    [
        "11 1234 18 E130 01 C0",  # one digit behind C
        "11 1234 18 E130 01 C",
        "11 1234 18 E1",
        "11 1234 18 X130 01 C003",
        "11 1234 AB",  # E and Z are one character each
        "11 123 18 E130 01 C003",
        "Panel 7 is well",  # a digit, so it is no idle line
    ],
)
def test_what_fits_no_layout_is_unparsed_and_acknowledged(frame: str) -> None:
    """A line with a digit that nobody can read is one unparsed record, and is answered all the same."""
    (run,) = _runs(b"\n" + frame.encode() + b"\r")
    (record,) = run.records
    assert (record.kind, record.reply, record.raw) == ("unparsed", "ack", frame.encode().hex())
    assert run.reply == ACK


def test_conwin_says_more_behind_its_event() -> None:
    """Caller, time and receiver behind an eight-digit account are passed over; text in GBK is the text."""
    said = "11 00123456 18 E130 01 C003#15550100,#2140201,#3MT-11,#417#8前门"
    (record,) = _records(b"\n" + said.encode("gbk") + b"\x0e\r")
    assert (record.kind, record.account, record.zone, record.text) == ("event", "00123456", "003", "前门")


def test_a_line_feed_cuts_a_frame_off_and_only_the_next_is_answered() -> None:
    """The receiver has the frame behind the LF in flight: an ACK before its end would be one too many."""
    cut, whole = _runs(ALARM[:12] + ALARM)
    assert ([record.kind for record in cut.records], cut.reply) == (["unparsed"], b"")
    assert ([record.kind for record in whole.records], whole.reply) == (["event"], ACK)


def test_a_whole_frame_without_its_return_counts() -> None:
    """Two frames glued by an LF are both read, in order, and earn one answer."""
    runs = _runs(ALARM[:-1] + ALARM)
    assert [record.kind for run in runs for record in run.records] == ["event", "event"]
    assert [run.reply for run in runs] == [b"", ACK]


@pytest.mark.parametrize(
    "stream",
    [
        ALARM[1:-1] + b"\n\r",
        ALARM[1:-1] + b"\r\n" + b"\r\n",
        b"\r" + ALARM[1:-1] + b"\n",
        ALARM[:-1] + b"\n\r",
    ],
)
def test_imitations_turn_line_feed_and_return_round(stream: bytes) -> None:
    """In whatever order LF and CR stand, a frame is one event and earns exactly one ACK."""
    runs = _runs(stream)
    assert [record.kind for run in runs for record in run.records] == ["event"]
    assert [run.reply for run in runs if run.reply] == [ACK]


def test_an_imitation_without_return_is_configured() -> None:
    """With `lf_ends` an LF alone ends each frame and earns its ACK."""
    runs = _runs((ALARM[:-1] + b"\n") * 3, lf_ends=True)
    assert [(len(run.records), run.reply) for run in runs] == [(1, ACK)] * 3


def test_the_idle_line_of_fe100_is_nothing() -> None:
    """LF and CR alone are neither record nor answer."""
    assert _runs(b"\n\r" * 5) == []


def test_words_in_noise_are_no_idle_line() -> None:
    """A line without digits is text only when nothing else stands on it."""
    (record,) = _records(b"\n\x8a\x9cAll quiet\xb0x\r")
    assert record.kind == "unparsed"


def test_the_encoders_write_what_the_manual_shows() -> None:
    """The frames of the simulator are the manual's, byte for byte."""
    assert contact_id_frame("1234", "restore", "401", "01", user="007") == b"\n11 1234 18 R401 01 U007\r"
    assert pulse_frame("1234", "A1", header="23") == b"\n23 1234 A 1\r"
    assert heartbeat_frame() == b"\n00 OKAY @ \r"


def _runs(data: bytes, **options: object) -> list[Run]:
    return codec("ademco685", **options).feed(data)


def _records(data: bytes) -> list[PanelRecord]:
    return [record for run in _runs(data) for record in run.records]
