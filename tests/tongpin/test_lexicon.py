"""`tongpin lexicon`: a site's sentences are tried; its desk's corrections become proposals and figures."""

import json
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from intake.comprehension import Comprehension
from intake.dispatch import commands as ask
from intake.dispatch.events import event_to_json
from intake.journal import Batch, Entry, Journal
from intake.site import Site, example_site_path, load_site
from tests.support.dispatch_board import PARSER, Board
from tongpin.lexicon.judgements import judgements
from tongpin.lexicon.report import report
from tongpin.lexicon.suggest import suggestions
from tongpin.main import app

LAKESIDE = example_site_path().with_name("lakeside.toml")


def run(*arguments: str) -> Result:
    """The command."""
    return CliRunner().invoke(app, ["lexicon", *arguments])


def heard(board: Board, text: str, type_: str | None, place: str = "gate-5") -> str:
    """A report in an over, and the id of its alarm."""
    said: dict[str, Any] = {"intent": "report", "type": type_, "place": place, "may_be_alarm": True}
    board.say(text, **said)
    board.wait(30)
    return f"alarm-o{len(board.state.overs)}"


def promote(board: Board, alarm: str, **fields: Any) -> None:  # noqa: ANN401  fields of the command
    """A dispatcher makes an incident of it."""
    board.ask(ask.Promote, alarm_id=alarm, incident_id=f"i-{alarm}", **fields)
    board.wait(20)


def corrected() -> Board:
    """Three scuffles heard without a type, one theft heard right, one nuisance, one over pulled by hand."""
    board = Board()
    for text in (
        "two lads having a ding dong by the barrier",
        "a right ding dong here",
        "ding dong at the door",
    ):
        promote(board, heard(board, text, None), type="fight")
    promote(board, heard(board, "phone stolen", "theft"))
    board.ask(
        ask.DismissAlarm, alarm_id=heard(board, "a quarrel on the television", "dispute"), reason="nuisance"
    )
    board.say("something about a bag", intent="report", type=None)
    return board


def test_the_second_example_site_understands_its_own_sentences() -> None:
    """One TOML file, no code: the hospital's names, types and words."""
    done = run("test", "--site", str(LAKESIDE))
    assert done.exit_code == 0, done.output
    assert "12 of 12" in done.stdout


def test_a_sentence_understood_otherwise_is_named(tmp_path: Path) -> None:
    """Which field, what it is and what it must be; exit code 1."""
    site = tmp_path / "site.toml"
    example = '[[example]]\ntext = "patrol one smoke at gate two"\ntype = "fight"\nplace = "gate-2"\n'
    site.write_text(example_site_path().read_text(encoding="utf-8") + example, encoding="utf-8")
    done = run("test", "--site", str(site))
    assert done.exit_code == 1
    assert "type is fire, must be fight" in done.stdout
    assert "place" not in done.stdout


@pytest.mark.parametrize(
    ("example", "unknown"),
    [('type = "brawl"', "brawl"), ('place = "gate-99"', "gate-99"), ('units = ["P77"]', "P77")],
)
def test_an_example_names_what_the_site_has(example: str, unknown: str) -> None:
    """A misspelt id is found when the file is read."""
    text = example_site_path().read_text(encoding="utf-8") + f'[[example]]\ntext = "x"\n{example}\n'
    with pytest.raises(Exception, match=unknown):
        Site.from_toml(text)


def test_corrections_are_what_people_did_otherwise() -> None:
    """Another type, nothing at all; with the words and the recording, and without what was right."""
    wrong = [one for one in judgements(corrected().events) if not one.is_right]
    assert [(one.field, one.heard, one.right) for one in wrong] == [
        ("type", None, "fight"),
        ("type", None, "fight"),
        ("type", None, "fight"),
        ("alarm", "alarm", None),
    ]
    assert wrong[0].text == "two lads having a ding dong by the barrier"
    assert wrong[0].clip == "clip-o1"


def test_what_nobody_heard_is_a_correction() -> None:
    """An over pulled into the queue by hand."""
    board = corrected()
    board.ask(ask.PullOver, over_id="o6", alarm_id="a6", text="bag", type="suspicious-item", place="gate-5")
    promote(board, "a6")
    wrong = [one for one in judgements(board.events) if not one.is_right and one.clip == "clip-o6"]
    assert [(one.field, one.heard, one.right) for one in wrong] == [
        ("alarm", None, "alarm"),
        ("type", None, "suspicious-item"),
        ("place", None, "gate-5"),
    ]


def test_a_spoken_step_given_to_another_unit_is_a_correction() -> None:
    """Taken back, and set for somebody else at once."""
    board = Board()
    board.incident()
    board.send("P1", "P2")
    board.wait(5)
    board.status("P1", status="onscene")
    board.ask(ask.Undo, action=board.events[-1].action)
    board.step("P2", "ONSCENE")
    wrong = [one for one in judgements(board.events) if not one.is_right]
    assert [(one.field, one.heard, one.right, one.clip) for one in wrong] == [("unit", "P1", "P2", "clip-o1")]


def test_a_promotion_taken_back_judges_nothing() -> None:
    """Undo is no opinion."""
    board = Board()
    board.ask(ask.Promote, alarm_id=heard(board, "x", "fight"), incident_id="i1", type="theft")
    assert len(judgements(board.events)) == 3
    board.ask(ask.Undo)
    assert judgements(board.events) == []


def test_a_shared_phrase_is_proposed_with_its_counts() -> None:
    """Not the words of one correction alone, and nothing the vocabulary knows."""
    known = Comprehension(load_site(example_site_path())).lexicons
    (best, *_rest) = suggestions(judgements(corrected().events), known)
    assert (best.field, best.right, best.lang, best.phrase) == ("type", "fight", "en", "ding dong")
    assert (best.corrections, best.elsewhere) == (3, 0)


def test_the_report_is_shares_of_what_was_judged() -> None:
    """One of four types right, four of five alarms were some; a step is right until taken back."""
    (row,) = report(judgements(corrected().events), "day", UTC)
    assert row["period"] == "2026-03-01"
    assert row["type"] == {"judged": 4, "right": 25.0}
    assert row["alarm"] == {"judged": 5, "right": 80.0}
    assert row["unit"] == {"judged": 0, "right": None}


async def test_the_journal_is_read_beside_the_centre(tmp_path: Path) -> None:
    """corrections, suggest and report answer from the file, in plain text and in JSON."""
    path = tmp_path / "journal.db"
    made = await Journal.open(path)
    entries = tuple(Entry(event.at, event.kind, event_to_json(event)) for event in corrected().events)
    await made.append([Batch("all", entries)])
    await made.close()
    journal = ("--journal", str(path))
    site = ("--site", str(example_site_path()))
    rows = [json.loads(line) for line in run("corrections", *journal, "--json").stdout.splitlines()]
    assert [row["right"] for row in rows] == ["fight", "fight", "fight", None]
    assert '"ding dong"  3 corrections, 0 elsewhere' in run("suggest", *site, *journal).stdout
    assert "25.0 % (4)" in run("report", *journal).stdout
    assert PARSER.name not in run("report", *journal, "--json").stdout
