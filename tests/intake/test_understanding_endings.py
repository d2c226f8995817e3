"""An event that is over makes no alarm; one beside which something else is over must."""

import pytest

from intake.site import example_site_path, load_site
from intake.understanding.lexicon import Lexicon
from intake.understanding.understand import understand

LEXICON = Lexicon.build(load_site(example_site_path()), "en")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("smoke in hall a the north exit is closed", "fire"),
        ("smoke in hall a everyone is out", "fire"),
        ("bomb threat at hall a the hall has been cleared", "bomb-threat"),
        ("the crowd is out of control at gate two", "crowd"),
        ("the fire alarm has gone off at gate one", "fire"),
        ("the lost boy has not been found", "missing-person"),
        ("man with a knife at gate two he has left toward platform three", "weapon"),
    ],
)
def test_what_is_over_beside_an_event_does_not_end_it(text: str, kind: str) -> None:
    """An ending counts for the event it is said of: a fire is no less of one for a closed exit."""
    assert understand(f"patrol one {text}", "en", LEXICON).type == kind


@pytest.mark.parametrize(
    "text",
    [
        "the smoke in hall a has cleared",
        "fire at the food court it is out now",
        "the van that was blocking the east ramp has gone",
        "the drunk in hall a has now left the building",
    ],
)
def test_the_event_itself_is_over(text: str) -> None:
    """A place, an adverb or a pronoun between an event and its ending changes nothing."""
    assert understand(f"patrol one {text}", "en", LEXICON).type is None


def test_what_is_awaited_has_not_ended() -> None:
    """An order for the time after a fire is told while it burns."""
    assert understand("patrol one when the fire is out call us", "en", LEXICON).type == "fire"
