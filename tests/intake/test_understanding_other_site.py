"""A second, invented site works by its file alone: no rule knows the first one's names."""

import json
from pathlib import Path

import pytest

from intake.site import example_site_path, load_site
from intake.understanding.lexicon import Lexicon
from intake.understanding.model import Lang
from intake.understanding.understand import understand

SITE = load_site(example_site_path().with_name("lakeside.toml"))
LEXICONS: dict[Lang, Lexicon] = {"en": Lexicon.build(SITE, "en"), "zh": Lexicon.build(SITE, "zh")}
LINES = Path(__file__).parent / "data" / "utterances_lakeside.jsonl"


@pytest.mark.parametrize(
    ("text", "intent", "place", "units", "status"),
    [
        ("dispatch sentinel seven on scene at ward twelve", "status", "ward-12", ("S7",), "onscene"),
        ("sentinel one two copy", "ack", None, ("S12",), "signed"),
        ("five zero seven en route to the pharmacy", "status", "pharmacy", ("S7",), "enroute"),
        ("sentinal seven you're clear", "readback", None, ("S7",), "cleared"),
        ("all posts report to ward thirty", "order", None, (), None),
        ("哨兵七到达十二病区", "status", "ward-12", ("S7",), "onscene"),
        ("哨兵幺两收到", "ack", None, ("S12",), "signed"),
        ("监控室 哨兵十二 药房有人打架", "report", "pharmacy", ("S12",), None),
    ],
)
def test_another_sites_names_are_understood(
    text: str, intent: str, place: str | None, units: tuple[str, ...], status: str | None
) -> None:
    """Other families, two-digit call signs, other places, another name for the centre."""
    lang: Lang = "en" if text.isascii() else "zh"
    found = understand(text, lang, LEXICONS[lang])
    assert (found.intent, found.place, found.units, found.status) == (intent, place, units, status)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_lines_written_for_the_other_site_are_understood(lang: Lang) -> None:
    """Written before anybody looked what became of them; every field right, no status moved wrongly."""
    rows = [json.loads(line) for line in LINES.read_text(encoding="utf-8").splitlines()]
    wrong = []
    for row in (row for row in rows if row["lang"] == lang):
        found, expected = understand(row["text"], lang, LEXICONS[lang]), row["expect"]
        same = all(
            getattr(found, field) == expected[field] for field in ("intent", "type", "place", "status")
        )
        if not same or set(found.units) != set(expected["units"]):
            wrong.append(row["text"])
        assert expected["changes_status"] or not found.changes_status, row["text"]
    assert wrong == []
