"""The site file: read strictly, expanded, and refused in one sentence."""

from pathlib import Path

import pytest

from intake.errors import SiteError
from intake.names import names_of
from intake.rebuild import cards_of
from intake.site import Site, example_site_path, load_site

EXAMPLE = example_site_path().read_text(encoding="utf-8")


def test_the_example_site_is_installed_and_loads() -> None:
    """The demo finds its site after pip install: it is package data and it is valid."""
    site = load_site(example_site_path())
    assert (site.id, len(site.units), len(site.teams), len(site.agencies)) == ("yiwu", 13, 6, 2)


def test_place_families_are_written_out() -> None:
    """Numbered places stand beside the others, with owner and names in both languages."""
    site = Site.from_toml(EXAMPLE)
    gate = site.places["gate-16"]
    assert (gate.owner, gate.family, gate.n) == ("rail", "gate-{n}", 16)
    assert "gate-17" not in site.places
    assert site.place_name("gate-16", "zh") == "16号检票口"


def test_names_are_spoken_names() -> None:
    """Units, places and types are called as people say them, in both languages."""
    site = Site.from_toml(EXAMPLE)
    assert [site.unit_name("P1", lang) for lang in ("en", "zh")] == ["patrol 1", "巡逻1"]
    assert site.place_name("footbridge", "en") == "footbridge"
    assert site.type_name("fire", "zh") == "火灾"
    assert names_of(site).skills["bomb"] == {"en": "bomb disposal", "zh": "排爆"}


def test_unknown_ids_are_their_own_names() -> None:
    """A journal may hold an id the site no longer has; it is shown, not lost."""
    site = Site.from_toml(EXAMPLE)
    assert (site.unit_name("X9", "en"), site.place_name("moon", "zh"), site.type_name("?", "en")) == (
        "X9",
        "moon",
        "?",
    )


@pytest.mark.parametrize(
    ("right", "wrong", "sentence"),
    [
        (
            'radio = "1003"',
            'radoi = "1003"',
            r'line 61: unknown key "unit.0.members.2.radoi". Did you mean "radio"\?',
        ),
        ('team = "square"', 'team = "sqare"', r'unit P5 names the team "sqare".* Did you mean "square"\?'),
        ('owner = "local"', 'owner = "lokal"', r'place north-square names the agency "lokal"'),
        ('id = "P2"', 'id = "P1"', r'the unit id "P1" is given twice'),
        ("[skill.bomb]", "[skill.bom]", r'\[skill\] names the skill "bom".* Did you mean "bomb"\?'),
        ("range = [1, 10]", "range = [10, 1]", r"runs backwards"),
        ("priority = 0", "priority = 7", r'"type.officer-emergency.priority" is 7'),
        ('place = "ticket-office"', 'place = "ticket-offise"', r'panel 1234 names the place "ticket-offise"'),
    ],
)
def test_a_bad_site_is_refused_in_one_sentence(right: str, wrong: str, sentence: str) -> None:
    """What is wrong, where, and the nearest right word."""
    assert right in EXAMPLE
    with pytest.raises(SiteError, match=sentence) as caught:
        Site.from_toml(EXAMPLE.replace(right, wrong, 1), name="site.toml")
    assert "\n" not in str(caught.value)


def test_a_missing_site_is_a_site_error(tmp_path: Path) -> None:
    """The path is named."""
    with pytest.raises(SiteError, match=r"none\.toml: there is no such file"):
        load_site(tmp_path / "none.toml")


def test_a_unit_may_carry_several_radios() -> None:
    """One id or a list, each with its signalling or for any; the same id is one unit's only."""
    two = 'radio = ["1001", "mdc1200:1A2B"]'
    site = Site.from_toml(EXAMPLE.replace('radio = "1001"', two))
    card = next(card for card in cards_of(site) if card.id == "P1")
    assert (card.radio, card.radios) == ("1001", ("1001", "mdc1200:1a2b"))
    with pytest.raises(SiteError, match="given twice"):
        Site.from_toml(EXAMPLE.replace('radio = "1001"', 'radio = ["1001", "1002"]'))
