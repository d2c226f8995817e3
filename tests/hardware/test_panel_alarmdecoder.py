"""AlarmDecoder lines: the radio's events, what keypads show, and notes of the device."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.panels.alarmdecoder.encode import contact_id, keypad, note, word
from hardware.panels.asking import asking_of
from hardware.panels.frame import Qualifier
from hardware.panels.registry import codec
from tests.support.panel_wire import MILLION, records_of, singly

QUIET = "1000000100000000----"
SOUNDING = "0100000101100000----"
BURNING = "0000000101000100----"

CODES = st.sampled_from(["110", "130", "144", "401", "406", "602"])
NUMBERS = st.integers(0, 999).map("{:03}".format)
PARTITIONS = st.integers(1, 8).map(str)
QUALIFIERS = st.sampled_from(["new", "restore", "status"])
LINES = st.one_of(
    st.builds(contact_id, QUALIFIERS, CODES, PARTITIONS, NUMBERS),
    st.builds(word, st.sampled_from(["ALARM_FIRE", "OPEN"]), PARTITIONS),
    st.builds(keypad, st.text("ABC 123", max_size=32)),
    st.sampled_from([note("Ready"), note("EXP:07,01,01")]),
)


@given(QUALIFIERS, CODES, PARTITIONS, NUMBERS)
def test_a_radio_event_survives_the_wire(
    qualifier: Qualifier, code: str, partition: str, number: str
) -> None:
    """Qualifier, code, partition and number are those of Contact ID; nothing is answered."""
    (record,) = records_of("alarmdecoder", contact_id(qualifier, code, partition, number))
    assert (record.kind, record.code_set, record.check, record.reply) == (
        "event",
        "contact_id",
        "none",
        "none",
    )
    assert (record.qualifier, record.code, record.partition) == (qualifier, code, partition)
    assert (record.user if code in {"401", "406"} else record.zone) == number


def test_a_word_is_an_event_without_number() -> None:
    """Older firmware says ALARM_FIRE; what the number in front means depends on the word."""
    (record,) = records_of("alarmdecoder", word("ALARM_FIRE", "1"))
    assert (record.kind, record.code, record.code_set, record.partition) == ("event", "ALARM_FIRE", None, "1")
    assert (record.zone, record.user) == (None, None)


@pytest.mark.parametrize(
    "text", ["Ready", "CONFIG>ADDRESS=18&LRR=Y", "VER:ffffffff,V2.2a.8.8", "RFX:0102030,80"]
)
def test_notes_are_text(text: str) -> None:
    """What the device says of itself is no event."""
    (record,) = records_of("alarmdecoder", note(text))
    assert (record.kind, record.text, record.code) == ("text", text, None)


@pytest.mark.parametrize("bits", [QUIET, SOUNDING, BURNING])
def test_a_keypad_is_text_while_the_radio_speaks(bits: str) -> None:
    """Number and display as they are, spaces and all; the radio tells of alarms."""
    (record,) = records_of("alarmdecoder", keypad("ALARM 07", bits=bits, number="007"))
    assert (record.kind, record.code, record.text) == ("text", "007", f"{'ALARM 07':<32}")


@pytest.mark.parametrize(("bits", "code"), [(SOUNDING, "KEYPAD_ALARM"), (BURNING, "KEYPAD_FIRE")])
def test_where_the_radio_is_off_the_keypad_tells(bits: str, code: str) -> None:
    """With `keypad_alarms` bits 11 and 14 are events of the zone displayed; other lines stay text."""
    shown = keypad("ALARM 07", bits=bits, number="007")
    calm, alarm = records_of("alarmdecoder", keypad("READY", bits=QUIET), shown, keypad_alarms=True)
    assert (calm.kind, alarm.kind) == ("text", "event")
    assert (alarm.code, alarm.qualifier, alarm.zone) == (code, "new", "007")


def test_an_alarm_that_goes_on_is_one_state() -> None:
    """However the display changes while it sounds; and the calm after it is another state."""
    state = asking_of(codec("alarmdecoder")).state
    first, later, calm = records_of(
        "alarmdecoder",
        keypad("ALARM 07", bits=SOUNDING, number="007"),
        keypad("ALARM 09", bits="0110000101100000----", number="009"),
        keypad("READY", bits=QUIET),
        keypad_alarms=True,
    )
    assert state(first) == state(later)
    assert state(first) != state(calm)
    (event,) = records_of("alarmdecoder", contact_id("new", "130", "1", "007"))
    assert state(event) is None


@pytest.mark.parametrize("line", [b"!LRR:what\r\n", b"what is this\r\n", b'[0101],001,[f7],"x"\r\n'])
def test_what_is_no_line_is_unparsed(line: bytes) -> None:
    """Cut and strange lines are kept and not answered; reading goes on."""
    record, event = records_of("alarmdecoder", line, contact_id("new", "110", "1", "001"))
    assert (record.kind, record.reply) == ("unparsed", "none")
    assert event.kind == "event"


@given(st.lists(st.tuples(st.binary(max_size=40), LINES), min_size=1, max_size=6))
def test_noise_loses_no_line_and_reads_do_not_matter(pairs: list[tuple[bytes, bytes]]) -> None:
    """Behind a line's end every line decodes, in order, read at once or byte by byte."""
    data = b"".join(noise + b"\r\n" + frame for noise, frame in pairs)
    at_once = records_of("alarmdecoder", data)
    assert records_of("alarmdecoder", *singly(data)) == at_once
    sound = iter(record.raw for record in at_once if record.kind != "unparsed")
    assert all(frame[:-2].hex() in sound for _, frame in pairs)


@pytest.mark.slow
def test_a_million_random_bytes_are_no_event() -> None:
    """Noise is unparsed, or at worst a note."""
    assert {record.kind for record in records_of("alarmdecoder", MILLION)} <= {"unparsed", "text"}
