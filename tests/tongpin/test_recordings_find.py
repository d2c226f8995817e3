"""`tongpin recordings find`: the journal searched without a centre."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from intake.dispatch.events import event_to_json
from intake.errors import JournalUnreadable
from intake.journal import Batch, Entry, Journal
from tests.support.dispatch_board import Board
from tongpin.main import app


@pytest.fixture
async def journal(tmp_path: Path) -> Path:
    """Three overs on the first of March, ten in the morning and later, UTC."""
    board = Board()
    board.say("旅客报称红色外套男子抢包", callers=("1001",))
    board.wait(3600)
    board.say("man in a red jacket at the south exit", place="south-exit", intent="report", type="theft")
    board.say("", gated="no_speech")
    path = tmp_path / "journal.db"
    made = await Journal.open(path)
    entries = tuple(Entry(event.at, event.kind, event_to_json(event)) for event in board.events)
    await made.append([Batch("all", entries)])
    await made.close()
    return path


def found(journal: Path, *args: str) -> list[str]:
    """The ids of the overs listed as JSON."""
    done = CliRunner().invoke(app, ["recordings", "find", *args, "--json", "--journal", str(journal)])
    assert done.exit_code == 0, done.output
    return [json.loads(line)["id"] for line in done.stdout.splitlines()]


async def test_overs_are_listed_by_words_unit_place_and_time(
    journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the console's search finds is found here too, with the file each over is in."""
    monkeypatch.setenv("TZ", "UTC")
    assert found(journal, "红色", "外套") == ["o1"]
    assert found(journal, "red", "jacket") == ["o2"]
    assert found(journal, "jacket red") == []
    assert found(journal, "--unit", "P1") == ["o1"]
    assert found(journal, "--place", "south-exit") == ["o2"]
    assert found(journal, "--gated") == ["o3"]
    assert found(journal) == ["o3", "o2", "o1"]
    assert found(journal, "--limit", "1") == ["o3"]
    assert found(journal, "--from", "2100-01-01") == []
    assert found(journal, "--from", "0001-01-02", "--to", "9999-12-31") == ["o3", "o2", "o1"]
    done = CliRunner().invoke(app, ["recordings", "find", "red", "--journal", str(journal)])
    assert done.stdout.endswith('ch1  -  2s  "man in a red jacket at the south exit"  clip-o2\n')


def test_without_a_journal_it_says_so(tmp_path: Path) -> None:
    """Nothing is made where nothing was."""
    missing = tmp_path / "journal.db"
    done = CliRunner().invoke(app, ["recordings", "find", "--journal", str(missing)])
    assert isinstance(done.exception, JournalUnreadable)
    assert not list(tmp_path.iterdir())
