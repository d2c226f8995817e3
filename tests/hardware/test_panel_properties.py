"""What holds for every codec, whatever is on the wire."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.panels import contact_id
from hardware.panels.frame import MAX_FRAME, PanelRecord, Qualifier
from hardware.panels.registry import codec, names
from hardware.panels.surgard.encode import contact_id_frame, heartbeat_frame, sia_frame

QUALIFIERS = st.sampled_from(["new", "restore", "status"])
ACCOUNTS = st.text("0123456789BCDEF", min_size=4, max_size=4)
LONG_ACCOUNTS = st.text("0123456789ABCDEF", min_size=10, max_size=10)
CODES = st.text("0123456789BCDEF", min_size=3, max_size=3)
PARTITIONS = st.integers(0, 99).map("{:02}".format)
NUMBERS = st.integers(0, 999).map("{:03}".format)
HEADERS = st.text("0123456789ABCDEF", min_size=3, max_size=9)

FRAMES = st.one_of(
    st.builds(contact_id_frame, ACCOUNTS, QUALIFIERS, CODES, PARTITIONS, NUMBERS, header=HEADERS),
    st.builds(heartbeat_frame, header=HEADERS),
    st.builds(sia_frame, ACCOUNTS, st.sampled_from(["BA07", "ri1/OP03/BA12"]), header=HEADERS),
)
# Line noise of every colour: any bytes, bytes of the protocol, and pieces of real frames.
NOISE = st.one_of(
    st.binary(max_size=200),
    st.text("0158QS[]#|@ ERP\r\n\x14\x00", max_size=200).map(str.encode),
    FRAMES.flatmap(lambda frame: st.integers(0, len(frame)).map(lambda cut: frame[:cut])),
)


@pytest.mark.slow
@given(st.one_of(ACCOUNTS, LONG_ACCOUNTS), QUALIFIERS, CODES, PARTITIONS, NUMBERS, HEADERS)
def test_a_surgard_event_survives_the_wire(
    account: str, qualifier: Qualifier, code: str, partition: str, number: str, header: str
) -> None:
    """Decoding what was encoded gives the same event, at the receiver and line of the header."""
    frame = contact_id_frame(account, qualifier, code, partition, number, header=header)
    (record,) = _decode("surgard", [frame])
    assert (record.kind, record.receiver, record.line) == ("event", header[:2], header[2:])
    assert _event(record) == (account, qualifier, code, partition, number)


@given(ACCOUNTS, QUALIFIERS, CODES, PARTITIONS, NUMBERS)
def test_a_contact_id_event_survives_the_wire(
    account: str, qualifier: Qualifier, code: str, partition: str, number: str
) -> None:
    """Decoding what was encoded gives the same event with a right check."""
    line = contact_id.encode(account, qualifier, code, partition, number)
    (record,) = _decode("contact_id", [line.encode() + b"\r"])
    assert (record.kind, record.check) == ("event", "ok")
    assert _event(record) == (account, qualifier, code, partition, number)


@given(ACCOUNTS, QUALIFIERS, CODES, PARTITIONS, NUMBERS, st.integers(0, 15), st.integers(1, 14))
def test_one_wrong_digit_is_never_an_event(
    account: str, qualifier: Qualifier, code: str, partition: str, number: str, place: int, change: int
) -> None:
    """The check finds every single wrong digit: no two digits have the same value modulo 15."""
    digits = "0123456789BCDEF"
    line = contact_id.encode(account, qualifier, code, partition, number)
    wrong = digits[(digits.index(line[place]) + change) % len(digits)]
    damaged = line[:place] + wrong + line[place + 1 :]
    (record,) = _decode("contact_id", [damaged.encode() + b"\r"])
    assert record.kind == "unparsed"


@pytest.mark.slow
@pytest.mark.parametrize("protocol", names())
@given(st.lists(st.one_of(NOISE, FRAMES), max_size=12).map(b"".join), st.integers(1, 50))
def test_reads_of_any_size_give_the_same_runs(protocol: str, data: bytes, size: int) -> None:
    """One byte at a time, or any number, gives the records that all at once gives."""
    at_once = _decode(protocol, [data])
    assert _decode(protocol, _cut(data, size)) == at_once
    assert _decode(protocol, _cut(data, 1)) == at_once


@pytest.mark.slow
@given(st.lists(st.tuples(NOISE, FRAMES), min_size=1, max_size=6))
def test_noise_between_frames_loses_none(pairs: list[tuple[bytes, bytes]]) -> None:
    """However noisy the line, every frame behind a terminator is decoded, in order."""
    data = b"".join(noise + b"\x14" + frame for noise, frame in pairs)
    wanted = [frame[:-1].hex() for _, frame in pairs]
    decoded = iter(record.raw for record in _decode("surgard", [data]) if record.kind != "unparsed")
    assert all(raw in decoded for raw in wanted)


@pytest.mark.parametrize("protocol", names())
@given(st.lists(st.binary(max_size=300), max_size=12), st.sampled_from([b"", b"[", b"5011 18"]))
def test_every_byte_is_in_a_record_or_was_a_separator(
    protocol: str, reads: list[bytes], front: bytes
) -> None:
    """Nothing visible on the wire is dropped in silence: records carry all of it, in order."""
    wire = front + b"".join(reads)
    told = b"".join(bytes.fromhex(record.raw) for record in _decode(protocol, [front, *reads]))
    assert _visible(told) == _visible(wire)


@pytest.mark.parametrize("protocol", names())
@given(st.lists(st.one_of(st.binary(max_size=4000), st.just(b"5" * 4000)), max_size=5))
def test_memory_is_bounded(protocol: str, reads: list[bytes]) -> None:
    """A codec never holds back more than two frames' worth of bytes, and no record is longer than one."""
    decoder = codec(protocol)
    records = [record for data in reads for run in decoder.feed(data) for record in run.records]
    held = [record for run in decoder.flush() for record in run.records]
    assert all(len(record.raw) <= 2 * MAX_FRAME for record in records + held)
    assert sum(len(record.raw) // 2 for record in held) <= 2 * MAX_FRAME


def _decode(protocol: str, reads: Iterable[bytes]) -> list[PanelRecord]:
    decoder = codec(protocol)
    runs = [run for data in reads for run in decoder.feed(data)] + decoder.flush()
    return [record for run in runs for record in run.records]


def _cut(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


def _event(record: PanelRecord) -> tuple[str | None, ...]:
    number = record.user or record.zone
    return (record.account, record.qualifier, record.code, record.partition, number)


def _visible(data: bytes) -> bytes:
    return data.translate(None, b"\x00\r\n\x14 ")
