"""Understanding of lines written for these tests by the labelling rules, and of garbled call signs."""

import json
import time
from pathlib import Path
from typing import Any

import pytest

from intake.site import example_site_path, load_site
from intake.understanding.lexicon import Lexicon
from intake.understanding.model import Lang
from intake.understanding.understand import understand

SITE = load_site(example_site_path())
LEXICONS: dict[Lang, Lexicon] = {"en": Lexicon.build(SITE, "en"), "zh": Lexicon.build(SITE, "zh")}
LINES = Path(__file__).parent / "data" / "utterances_own.jsonl"
NO_CHANGE = LINES.with_name("utterances_no_change.txt")
FIELDS = ("intent", "type", "place", "status")
RIGHT_ALTOGETHER = 97
"""Per cent of the lines with every field right: a fall below is a step back."""
APPLIED_FROM = 0.7
PROPOSED_FROM = 0.4
SLOWEST = 0.02
"""Seconds for one line on a loaded machine; a few thousandths on an idle one."""


def lines(lang: Lang) -> list[dict[str, Any]]:
    """The lines of one language: id, text and the expected answer."""
    rows = [json.loads(line) for line in LINES.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if row["lang"] == lang]


def mistakes(row: dict[str, Any], lang: Lang) -> list[str]:
    """The fields of one line's answer that differ from the expected ones."""
    found, expected = understand(row["text"], lang, LEXICONS[lang]), row["expect"]
    wrong = [field for field in FIELDS if getattr(found, field) != expected[field]]
    return wrong + ["units"] * (set(found.units) != set(expected["units"]))


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_own_lines_are_understood(lang: Lang) -> None:
    """Every rule of the labels, its traps and its paraphrases, in sentences of our own."""
    rows = lines(lang)
    wrong = {row["text"]: found for row in rows if (found := mistakes(row, lang))}
    assert 100 * (len(rows) - len(wrong)) / len(rows) >= RIGHT_ALTOGETHER, wrong


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_own_lines_never_move_a_unit_wrongly(lang: Lang) -> None:
    """A status changes only where it is expected to, to what is expected, for whom it is expected."""
    false = []
    for row in lines(lang):
        found, expected = understand(row["text"], lang, LEXICONS[lang]), row["expect"]
        right = (found.status, set(found.units)) == (expected["status"], set(expected["units"]))
        if found.changes_status and not (expected["changes_status"] and right):
            false.append(row["text"])
    assert false == []


@pytest.mark.slow
def test_words_of_a_step_that_report_none() -> None:
    """Orders, questions, others' steps and things named like a step ("free parking", 充电宝)."""
    texts = NO_CHANGE.read_text(encoding="utf-8").splitlines()
    langs: list[Lang] = ["en" if text.isascii() else "zh" for text in texts]
    moved = [
        text
        for text, lang in zip(texts, langs, strict=True)
        for found in [understand(text, lang, LEXICONS[lang])]
        if any(fact.changes_status for fact in (found, *found.also))
    ]
    assert moved == []


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("The troll three on scene", "P3"),
        ("petrol, two, on scene", "P2"),
        ("Traffic to, on scene", "T2"),
        ("control from patrol for on scene", "P4"),
        ("central, detective won on scene", "D1"),
        ("patrols six on scene", "P6"),
        ("巡逻儿到达现场", "P2"),
        ("巡逻山到达现场", "P3"),
        ("寻落六到达县城", "P6"),
    ],
)
def test_names_heard_alike_are_still_applied(text: str, unit: str) -> None:
    """A family that sounds the same, and a number written as it sounds."""
    lang: Lang = "en" if text.isascii() else "zh"
    found = understand(text, lang, LEXICONS[lang])
    assert (found.units, found.status, found.changes_status) == ((unit,), "onscene", True)
    assert found.confidence >= APPLIED_FROM


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("The total five on scene", "P5"),
        ("the cold three on scene", "P3"),
        ("center the coal one on scene", "P1"),
    ],
)
def test_names_hardly_alike_are_only_proposed(text: str, unit: str) -> None:
    """Only the consonants of the family are left: the operator is asked."""
    found = understand(text, "en", LEXICONS["en"])
    assert found.units == (unit,)
    assert PROPOSED_FROM <= found.confidence < APPLIED_FROM


@pytest.mark.parametrize(
    "text",
    [
        "the troll on scene",
        "the total is on scene",
        "the total five minutes on scene",
        "the bottle two men on scene",
        "the patrol on scene",
        "control too on scene",
        "traffic to all units on scene",
        "巡逻到达现场",
        "交通到位",
    ],
)
def test_no_number_of_a_call_sign_no_unit(text: str) -> None:
    """A family alone, or a number that counts something else, moves nobody."""
    lang: Lang = "en" if text.isascii() else "zh"
    found = understand(text, lang, LEXICONS[lang])
    assert (found.units, found.changes_status) == ((), False)


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_line_is_read_at_once(lang: Lang) -> None:
    """Reading costs the intake no time that a listener would notice."""
    rows = lines(lang)
    begun = time.perf_counter()
    for row in rows:
        understand(row["text"], lang, LEXICONS[lang])
    assert (time.perf_counter() - begun) / len(rows) < SLOWEST
