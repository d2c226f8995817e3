"""PRT3 lines, after the layout of the printer module's ASCII mode."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.errors import CodecOptionError
from hardware.panels.asking import State, asking_of
from hardware.panels.paradox_prt3.encode import area_request, area_status, event
from hardware.panels.registry import codec
from tests.support.panel_wire import MILLION, records_of, singly

NUMBER = st.integers(0, 999)
EVENTS = st.builds(event, NUMBER, NUMBER, NUMBER)


@given(NUMBER, NUMBER, NUMBER)
def test_an_event_survives_the_wire(group: int, number: int, area: int) -> None:
    """Group, number and area are kept as three digits each; only open and closed have a qualifier."""
    (record,) = records_of("paradox_prt3", event(group, number, area))
    assert (record.kind, record.check, record.reply) == ("event", "none", "none")
    assert (record.code, record.zone, record.partition) == (f"{group:03}", f"{number:03}", f"{area:03}")
    assert record.qualifier == {0: "restore", 1: "new"}.get(group)


@pytest.mark.parametrize("line", [area_request(2), area_status(2), b"RA002&fail\r"])
def test_requests_and_answers_are_text(line: bytes) -> None:
    """They are no events, whoever sends them."""
    (record,) = records_of("paradox_prt3", line)
    assert (record.kind, record.text, record.code) == ("text", line[:-1].decode(), None)


@pytest.mark.parametrize("line", [b"G01N048A004\r", b"G001N048A0041\r", b"gibberish\r"])
def test_what_is_no_line_is_unparsed(line: bytes) -> None:
    """Kept, not answered."""
    (record,) = records_of("paradox_prt3", line)
    assert (record.kind, record.reply) == ("unparsed", "none")


def test_one_area_is_asked_and_its_answer_is_a_state() -> None:
    """The same answer again is no news; an area that does not exist cannot be asked."""
    asking = asking_of(codec("paradox_prt3", area=3))
    assert asking.start == area_request(3)
    (answer,) = records_of("paradox_prt3", area_status(3, "AOOOOOO"))
    assert asking.state(answer) == State("RA003", "AOOOOOO", echo=True)
    with pytest.raises(CodecOptionError, match="areas 1 to 8"):
        codec("paradox_prt3", area=9)


@given(st.lists(st.tuples(st.binary(max_size=40), EVENTS), min_size=1, max_size=6))
def test_noise_loses_no_line_and_reads_do_not_matter(pairs: list[tuple[bytes, bytes]]) -> None:
    """Behind a line's end every line decodes, in order, read at once or byte by byte."""
    data = b"".join(noise + b"\r" + frame for noise, frame in pairs)
    at_once = records_of("paradox_prt3", data)
    assert records_of("paradox_prt3", *singly(data)) == at_once
    sound = iter(record.raw for record in at_once if record.kind == "event")
    assert all(frame[:-1].hex() in sound for _, frame in pairs)


@pytest.mark.slow
def test_a_million_random_bytes_are_no_event() -> None:
    """Noise is kept as unparsed."""
    assert "event" not in {record.kind for record in records_of("paradox_prt3", MILLION)}
