"""Contact ID lines, after the layouts of SIA DC-05."""

import pytest

from hardware.panels.contact_id import check_digit, codec, encode
from hardware.panels.frame import PanelRecord


@pytest.mark.parametrize(
    ("line", "account", "qualifier", "code", "partition", "zone", "user", "check"),
    [
        ("2063 18 1570 01 004 2", "2063", "new", "570", "01", "004", None, "ok"),
        ("2063 18 1402 01 001 B", "2063", "new", "402", "01", None, "001", "ok"),
        ("002018340101004*", "0020", "restore", "401", "01", None, "004", "ok"),
        ("8436R40201001", "8436", "restore", "402", "01", None, "001", "none"),
        ("8436 P 602 00 000", "8436", "status", "602", "00", "000", None, "none"),
        ("1234 E 1C1 01 003", "1234", "new", "1C1", "01", "003", None, "none"),
        ("  123498113101015" + check_digit("123498113101015"), "1234", "new", "131", "01", "015", None, "ok"),
    ],
)
def test_the_standards_layouts_decode(
    line: str,
    account: str,
    qualifier: str,
    code: str,
    partition: str,
    zone: str | None,
    user: str | None,
    check: str,
) -> None:
    """With and without check digit, spaced or not, each number goes to zone or user by its code."""
    record = _only(line)
    assert (record.kind, record.reply) == ("event", "ack")
    assert (record.account, record.qualifier, record.code) == (account, qualifier, code)
    assert (record.partition, record.zone, record.user, record.check) == (partition, zone, user, check)


def test_a_wrong_check_digit_is_no_event_and_gets_no_kiss_off() -> None:
    """A line whose digits do not sum to 0 modulo 15 is unparsed, unanswered, and keeps its fields."""
    (run,) = codec().feed(b"2063 18 1570 01 004 3\r")
    (record,) = run.records
    assert (record.kind, record.check, record.reply, record.account) == ("unparsed", "bad", "none", "2063")
    assert run.reply == b""


@pytest.mark.parametrize(
    "line",
    [
        "1234X56789012",  # no such qualifier
        "123E13001003",  # account of three digits
        "A234E13001003",  # the standard has no digit A
        "8436E1300100",  # cut
        "2063 18 1570 01 004 22",
        "hello, world!",
    ],
)
def test_what_is_no_contact_id_is_unparsed_and_acknowledged(line: str) -> None:
    """What cannot be read is kept raw and still answered: a refusal would only bring it again."""
    record = _only(line)
    assert (record.kind, record.reply, record.raw) == ("unparsed", "ack", line.encode().hex())


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n", b"\x00", b"\x14"])
def test_every_line_end_ends_a_line_once(end: bytes) -> None:
    """CR, LF, CR LF, NUL and DC4 each close a line; the empty line between two of them is nothing."""
    (run,) = codec().feed(b"8436R40201001" + end)
    assert [record.kind for record in run.records] == ["event"]
    assert run.reply == b"\x06"


def test_encoding_gives_the_standards_check_digit() -> None:
    """The published example's check digit comes out, and 0 stands for a remainder of ten."""
    assert encode("2063", "new", "570", "01", "004") == "2063181570010042"
    assert check_digit("2063181570010" + "04") == "2"


def _only(line: str) -> PanelRecord:
    (run,) = codec().feed(line.encode() + b"\r")
    (record,) = run.records
    return record
