"""Real fire and ambulance radio, as recognisers wrote it down: nothing moves that nobody reported."""

import csv
import re
from pathlib import Path

import pytest

from intake.site import Site, example_site_path
from intake.understanding.lexicon import Lexicon
from intake.understanding.understand import understand

LABELLED = Path(__file__).parents[3] / "shared" / "data" / "radio_utterances_hand_labelled.csv"
FAMILIES = ("engine", "ambulance", "battalion", "truck", "squad", "medic", "rescue", "chief")
MOVED = 25
"""Statuses applied of the 106 reported, at least; the rest is garbled, and asked about or listed."""


def lexicon_of(numbers: set[int]) -> Lexicon:
    """A county where every family has every number."""
    types = example_site_path().read_text(encoding="utf-8").split("[type]\n")[1].split("\n\n")[0]
    members = {
        family: ", ".join(
            f'{{ id = "{family}-{n}", n = {n}, team = "t", agency = "a", radio = "{at}{n:04}" }}'
            for n in sorted(numbers)
        )
        for at, family in enumerate(FAMILIES, 1)
    }
    units = "".join(
        f'[[unit]]\nfamily = {{ en = "{family}", zh = "{family}" }}\nmembers = [{listed}]\n'
        for family, listed in members.items()
    )
    site = """
[site]
id = "county"
name = { en = "County", zh = "县" }
languages = ["en"]
centre = { en = ["dispatch", "center", "command"], zh = ["中心"] }
everyone = { en = ["all units"], zh = ["各单位"] }
[agency.a]
name = { en = "a", zh = "a" }
[team.t]
name = { en = "t", zh = "t" }
"""
    return Lexicon.build(Site.from_toml(f"{site}{units}[type]\n{types}\n"), "en")


@pytest.mark.slow
def test_no_status_changes_that_nobody_reported() -> None:
    """Readbacks, orders, questions and news of the labelled lines; an acknowledgement is a step of ours."""
    if not LABELLED.exists():
        pytest.skip("the labelled lines are not here")
    rows = list(csv.DictReader(LABELLED.read_text(encoding="utf-8").splitlines()))
    known = {int(n) for row in rows for n in re.findall(r"\d+", row["resource_numbers"]) if int(n) <= 9999}
    lexicon = lexicon_of(known)
    moved = [row for row in rows if understand(row["text"], "en", lexicon).changes_status]
    false = [row["text"] for row in moved if row["changes_status"] != "Y" and row["intent"] != "ACK"]
    assert false == []
    assert len(moved) >= MOVED
