"""Sur-Gard frames, after the layouts of the receivers' manuals."""

import json
from typing import Any

import pytest

from hardware.errors import CodecOptionError
from hardware.panels.frame import PanelEvent, PanelRecord
from hardware.panels.registry import codec

ALARM = b"5011 181234E13001003"


@pytest.mark.parametrize(
    ("frame", "expected"),
    [
        (
            "5011 181234E13001003",
            {
                "receiver": "01",
                "line": "1",
                "account": "1234",
                "qualifier": "new",
                "code": "130",
                "zone": "003",
            },
        ),
        ("5021 98ABCDR40102017", {"account": "ABCD", "qualifier": "restore", "code": "401", "user": "017"}),
        ("5011 181234660200000", {"qualifier": "status", "code": "602", "zone": "000"}),
        ("501002 181234E13001003", {"receiver": "01", "line": "002", "zone": "003"}),
        ("50001 181234E130010003", {"receiver": "00", "line": "01", "zone": "0003"}),
        ("Q01001 580012345678R13401002", {"account": "0012345678", "code": "134", "zone": "002"}),
        ("S011[#1234|Nri2/BA07]", {"code_set": "sia", "code": "BA", "partition": "2", "zone": "07"}),
        ("S011[#123456|NOP12]", {"account": "123456", "code": "OP", "user": "12", "zone": None}),
        ("S011[#1234|OBA07]", {"code": "BA", "zone": "07"}),
        ("S011[#1234|Nda01-02-26ti07:08:09/id5/OP/BA12]", {"code": "OP", "user": None}),
        ("S011[#1234|NBA07^FRONT DOOR^]", {"code": "BA", "text": "FRONT DOOR"}),
        ("S011[#1234|NBA07*'Front'door]", {"code": "BA", "text": "Front"}),
        ("S011[#1234|NBA07|AFRONT DOOR]", {"code": "BA", "text": "FRONT DOOR"}),
        ("S011[#1234|NBA07 FRONT DOOR]", {"code": "BA", "zone": "07", "text": "FRONT DOOR", "events": ()}),
        ("S011[#1234|Nri3]", {"kind": "text", "partition": "3", "code": None}),
        ("3011      1234BA  07", {"code_set": "level1", "code": "BA", "zone": "07", "partition": None}),
        ("3011    ABCDEFCL2 03", {"account": "ABCDEF", "code": "CL", "user": "03", "partition": "2"}),
        ("3011      1234ri   2", {"kind": "text", "partition": "2", "zone": None, "user": None}),
        ("3011      1234RP", {"code": "RP", "zone": None, "user": None}),
        ("1011      1234 A  82", {"code_set": "basic", "code": "A", "zone": "82", "partition": None}),
        ("1011      1234 C2017", {"code": "C", "partition": "2", "user": "017", "zone": None}),
        ("1011       123 T  05", {"account": "123", "code": "T", "zone": "05"}),
        ("1061      7105    BA", {"account": "7105", "code": "BA", "code_set": None, "zone": None}),
        ("10064----AI", {"line": "1", "account": "0064", "code": "AI", "code_set": None, "receiver": None}),
        ("1011      0000 T  40", {"kind": "receiver", "code": "T", "zone": "40"}),
        ("005000[#0000|NVZ0100]", {"kind": "receiver", "receiver": "05", "code": "VZ", "zone": "0100"}),
        ("5011 180000E60200000", {"kind": "event", "account": "0000"}),
        ("101001           @    ", {"kind": "heartbeat", "receiver": "01", "line": "001", "account": None}),
        ("1011            @     ", {"kind": "heartbeat", "line": "1"}),
        ("1011           @", {"kind": "heartbeat"}),
    ],
)
def test_every_layout_decodes(frame: str, expected: dict[str, Any]) -> None:
    """Each layout of the manuals gives its fields, no check, and an ACK."""
    (record,) = _decode(frame.encode() + b"\x14")
    expected = {"kind": "event", "check": "none", "reply": "ack", "raw": frame.encode().hex()} | expected
    assert {name: getattr(record, name) for name in expected} == expected


@pytest.mark.parametrize(
    "frame",
    [
        "5011 181234E1300100",  # two zone digits: a cut frame
        "5011 181234X13001003",  # no such qualifier
        "501 181234E13001003",  # header too short
        "5011 17123E413001003",  # not Contact ID
        "4011 5551234 JOHN",  # caller id
        "S011[#1234|N]",
        "S011[#1234|NBA07",
        "3011     1234BA  07",  # account out of its columns
        "1011      1234      ",
        "1011       ",
        "@",
    ],
)
def test_what_fits_no_layout_is_unparsed_and_acknowledged(frame: str) -> None:
    """A frame nobody can read is one unparsed record with its bytes, and is answered all the same."""
    (record,) = _decode(frame.encode() + b"\x14")
    assert (record.kind, record.reply, record.raw) == ("unparsed", "ack", frame.encode().hex())


def test_a_block_with_several_events_is_one_record() -> None:
    """The record repeats the first event and lists all, each with the area in force."""
    (record,) = _decode(b"S011[#1234|Nri1/BA02/OP03/ri2CL04]\x14")
    assert (record.code, record.partition, record.zone) == ("BA", "1", "02")
    assert record.events == (
        PanelEvent(code_set="sia", code="BA", partition="1", zone="02"),
        PanelEvent(code_set="sia", code="OP", partition="1", user="03"),
        PanelEvent(code_set="sia", code="CL", partition="2", user="04"),
    )


def test_the_json_line_lists_events_only_where_there_are_several() -> None:
    """One event needs no list; several come with the same fields each."""
    one, two = (
        json.loads(_decode(frame + b"\x14")[0].to_json())
        for frame in (b"S011[#1234|NBA02]", b"S011[#1234|NBA02/OP03]")
    )
    assert "events" not in one
    assert [(event["code"], event["zone"], event["user"]) for event in two["events"]] == [
        ("BA", "02", None),
        ("OP", None, "03"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_text_in_chinese_survives(encoding: str) -> None:
    """Bytes 80..FF are text inside brackets, in either encoding panels use."""
    (record,) = _decode("S011[#1234|NBA07^前门^]".encode(encoding) + b"\x14")
    assert (record.kind, record.text) == ("event", "前门")


def test_a_configured_header_length_decides_between_readings() -> None:
    """Digits of a cut frame in front of a whole one read as a long header, unless the port says how long."""
    run = b"5011" + ALARM + b"\x14"
    (loose,) = _decode(run)
    assert (loose.line, loose.account) == ("15011", "1234")
    cut, whole = _decode(run, header_length=3)
    assert (cut.kind, cut.raw) == ("unparsed", b"5011".hex())
    assert (whole.kind, whole.line, whole.account) == ("event", "1", "1234")


@pytest.mark.parametrize("length", [2, 10])
def test_a_header_length_no_receiver_has_is_refused(length: int) -> None:
    """An impossible header length is refused in one sentence."""
    with pytest.raises(CodecOptionError, match="3 to 9"):
        codec("surgard", header_length=length)


def _decode(data: bytes, **options: object) -> list[PanelRecord]:
    return [record for run in codec("surgard", **options).feed(data) for record in run.records]
