"""A name or a step that replaces the one before it, without a word that always means a correction."""

import pytest

from intake.site import example_site_path, load_site
from intake.understanding.lexicon import Lexicon
from intake.understanding.understand import understand

LEXICON = Lexicon.build(load_site(example_site_path()), "en")


@pytest.mark.parametrize(
    ("text", "place", "units", "status"),
    [
        ("patrol two on scene at gate two, sorry, gate three", "gate-3", ("P2",), "onscene"),
        ("patrol two, sorry, patrol three on scene", None, ("P3",), "onscene"),
        ("patrol two on scene, no, still en route", None, ("P2",), "enroute"),
        ("patrol two on scene at gate two, sorry for the delay", "gate-2", ("P2",), "onscene"),
        ("patrol two on scene at gate two, no caller here", "gate-2", ("P2",), "onscene"),
    ],
)
def test_only_another_of_its_kind_replaces_it(
    text: str, place: str | None, units: tuple[str, ...], status: str
) -> None:
    """The words "sorry" and "no" take back what stands before only where its like follows."""
    found = understand(text, "en", LEXICON)
    assert (found.place, found.units, found.status, found.changes_status) == (place, units, status, True)


def test_a_unit_that_is_not_there_corrects_nobody() -> None:
    """Saying "no patrol three" tells that it is absent: nobody moves."""
    assert not understand("patrol two no patrol three on scene", "en", LEXICON).changes_status


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("patrol four no weapon at gate two, it was a pair of scissors", None),
        ("patrol four no weapon here, the other man had a knife", "weapon"),
    ],
)
def test_what_it_was_instead_is_no_event(text: str, kind: str | None) -> None:
    """What a denied event was in truth is no event of its kind; one told of beside it is."""
    assert understand(text, "en", LEXICON).type == kind
