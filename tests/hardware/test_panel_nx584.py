"""NX messages in both forms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.errors import CodecOptionError
from hardware.panels.asking import asking_of
from hardware.panels.nx584.encode import (
    POSITIVE_ACK,
    SYSTEM_STATUS_REQUEST,
    Form,
    frame,
    log_event,
    system_status,
    zone_status,
)
from hardware.panels.registry import codec
from tests.support.panel_wire import MILLION, records_of, runs_of, singly

FORMS = st.sampled_from(["ascii", "binary"])
MESSAGES = st.binary(min_size=1, max_size=60)


@given(MESSAGES, FORMS)
def test_a_message_survives_the_wire(message: bytes, form: Form) -> None:
    """Whatever its bytes, 7E and 7D among them: number and sums are right, and bit 7 earns the answer."""
    (run,) = runs_of("nx584", [frame(message, form)])
    (record,) = run.records
    assert (record.code, record.check) == (f"{message[0] & 0x3F:02x}", "ok")
    wanted = frame(POSITIVE_ACK, form) if message[0] & 0x80 else b""
    assert (run.reply, record.reply) == (wanted, "ack" if wanted else "none")


@pytest.mark.parametrize(
    ("message", "code", "partition", "zone", "text"),
    [
        (zone_status(7, 0b1), "04", None, "7", "faulted"),
        (zone_status(1, 0b100010), "04", None, "1", "tampered, low battery"),
        (zone_status(12, 0), "04", None, "12", "normal"),
        (log_event(19, 3, 2), "0a", "2", "3", "log 19"),
        (bytes((0x86, 0, 0x40, 0x02)), "06", "1", None, "armed, siren"),
        (system_status(), "08", None, None, None),
        (bytes((0x84, 3)), "04", None, None, None),
    ],
)
def test_messages_of_sites_are_events(
    message: bytes, code: str, partition: str | None, zone: str | None, text: str | None
) -> None:
    """Zones and partitions count from one; a message cut short has its number and no more."""
    (record,) = records_of("nx584", frame(message))
    assert (record.kind, record.code) == ("event", code)
    assert (record.partition, record.zone, record.text) == (partition, zone, text)


@pytest.mark.parametrize("form", ["ascii", "binary"])
def test_a_damaged_frame_is_unparsed_and_not_answered(form: Form) -> None:
    """The panel says it again for want of an answer; the next frame counts."""
    whole = frame(zone_status(1, 1), form)
    at = len(whole) // 2
    damaged = whole[:at] + (b"9" if whole[at : at + 1] != b"9" else b"8") + whole[at + 1 :]
    bad, good = runs_of("nx584", [damaged, whole])
    assert (bad.records[0].kind, bad.records[0].check, bad.reply) == ("unparsed", "bad", b"")
    assert good.records[0].kind == "event"


@given(st.lists(st.tuples(st.binary(max_size=40), MESSAGES), min_size=1, max_size=6))
def test_noise_loses_no_ascii_frame(pairs: list[tuple[bytes, bytes]]) -> None:
    """Even noise that looks like the start of a binary frame."""
    wire = [(noise + b"\r", frame(message)) for noise, message in pairs]
    data = b"".join(noise + whole for noise, whole in wire)
    at_once = records_of("nx584", data)
    assert records_of("nx584", *singly(data)) == at_once
    sound = iter(record.raw for record in at_once if record.check == "ok")
    assert all(whole[1:-1].hex() in sound for _, whole in wire)


@given(st.lists(st.tuples(st.binary(max_size=40), MESSAGES), min_size=1, max_size=6))
def test_noise_without_start_mark_loses_no_binary_frame(pairs: list[tuple[bytes, bytes]]) -> None:
    """A false start swallows what fits its length; all other noise loses nothing."""
    wire = [(noise.replace(b"\x7e", b""), frame(message, "binary")) for noise, message in pairs]
    data = b"".join(noise + whole for noise, whole in wire)
    at_once = records_of("nx584", data, form="binary")
    assert records_of("nx584", *singly(data), form="binary") == at_once
    assert [record.raw for record in at_once if record.check == "ok"] == [whole.hex() for _, whole in wire]


def test_a_broken_start_ends_at_the_next() -> None:
    """7E is stuffed inside frames: a second one always begins anew."""
    whole = frame(zone_status(1, 1), "binary")
    cut, event = records_of("nx584", whole[:5] + whole)
    assert (cut.kind, cut.raw, event.kind) == ("unparsed", whole[:5].hex(), "event")


def test_the_module_is_asked_in_the_form_it_speaks() -> None:
    """In both until it has said something; a form that does not exist is refused."""
    decoder = codec("nx584")
    asked = [frame(SYSTEM_STATUS_REQUEST, form) for form in ("binary", "ascii")]
    assert asking_of(decoder).start == b"".join(asked)
    decoder.feed(frame(system_status(), "binary"))
    assert asking_of(decoder).start == asked[0]
    with pytest.raises(CodecOptionError, match="ascii or binary"):
        codec("nx584", form="morse")


def test_the_same_status_is_the_same_state() -> None:
    """A zone's status said again is no news; a log entry is an event each time."""
    state = asking_of(codec("nx584")).state
    again, changed, log = records_of(
        "nx584", frame(zone_status(7, 1)), frame(zone_status(7, 3)), frame(log_event(0, 7, 1))
    )
    assert state(again) != state(changed)
    assert state(log) is None


def test_amid_an_alarm_only_a_graver_one_is_another_state() -> None:
    """Disarmed while the siren sounds is the same alarm; fire is another."""
    state = asking_of(codec("nx584")).state
    siren, disarmed, fire, silenced = (
        state(record)
        for bits in ((0x40, 0x02), (0x00, 0x02), (0x04, 0x02), (0x04, 0x00))
        for record in records_of("nx584", frame(bytes((0x86, 0, *bits))))
    )
    assert siren == disarmed
    assert siren != fire
    assert fire == silenced


@pytest.mark.slow
def test_a_million_random_bytes_are_no_message() -> None:
    """Noise is kept as unparsed; two sums are right by chance once in 65,000 starts."""
    assert {record.kind for record in records_of("nx584", MILLION)} == {"unparsed"}
