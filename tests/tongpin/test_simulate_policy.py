"""`tongpin simulate policy`: figures side by side, the same for the same seed."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.support.busy_day import BusyDay, stored
from tongpin.main import app


def said(*args: str) -> str:
    """What the command prints."""
    done = CliRunner().invoke(app, ["simulate", "policy", *args])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_the_same_seed_gives_the_same_result() -> None:
    """Another seed gives another."""
    first, again, other = (said("--hourly", "6", "--seed", seed, "--json") for seed in ("1", "1", "2"))
    assert first == again != other
    assert json.loads(first)["assumptions"]["desks"] == 2


def test_a_journal_is_run_again(tmp_path: Path) -> None:
    """Each of its incidents is a call."""
    day = BusyDay(30).run()
    told = json.loads(said("--journal", str(stored(day, tmp_path / "journal.db")), "--json"))
    assert told["calls"] == len(day.state.incidents)


@pytest.mark.parametrize(("lang", "title"), [("en", "one centre"), ("zh", "合并中心")])
def test_both_organisations_and_all_assumptions_are_printed(lang: str, title: str) -> None:
    """In either language."""
    printed = said("--hourly", "6", "--lang", lang)
    assert title in printed
    assert "240" in printed


def test_calls_come_from_one_source() -> None:
    """None, or two, are refused."""
    for args in ((), ("--hourly", "6", "--journal", "journal.db")):
        assert CliRunner().invoke(app, ["simulate", "policy", *args]).exit_code == 2
