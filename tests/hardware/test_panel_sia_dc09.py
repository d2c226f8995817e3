"""Frames built from the layouts of SIA DC-09, not from anybody's capture."""

import random
from datetime import UTC, datetime

import pytest

from hardware.errors import CodecOptionError
from hardware.panels.frame import MAX_FRAME, PanelRecord
from hardware.panels.sia_dc09 import codec
from hardware.panels.sia_dc09.cipher import ANY_ACCOUNT
from hardware.panels.sia_dc09.crc import crc16
from hardware.panels.sia_dc09.encode import ack_frame, duh_frame, framed, message_frame, nak_frame
from hardware.panels.sia_dc09.message import Message, read

AT = datetime(2026, 1, 3, 8, 15, tzinfo=UTC)
KEYS = {"4711": bytes(range(16)), "4712": bytes(range(24)), "4713": bytes(range(32))}


def test_the_check_is_crc_16_arc() -> None:
    """The published check value of the algorithm."""
    assert crc16(b"123456789") == 0xBB3D


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            '"SIA-DCS"0042L0#4711[#4711|Nri1/OP0003]_08:15:00,03-01-2026',
            {"kind": "event", "line": "0", "account": "4711", "code": "OP", "partition": "1", "user": "0003"},
            id="sia",
        ),
        pytest.param(
            '"ADM-CID"0007R2L1#00AB[#00AB|1130 01 015]',
            {"receiver": "2", "qualifier": "new", "code": "130", "partition": "01", "zone": "015"},
            id="contact id",
        ),
        pytest.param(
            '"HENG-BO"0000R00L00#90219125916578[#90219125916578|3401 00 002]',
            {"account": "90219125916578", "qualifier": "restore", "code": "401", "user": "002"},
            id="long account",
        ),
        pytest.param(
            '"NULL"0000R1L#4711[]', {"kind": "heartbeat", "line": None, "reply": "ack"}, id="empty L"
        ),
        pytest.param(
            '"SIA-DCS"0042L0[#4711|NBA01]', {"account": "4711", "zone": "01"}, id="account only inside"
        ),
        pytest.param(
            '"SIA-DCS"0042#4711L5R6[#4711|NBA01]',
            {"account": "4711", "line": "5", "receiver": "6"},
            id="order",
        ),
        pytest.param(
            '"SIA-DCS"0042L0#4711[M00A1B2][#4711|NBA01][X6E]_99:99:99,99-99-9999',
            {"zone": "01"},
            id="extended",
        ),
        pytest.param('"DUH"0042L0#4711[]', {"kind": "text", "text": "DUH", "reply": "none"}, id="answer"),
        pytest.param('"SIA-DCS"0042L0#4711[]', {"kind": "unparsed", "reply": "ack"}, id="says nothing"),
        pytest.param('"OTHER"0042L0#4711[x]', {"kind": "unparsed", "reply": "ack"}, id="unknown id"),
        pytest.param(
            '"SIA-DCS"0042L0#4711[#4711|NBA01^a]b^]_8 pm',
            {"kind": "unparsed", "reply": "ack"},
            id="odd content",
        ),
        pytest.param('"what"', {"kind": "unparsed", "reply": "none"}, id="no message at all"),
    ],
)
def test_layouts(body: str, expected: dict[str, str | None]) -> None:
    """Each layout and quirk gives its fields, with a right check."""
    record = _one(framed(body.encode()))
    assert record.check == "ok"
    assert {name: getattr(record, name) for name in expected} == expected


def test_several_events_are_one_record() -> None:
    """The first event fills the record, all stand in `events`."""
    record = _one(message_frame("SIA-DCS", "Nri1/BA02/BH03/ri2/CL7", sequence=1, account="4711"))
    assert [(one.code, one.partition, one.zone or one.user) for one in record.events] == [
        ("BA", "1", "02"),
        ("BH", "1", "03"),
        ("CL", "2", "7"),
    ]


def test_chinese_text_is_text() -> None:
    """Bytes above 7F inside the brackets are letters; the CRC vouches for them."""
    frame = framed('"SIA-DCS"0042L0#4711[#4711|NBA01^二号窗口^]'.encode())
    assert _one(frame).text == "二号窗口"


def test_a_wrong_crc_is_unparsed_and_never_answered() -> None:
    """The fields are kept for the journal; the panel is left to say it again."""
    frame = bytearray(message_frame("SIA-DCS", "NBA01", sequence=1, account="4711"))
    frame[-3] ^= 1
    (run,) = codec().feed(bytes(frame))
    record = run.records[0]
    assert (record.kind, record.check, record.reply, record.account) == ("unparsed", "bad", "none", "4711")
    assert run.reply == b""


def test_a_wrong_length_with_a_right_crc_is_believed() -> None:
    """The CRC decides, as most published frames have a wrong length."""
    frame = message_frame("SIA-DCS", "NBA01", sequence=1, account="4711")
    assert _one(frame[:5] + b"0078" + frame[9:]).kind == "event"


@pytest.mark.parametrize("body", [f'"NULL"{n:04}L0#4711[]'.encode() for n in range(300)][::37])
def test_a_crc_of_two_raw_bytes(body: bytes) -> None:
    """Older panels write the CRC as bytes."""
    assert _one(_raw_crc(body)).kind == "heartbeat"


@pytest.mark.parametrize("boundary", [b"\r", b"\n"])
def test_a_raw_crc_may_hold_a_line_end(boundary: bytes) -> None:
    """CR and LF inside the two bytes are no boundaries, at any size of read."""
    bodies = (f'"NULL"{n:04}L0#4711[]'.encode() for n in range(9999))
    frame = next(_raw_crc(body) for body in bodies if boundary in crc16(body).to_bytes(2, "big"))
    assert _one(frame).kind == "heartbeat"
    assert [one.kind for one in _decode([bytes([byte]) for byte in frame])] == ["heartbeat"]


def test_nul_behind_cr_and_a_missing_lf_are_forgiven() -> None:
    """Neither makes a record of its own nor spoils the next frame."""
    frame = message_frame("NULL", "", sequence=1, account="4711")
    wire = frame + b"\x00" + frame[1:] + b"\x00\x00" + frame + b"\r\n"
    assert [one.kind for one in _decode([wire])] == ["heartbeat"] * 3


def test_a_cut_frame_does_not_spoil_the_next() -> None:
    """LF begins anew; what stood before it is unparsed."""
    frame = message_frame("SIA-DCS", "NBA01", sequence=1, account="4711")
    records = _decode([frame[:20] + frame])
    assert [(one.kind, one.check) for one in records] == [("unparsed", "none"), ("event", "ok")]


def test_without_its_end_nothing_is_an_event() -> None:
    """A whole frame but for its CR is unparsed at the end of input."""
    frame = message_frame("SIA-DCS", "NBA01", sequence=1, account="4711")
    assert [one.kind for one in _decode([frame[:-1]])] == ["unparsed"]


def test_no_frame_is_longer_than_the_longest() -> None:
    """Junk without end is cut into pieces, and the frame behind it counts."""
    frame = message_frame("NULL", "", sequence=1, account="4711")
    records = _decode([b'\n00000FFF"SIA-DCS"' + b"A" * 5 * MAX_FRAME + frame])
    assert all(len(one.raw) <= 2 * MAX_FRAME for one in records)
    assert [one.kind for one in records][-1] == "heartbeat"


@pytest.mark.parametrize("account", KEYS)
def test_every_key_length_opens_what_it_closed(account: str) -> None:
    """AES-128, -192 and -256; without the key, or with another, the frame is sound, unparsed, and refused."""
    frame = message_frame("ADM-CID", "1121 01 002", sequence=9, account=account, at=AT, key=KEYS[account])
    record = _one(frame, KEYS)
    assert (record.kind, record.code, record.user, record.check) == ("event", "121", "002", "ok")
    for keys in ({}, {ANY_ACCOUNT: b"\x01" * 32}):
        closed = _one(frame, keys)
        assert (closed.kind, closed.check, closed.reply, closed.account) == ("unparsed", "ok", "nak", account)


def test_a_wrong_key_is_never_believed() -> None:
    """However the noise of a wrong key looks, no event comes of it."""
    rng = random.Random(9)
    frame = message_frame("SIA-DCS", "NBA01", sequence=9, account="4711", at=AT, key=KEYS["4711"])
    kinds = {_one(frame, {ANY_ACCOUNT: rng.randbytes(16)}).kind for _ in range(500)}
    assert kinds == {"unparsed"}


def test_an_encrypted_link_test_without_its_key_is_still_a_heartbeat() -> None:
    """Its sender lives, though it cannot be answered."""
    record = _one(message_frame("NULL", "", sequence=0, account="4711", at=AT, key=KEYS["4711"]))
    assert (record.kind, record.reply) == ("heartbeat", "nak")


def test_bad_hex_under_a_right_key_is_refused() -> None:
    """Half a block, no hex at all, nothing: sound frames that cannot be opened."""
    for digits in ("", "0", "zz" * 16, "00" * 15):
        record = _one(framed(f'"*SIA-DCS"0001L0#4711[{digits}'.encode()), KEYS)
        assert (record.kind, record.reply) == ("unparsed", "nak")


def test_answers_repeat_the_message() -> None:
    """ACK and DUH carry sequence, receiver, line and account as sent; NAK names nobody and has the time."""
    message = _message('"SIA-DCS"0042R1L#4711[#4711|NBA01]')
    assert ack_frame(message, AT)[9:] == b'"ACK"0042R1L#4711[]\r'
    assert duh_frame(message)[9:] == b'"DUH"0042R1L#4711[]\r'
    assert nak_frame(AT)[9:] == b'"NAK"0000R0L0A0[]_08:15:00,01-03-2026\r'


def test_an_encrypted_message_is_acknowledged_under_its_key() -> None:
    """The answer opens with the same key and carries the time; the codec gives it by itself."""
    frame = message_frame("SIA-DCS", "NBA01", sequence=9, account="4711", at=AT, key=KEYS["4711"])
    (run,) = codec(keys=KEYS, now=lambda: AT).feed(frame)
    answer = read(run.reply[9:-1], KEYS)
    assert answer is not None
    assert (answer.id, answer.encrypted, answer.sequence, answer.stamp) == (
        "ACK",
        True,
        "0009",
        "08:15:00,01-03-2026",
    )
    assert codec().feed(frame)[0].reply == framed(b'"DUH"0009L0#4711[]')


def test_two_encryptions_never_look_alike() -> None:
    """Padding is random, yet the message's identity is the same: its sender said it twice."""
    one, two = (
        message_frame("SIA-DCS", "NBA01", sequence=9, account="4711", at=AT, key=KEYS["4711"])
        for _ in range(2)
    )
    assert one != two
    first, second = (read(frame[9:-1], KEYS) for frame in (one, two))
    assert first is not None
    assert second is not None
    assert (first.identity, first.stamp) == (second.identity, second.stamp)


def test_a_key_no_aes_takes_is_refused_in_a_sentence() -> None:
    """The account is named and the lengths that would do."""
    with pytest.raises(CodecOptionError, match="account 4711 has 5 bytes"):
        codec(keys={"4711": b"short"})


@pytest.mark.slow
def test_a_million_random_bytes_invent_nothing() -> None:
    """Noise neither raises nor passes a check, and no buffer grows."""
    decoder = codec(keys=KEYS)
    noise = random.Random(9).randbytes(1_000_000)
    records = [
        r
        for at in range(0, len(noise), 4096)
        for run in decoder.feed(noise[at : at + 4096])
        for r in run.records
    ]
    assert {one.kind for one in records} == {"unparsed"}
    assert all(len(one.raw) <= 2 * MAX_FRAME for one in records)


def _raw_crc(body: bytes) -> bytes:
    return b"\n" + crc16(body).to_bytes(2, "big") + b"%04X" % len(body) + body + b"\r"


def _message(body: str) -> Message:
    message = read(body.encode(), KEYS)
    assert message is not None
    return message


def _one(frame: bytes, keys: dict[str, bytes] | None = None) -> PanelRecord:
    (record,) = _decode([frame], keys)
    return record


def _decode(reads: list[bytes], keys: dict[str, bytes] | None = None) -> list[PanelRecord]:
    decoder = codec(keys=keys)
    runs = [run for data in reads for run in decoder.feed(data)] + decoder.flush()
    return [record for run in runs for record in run.records]
