"""What holds for DC-09 whatever is said and whatever is on the wire."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.panels.frame import PanelRecord, Qualifier
from hardware.panels.sia_dc09 import codec
from hardware.panels.sia_dc09.encode import contact_id_data, message_frame

ACCOUNTS = st.text("0123456789ABCDEF", min_size=3, max_size=16)
QUALIFIERS = st.sampled_from(["new", "restore", "status"])
CODES = st.text("0123456789BCDEF", min_size=3, max_size=3)
PARTITIONS = st.integers(0, 99).map("{:02}".format)
NUMBERS = st.integers(0, 999).map("{:03}".format)
SEQUENCES = st.integers(0, 9999)
TIMES = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 (bounds of hypothesis are naive)
AES_KEYS = st.sampled_from([16, 24, 32]).flatmap(lambda size: st.binary(min_size=size, max_size=size))
KEYS = st.one_of(st.none(), AES_KEYS)

CID = st.builds(contact_id_data, QUALIFIERS, CODES, PARTITIONS, NUMBERS)
FRAMES = st.builds(
    lambda data, sequence, account, at: message_frame(
        "ADM-CID", data, sequence=sequence, account=account, at=at
    ),
    CID,
    SEQUENCES,
    ACCOUNTS,
    st.one_of(st.none(), TIMES),
)
NOISE = st.one_of(
    st.binary(max_size=200),
    st.text('0158"[]#|_\r\n\x00 ERL', max_size=200).map(str.encode),
    FRAMES.flatmap(lambda frame: st.integers(0, len(frame) - 1).map(lambda cut: frame[:cut])),
)


@given(QUALIFIERS, CODES, PARTITIONS, NUMBERS, SEQUENCES, ACCOUNTS, TIMES, KEYS)
def test_an_event_survives_the_wire(
    qualifier: Qualifier,
    code: str,
    partition: str,
    number: str,
    sequence: int,
    account: str,
    at: datetime,
    key: bytes | None,
) -> None:
    """Decoding what was encoded gives the same event, in clear and under every length of key."""
    data = contact_id_data(qualifier, code, partition, number)
    frame = message_frame("ADM-CID", data, sequence=sequence, account=account, at=at, key=key)
    (record,) = _decode([frame], {account: key} if key else {})
    assert (record.kind, record.check, record.reply) == ("event", "ok", "ack")
    said = (record.account, record.qualifier, record.code, record.partition, record.user or record.zone)
    assert said == (account, qualifier, code, partition, number)


@pytest.mark.slow
@given(st.lists(st.tuples(NOISE, FRAMES), min_size=1, max_size=6))
def test_noise_between_frames_loses_none_and_invents_none(pairs: list[tuple[bytes, bytes]]) -> None:
    """Every frame is decoded in order, whatever stands in front of it, and nothing else is an event."""
    wire = b"".join(noise + frame for noise, frame in pairs)
    events = [record.raw for record in _decode([wire]) if record.kind == "event"]
    assert events == [frame[1:-1].hex() for _, frame in pairs]


@pytest.mark.slow
@given(st.lists(st.one_of(NOISE, FRAMES), max_size=12).map(b"".join), st.integers(1, 50))
def test_reads_of_any_size_give_the_same_records(wire: bytes, size: int) -> None:
    """One byte at a time, or any number, gives what all at once gives."""
    at_once = _decode([wire])
    assert _decode([wire[at : at + size] for at in range(0, len(wire), size)]) == at_once
    assert _decode([bytes([byte]) for byte in wire]) == at_once


@given(FRAMES, st.data())
def test_one_flipped_bit_is_never_an_event(frame: bytes, data: st.DataObject) -> None:
    """The CRC finds every single wrong bit of what it covers."""
    at = data.draw(st.integers(9, len(frame) - 2))
    bit = data.draw(st.integers(0, 7))
    damaged = frame[:at] + bytes([frame[at] ^ 1 << bit]) + frame[at + 1 :]
    assert all(record.kind == "unparsed" for record in _decode([damaged]))


def _decode(reads: list[bytes], keys: dict[str, bytes] | None = None) -> list[PanelRecord]:
    decoder = codec(keys=keys)
    runs = [run for data in reads for run in decoder.feed(data)] + decoder.flush()
    return [record for run in runs for record in run.records]
