"""`tongpin understand`: a line in, a line out."""

import json
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from intake.site import example_site_path
from tongpin.commands.understand import understand

SITE = ["--site", str(example_site_path())]
APP = typer.Typer()
APP.command()(understand)


def run(lines: str, *options: str) -> Result:
    """The command over `lines`."""
    return CliRunner().invoke(APP, [*SITE, *options], input=lines)


def answers(result: Result) -> list[dict[str, Any]]:
    """What it printed, read back."""
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_plain_lines_are_numbered_and_have_the_six_fields() -> None:
    """A plain line's id is its number; the language shows in its script."""
    found = answers(run("patrol five on scene\n巡逻五到达现场\n"))
    assert [answer["id"] for answer in found] == [1, 2]
    assert found[0] == {
        "id": 1, "intent": "status", "type": None, "place": None, "units": ["P5"], "status": "onscene",
        "changes_status": True, "also": [],
    }  # fmt: skip
    assert found[1] == found[0] | {"id": 2}


def test_json_lines_keep_their_id_and_language() -> None:
    """The id goes through untouched."""
    line = json.dumps({"id": "a-7", "lang": "en", "text": "radio check"})
    assert answers(run(line))[0] | {} == {
        "id": "a-7", "intent": "chatter", "type": None, "place": None, "units": [], "status": None,
        "changes_status": False, "also": [],
    }  # fmt: skip


def test_why_adds_the_reasons() -> None:
    """An officer may ask why."""
    answer = answers(run("smoke at gate two\n", "--why"))[0]
    assert answer["confidence"] > 0
    assert any("smoke" in reason for reason in answer["because"])


def test_other_facts_stand_under_also() -> None:
    """Each with the six fields, and its reasons where they are asked for."""
    answer = answers(run("fight at gate two and a lost child at gate five\n", "--why"))[0]
    (also,) = answer["also"]
    assert (answer["type"], answer["place"]) == ("fight", "gate-2")
    assert (also["type"], also["place"], also["intent"]) == ("missing-person", "gate-5", "report")
    assert any("lost child" in reason for reason in also["because"])


def test_a_line_may_tell_whose_radio_it_was() -> None:
    """Nobody is named, so the radio's unit is; a person is asked."""
    line = json.dumps({"text": "on scene", "caller": "P6", "expected": ["P6"]})
    answer = answers(run(line))[0]
    assert (answer["units"], answer["changes_status"]) == (["P6"], False)


@pytest.mark.parametrize(
    "bad",
    [
        '{"text": "x", "caller": 4}',
        '{"text": "x", "expected": "P1"}',
        '{"id": 1',
        '{"id": 1}',
        '{"lang": "fr", "text": "bonjour"}',
        '{"text": 5}',
    ],
)
def test_a_bad_line_is_named_and_the_rest_goes_on(bad: str) -> None:
    """One sentence on standard error; the lines around it are answered."""
    result = run(f"patrol one copy\n{bad}\npatrol two copy\n")
    assert [answer["id"] for answer in answers(result)] == [1, 3]
    assert json.loads(result.stderr)["error"].startswith("line 2 ")
    assert result.exit_code == 0


def test_an_unknown_language_is_a_usage_error() -> None:
    """Two languages, and a sentence for any other."""
    result = run("", "--lang", "fr")
    assert result.exit_code == 2
    assert "only en and zh" in result.stderr
