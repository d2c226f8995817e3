"""Who speaks: the words, the radio that transmits, and who is expected to."""

import pytest

from intake.site import example_site_path, load_site
from intake.understanding.lexicon import Lexicon
from intake.understanding.model import Context
from intake.understanding.understand import understand

ENGLISH = Lexicon.build(load_site(example_site_path()), "en")
GARBLED = "the trophore on scene"
"""What a recogniser makes of "patrol four on scene"."""


@pytest.mark.parametrize(
    "context",
    [Context(caller="P4"), Context(expected=frozenset({"P4"})), Context("P4", frozenset({"P4", "P5"}))],
    ids=["its radio", "it is expected", "both"],
)
def test_a_second_witness_makes_a_garbled_name_good(context: Context) -> None:
    """Heard alone the step is only proposed; with the radio or the order that waits for it, it is applied."""
    alone, confirmed = (understand(GARBLED, "en", ENGLISH, each) for each in (Context(), context))
    assert (alone.units, alone.changes_status) == (("P4",), False)
    assert (confirmed.units, confirmed.changes_status) == (("P4",), True)
    assert alone.confidence < 0.7 <= confirmed.confidence


def test_an_expected_unit_is_named_where_nobody_is() -> None:
    """Only while there is one, and a person is asked: the words named nobody."""
    one = understand("on scene", "en", ENGLISH, Context(expected=frozenset({"P2"})))
    two = understand("on scene", "en", ENGLISH, Context(expected=frozenset({"P2", "P3"})))
    assert (one.units, one.changes_status, one.confidence) == (("P2",), False, 0.4)
    assert two.units == ()


def test_an_expectation_does_not_name_who_reports() -> None:
    """A report by nobody is not the answer that is waited for."""
    assert understand("smoke at gate one", "en", ENGLISH, Context(expected=frozenset({"P2"}))).units == ()


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("copy patrol three", "may be spoken to"),
        ("patrol four are on scene", "the verb is of several"),
        ("patrol one patrol two on scene", "side by side"),
        ("patrol one on scene correction bananas", "corrected to"),
        ("petrol four on seen goose chips", "not understood"),
        ("patrol two center copies", "the centre"),
    ],
)
def test_every_doubt_is_named(text: str, doubt: str) -> None:
    """And whatever is doubted changes nothing."""
    found = understand(text, "en", ENGLISH)
    assert not found.changes_status
    assert any(doubt in reason for reason in found.because), found.because


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("the trophore ambulance is here", "P4"),
        ("patrol vibe i need a doctor", "P5"),
        ("tropic 2 were heading to the east ramp", "T2"),
        ("rick bonds one take the west ramp", "R1"),
        ("the 12 5 start for the taxi stand", "P5"),
        ("center the troll fix smoke at gate one", "P6"),
    ],
)
def test_a_whole_call_sign_is_known_by_its_sound(text: str, unit: str) -> None:
    """Neither its family nor its number is written right."""
    found = understand(text, "en", ENGLISH)
    assert found.units == (unit,)
    assert found.confidence < 0.7 or found.status is None


@pytest.mark.parametrize(
    "text",
    [
        "platform four smoke",
        "ten four",
        "this is a drill fire on platform three",
        "the total is on scene",
        "a cable was stolen at gate one",
        "all units return",
    ],
)
def test_ordinary_words_are_no_call_sign(text: str) -> None:
    """However much they sound like one."""
    assert understand(text, "en", ENGLISH).units == ()
