"""Openings of which every word was heard wrong: a unit may be proposed, none is ever moved."""

import pytest

from intake.site import example_site_path, load_site
from intake.understanding.lexicon import Lexicon
from intake.understanding.model import APPLIED
from intake.understanding.understand import understand

ENGLISH = Lexicon.build(load_site(example_site_path()), "en")


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("render control one on scene", "P1"),
        ("center control trees on scene", "P3"),
        ("control of the trail fix on scene", "P6"),
        ("rickson's one on scene", "R1"),
        ("two active wanners on scene", "D1"),
    ],
)
def test_a_call_sign_is_found_by_its_whole_sound(text: str, unit: str) -> None:
    """The unit is named, and its step waits for a person."""
    found = understand(text, "en", ENGLISH)
    assert found.units == (unit,)
    assert not found.changes_status
    assert found.confidence < APPLIED


@pytest.mark.parametrize(
    "text",
    [
        "ten four",
        "radio check",
        "we could do with a couple more hands here",
        "any available unit respond to the metro entrance",
        "passenger on platform one has passed out",
        "theft at gate two he ran to the bus terminal",
        "control do you want me on scene",
        "mayday mayday platform six",
        "somebody threw a bottle at window four",
        "the troll on scene",
        "control too on scene",
    ],
)
def test_what_only_sounds_a_little_like_an_opening_names_nobody(text: str) -> None:
    """Sensible words, places and the centre's name alone are no call sign."""
    assert understand(text, "en", ENGLISH).units == ()
