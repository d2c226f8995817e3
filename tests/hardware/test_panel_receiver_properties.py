"""What holds for the receivers' protocols beside Sur-Gard, whatever is on the wire."""

import random
import time
from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.panels.ademco685 import encode as ademco685
from hardware.panels.frame import PanelRecord, Qualifier
from hardware.panels.radionics6500 import encode as radionics6500
from hardware.panels.registry import codec
from hardware.panels.silentknight import encode as silentknight
from hardware.panels.silentknight.validation import is_sound

PROTOCOLS = ("ademco685", "silentknight", "radionics6500")
TERMINATOR = {"ademco685": b"\r", "silentknight": b"\r", "radionics6500": b"\x14"}

QUALIFIERS = st.sampled_from(["new", "restore", "status"])
ACCOUNTS = st.text("0123456789ABCDEF", min_size=4, max_size=4)
EIGHT = st.text("0123456789ABCDEF", min_size=8, max_size=8)
CODES = st.text("0123456789BCDEF", min_size=3, max_size=3)
PARTITIONS = st.integers(0, 99).map("{:02}".format)
NUMBERS = st.integers(0, 999).map("{:03}".format)
HEADERS = st.text("0123456789ABCDEF", min_size=3, max_size=3)
REFERENCES = st.integers(1, 9999)
CALL_EVENTS = st.builds(silentknight.contact_id_event, QUALIFIERS, CODES, PARTITIONS, NUMBERS)

FRAMES = {
    "ademco685": st.one_of(
        st.builds(
            ademco685.contact_id_frame,
            st.one_of(ACCOUNTS, EIGHT),
            QUALIFIERS,
            CODES,
            PARTITIONS,
            zone=NUMBERS,
        ),
        st.builds(ademco685.pulse_frame, ACCOUNTS, st.text("0123456789ABCDEF", min_size=1, max_size=2)),
        st.just(ademco685.heartbeat_frame()),
    ),
    "silentknight": st.one_of(
        st.builds(
            silentknight.contact_id_frame,
            ACCOUNTS,
            st.lists(CALL_EVENTS, min_size=1, max_size=6),
            reference=REFERENCES,
        ),
        st.builds(
            silentknight.sia_frame,
            ACCOUNTS,
            st.sampled_from([["BA07"], ["ri1", "OP03", "ri2", "BA12"]]),
            reference=REFERENCES,
        ),
        st.builds(silentknight.system_frame, st.sampled_from("apw~\x7f"), reference=REFERENCES),
        st.just(silentknight.heartbeat_frame()),
    ),
    "radionics6500": st.one_of(
        st.builds(
            radionics6500.contact_id_frame, ACCOUNTS, QUALIFIERS, CODES, PARTITIONS, NUMBERS, header=HEADERS
        ),
        st.builds(radionics6500.sia_frame, ACCOUNTS, st.sampled_from(["BA07", "ri1/OP03/BA12"])),
        st.builds(radionics6500.heartbeat_frame, header=HEADERS),
    ),
}


def noise(protocol: str) -> st.SearchStrategy[bytes]:
    """Any bytes, bytes of the protocol, and pieces of real frames."""
    frames = FRAMES[protocol]
    return st.one_of(
        st.binary(max_size=200),
        st.text('0118ERCU &"#@a\x01\x02\x05\r\n\x14\x00', max_size=200).map(str.encode),
        frames.flatmap(lambda frame: st.integers(0, len(frame)).map(lambda cut: frame[:cut])),
    )


@given(st.one_of(ACCOUNTS, EIGHT), QUALIFIERS, CODES, PARTITIONS, NUMBERS, st.sampled_from(["zone", "user"]))
def test_a_685_event_survives_the_wire(
    account: str, qualifier: Qualifier, code: str, partition: str, number: str, subject: str
) -> None:
    """Decoding what was encoded gives the same event; the letter, not the code, tells zone from user."""
    numbered = {subject: number}
    frame = ademco685.contact_id_frame(account, qualifier, code, partition, **numbered)
    (record,) = _decode("ademco685", [frame])
    assert _event(record) == (account, qualifier, code, partition, number)
    assert getattr(record, subject) == number


@given(ACCOUNTS, QUALIFIERS, CODES, PARTITIONS, NUMBERS, HEADERS)
def test_a_6500_event_survives_the_wire(
    account: str, qualifier: Qualifier, code: str, partition: str, number: str, header: str
) -> None:
    """Decoding what was encoded gives the same event, at the receiver and line of the header."""
    frame = radionics6500.contact_id_frame(account, qualifier, code, partition, number, header=header)
    (record,) = _decode("radionics6500", [frame])
    assert (record.receiver, record.line) == (header[:2], header[2:])
    assert _event(record) == (account, qualifier, code, partition, number)


@given(ACCOUNTS, st.lists(CALL_EVENTS, min_size=1, max_size=12), REFERENCES)
def test_a_silent_knight_call_survives_the_wire(account: str, events: Sequence[str], reference: int) -> None:
    """Every event of a call comes out, in order, with a right check."""
    (record,) = _decode("silentknight", [silentknight.contact_id_frame(account, events, reference=reference)])
    assert (record.account, record.check) == (account, "ok")
    read = [
        silentknight.contact_id_event(
            event.qualifier or "new",
            event.code or "",
            event.partition or "",
            event.user or event.zone or "",
        )
        for event in record.events or (record,)
    ]
    assert read == list(events)


@given(FRAMES["silentknight"], st.data())
def test_one_wrong_bit_in_a_silent_knight_frame_is_never_an_event(frame: bytes, data: st.DataObject) -> None:
    """V carries the lowest six bits of the sum, so each wrong one among them is found."""
    at = data.draw(st.integers(0, len(frame) - 2))
    damaged = frame[:at] + bytes([frame[at] ^ 1 << data.draw(st.integers(0, 5))]) + frame[at + 1 :]
    assert {record.kind for record in _decode("silentknight", [damaged])} <= {"unparsed"}


@pytest.mark.slow
@pytest.mark.parametrize("protocol", PROTOCOLS)
@given(data=st.data(), size=st.integers(1, 50))
def test_reads_of_any_size_give_the_same(protocol: str, data: st.DataObject, size: int) -> None:
    """One byte at a time, or any number, gives the records and the answers that all at once gives."""
    pieces = st.lists(st.one_of(noise(protocol), FRAMES[protocol]), max_size=12)
    wire = b"".join(data.draw(pieces))
    at_once = _decode(protocol, [wire])
    assert _decode(protocol, _cut(wire, size)) == at_once
    assert _decode(protocol, _cut(wire, 1)) == at_once
    assert _answers(protocol, _cut(wire, 1)) == _answers(protocol, [wire])


@pytest.mark.slow
@pytest.mark.parametrize("protocol", PROTOCOLS)
@given(data=st.data())
def test_noise_between_frames_loses_none(protocol: str, data: st.DataObject) -> None:
    """However noisy the line, every frame behind a terminator is decoded, in order."""
    pairs = data.draw(st.lists(st.tuples(noise(protocol), FRAMES[protocol]), min_size=1, max_size=6))
    wire = b"".join(noisy + TERMINATOR[protocol] + frame for noisy, frame in pairs)
    decoded = iter(record.raw for record in _decode(protocol, [wire]) if record.kind != "unparsed")
    assert all(frame[:-1].lstrip(b"\n").hex() in decoded for _, frame in pairs)


@pytest.mark.slow
@given(st.data())
def test_noise_makes_no_silent_knight_frame(data: st.DataObject) -> None:
    """Whatever is taken for a frame has a validation byte that fits."""
    wire = b"".join(data.draw(st.lists(st.one_of(noise("silentknight"), FRAMES["silentknight"]), max_size=8)))
    for record in _decode("silentknight", [wire]):
        if record.kind != "unparsed":
            assert record.check == "ok"
            assert is_sound(bytes.fromhex(record.raw))


@pytest.mark.slow
@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_million_random_bytes_are_read_in_seconds(protocol: str) -> None:
    """Noise without end costs no more than a line can carry, and no event comes of it that has a check."""
    wire = random.Random(685).randbytes(1_000_000)
    began = time.perf_counter()
    records = _decode(protocol, _cut(wire, 4096))
    assert time.perf_counter() - began < 20
    assert not [record for record in records if record.check == "ok" and record.kind == "event"]


@pytest.mark.parametrize("front", [b'&010226"030405"', b"11 1234 18 E130 01 C003", b"a011 123418E13001003"])
@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_beginnings_without_end_cost_little(protocol: str, front: bytes) -> None:
    """A line that says the beginning of a frame over and over is cut, read and done with at once."""
    began = time.perf_counter()
    _decode(protocol, [front * 1000])
    assert time.perf_counter() - began < 5


def _decode(protocol: str, reads: Iterable[bytes]) -> list[PanelRecord]:
    decoder = codec(protocol)
    runs = [run for data in reads for run in decoder.feed(data)] + decoder.flush()
    return [record for run in runs for record in run.records]


def _answers(protocol: str, reads: Iterable[bytes]) -> bytes:
    decoder = codec(protocol)
    return b"".join(run.reply for data in reads for run in decoder.feed(data))


def _cut(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


def _event(record: PanelRecord) -> tuple[str | None, ...]:
    number = record.user or record.zone
    return (record.account, record.qualifier, record.code, record.partition, number)
