"""Radionics 6500 frames, after the layouts of the D6600 and VisorALARM manuals."""

from typing import Any

import pytest

from hardware.errors import CodecOptionError
from hardware.panels.frame import ACK, Run
from hardware.panels.radionics6500.encode import contact_id_frame, heartbeat_frame, sia_frame
from hardware.panels.registry import codec

ALARM = contact_id_frame("1234", "new", "130", "01", "003")


@pytest.mark.parametrize(
    ("frame", "expected"),
    [
        (
            " a011 123418E13001003",
            {
                "receiver": "01",
                "line": "1",
                "account": "1234",
                "qualifier": "new",
                "code_set": "contact_id",
                "code": "130",
                "partition": "01",
                "zone": "003",
                "user": None,
            },
        ),
        ("a022 00BF18340102017", {"receiver": "02", "line": "2", "qualifier": "restore", "user": "017"}),
        (" a011 123418660200000", {"qualifier": "status", "code": "602"}),
        (" S011[#1234|Nri2/BA07]", {"code_set": "sia", "code": "BA", "partition": "2", "zone": "07"}),
        ("S011[#123456|NOP12]", {"account": "123456", "code": "OP", "user": "12"}),
        (" 1011           @    ", {"kind": "heartbeat", "line": "1", "account": None}),
        ("1011           @", {"kind": "heartbeat", "receiver": "01"}),
    ],
)
def test_every_layout_decodes(frame: str, expected: dict[str, Any]) -> None:
    """Each layout gives its fields with or without the header byte, no check, and an ACK."""
    (run,) = _runs(frame.encode() + b"\x14")
    (record,) = run.records
    expected = {
        "protocol": "radionics6500",
        "kind": "event",
        "check": "none",
        "reply": "ack",
        "raw": frame.encode().hex(),
    } | expected
    assert {name: getattr(record, name) for name in expected} == expected
    assert run.reply == ACK


@pytest.mark.parametrize(
    "frame", ["a011 123418E1300100", "5011 181234E13001003", "a011 181234E13001003", "b011 123418E13001003"]
)
def test_what_fits_no_layout_is_unparsed_and_acknowledged(frame: str) -> None:
    """A cut frame, a Sur-Gard frame or a letter nobody knows is kept, and never refused."""
    (run,) = _runs(frame.encode() + b"\x14")
    assert [(record.kind, record.raw) for record in run.records] == [("unparsed", frame.encode().hex())]
    assert run.reply == ACK


@pytest.mark.parametrize("frame", [ALARM, sia_frame("1234", "BA07"), heartbeat_frame()])
def test_glued_copies_are_read_singly_and_answered_once(frame: bytes) -> None:
    """Six copies before one terminator are six records and one ACK."""
    (run,) = _runs(frame[:-1] * 6 + b"\x14")
    assert len(run.records) == 6
    assert "unparsed" not in {record.kind for record in run.records}
    assert run.reply == ACK


def test_a_cut_frame_in_front_spoils_nothing() -> None:
    """The whole frame behind it counts, and one ACK answers both."""
    (run,) = _runs(ALARM[:10] + ALARM)
    assert [record.kind for record in run.records] == ["unparsed", "event"]
    assert run.reply == ACK


def test_a_header_length_no_receiver_has_is_refused() -> None:
    """An impossible header length is refused in one sentence that names the protocol."""
    with pytest.raises(CodecOptionError, match="radionics6500 header_length is 2"):
        codec("radionics6500", header_length=2)


def test_the_encoder_writes_what_a_d6600_does() -> None:
    """Header byte, digit qualifier, DC4."""
    assert contact_id_frame("0011", "restore", "401", "01", "005") == b" a011 001118340101005\x14"


def _runs(data: bytes) -> list[Run]:
    return codec("radionics6500").feed(data)
