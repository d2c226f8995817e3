"""`tongpin replay`: the board at any second is what could be known then, no more and no less."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from intake.board import Board as ShownBoard
from intake.dispatch.evolve import evolve
from intake.dispatch.state import State
from intake.site import example_site_path, load_site
from tests.support.busy_day import MIDNIGHT, BusyDay, stored
from tests.support.dispatch_board import START, Board
from tongpin.main import app
from tongpin.replay import NO_NAMES, board_at, known_at, timeline

SITE = load_site(example_site_path())
DAY = BusyDay(25).run()


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A day with twenty-five alarms."""
    return stored(DAY, tmp_path_factory.mktemp("day") / "journal.db")


def at(seconds: float) -> datetime:
    """A moment of the day."""
    return MIDNIGHT + timedelta(seconds=seconds)


def test_at_the_end_it_is_the_live_state(journal: Path) -> None:
    """Every table is what the core had when the last event was decided."""
    ended = known_at(journal, at(10 * 86400), SITE)
    assert ended.seq == len(DAY.events)
    assert ended.state == DAY.state
    live = ShownBoard("replay", NO_NAMES, DAY.state).snapshot(START)
    assert board_at(ended, START) == live


@settings(max_examples=10, deadline=None)
@given(st.floats(0, 86400), st.floats(0, 86400))
def test_a_later_moment_knows_all_an_earlier_one_knew(journal: Path, one: float, other: float) -> None:
    """What is known only grows: no alarm, incident or order of an earlier board is gone from a later one."""
    earlier, later = (known_at(journal, at(moment), SITE) for moment in sorted((one, other)))
    assert earlier.seq <= later.seq
    for table in ("alarms", "incidents", "assignments"):
        assert set(getattr(earlier.state, table)) <= set(getattr(later.state, table))


@pytest.mark.parametrize("hour", [0, 9, 15.5, 21, 23.9])
def test_any_moment_is_the_fold_of_what_was_recorded_by_then(journal: Path, hour: float) -> None:
    """Nothing recorded later shows through."""
    moment = at(hour * 3600)
    state = State(policy=DAY.state.policy)
    known = [event for event in DAY.events if event.at <= moment]
    for event in known:
        state = evolve(state, event)
    found = known_at(journal, moment, SITE)
    assert (found.seq, found.state) == (len(known), state)


def test_words_that_came_later_are_not_known_yet(tmp_path: Path) -> None:
    """An over is told by when it was recorded, not by when it was said."""
    board = Board()
    board.wait(300)
    board.say("two men fighting at platform three", ago=180)
    journal = stored(board, tmp_path / "journal.db")
    assert not known_at(journal, START + timedelta(seconds=299)).state.overs
    assert known_at(journal, START + timedelta(seconds=300)).state.overs


def test_a_clock_that_went_back_hides_nothing(tmp_path: Path) -> None:
    """What stands in front of an entry was recorded before it, whatever its own time says."""
    board = Board()
    board.wait(100)
    board.alarm("a1", zone="1")
    board.wait(-50)
    board.alarm("a2", zone="2")
    journal = stored(board, tmp_path / "journal.db")
    known = known_at(journal, START + timedelta(seconds=60)).state
    assert set(known.alarms) == {"a1", "a2"}


def test_the_lines_of_a_day_in_two_halves_are_those_of_the_day(journal: Path) -> None:
    """Neighbouring periods share no line and lose none."""
    noon, end = at(14 * 3600), at(2 * 86400)
    halves = [*timeline(journal, MIDNIGHT, noon), *timeline(journal, noon, end)]
    assert halves == list(timeline(journal, MIDNIGHT, end))


def replayed(journal: Path, *args: str) -> str:
    """What the command says."""
    done = CliRunner().invoke(app, ["replay", str(journal), *args])
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.parametrize(("lang", "title"), [("en", "Open incidents"), ("zh", "未结案件")])
def test_the_board_is_printed_in_both_languages(journal: Path, lang: str, title: str) -> None:
    """Tables with their titles, units by their names."""
    said = replayed(journal, "--at", "2026-03-01T20:00", "--site", str(example_site_path()), "--lang", lang)
    assert title in said
    assert SITE.unit_name("P1", lang) in said


def test_json_is_the_snapshot_a_console_would_get(journal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Board as JSON, timeline as JSON lines."""
    monkeypatch.setenv("TZ", "UTC")
    board = json.loads(replayed(journal, "--at", "2026-03-01T20:00", "--json"))
    assert len(board["tables"]["units"]) == len(DAY.state.units)
    window = ("--from", "2026-03-01", "--to", "2026-03-03")
    lines = [json.loads(line) for line in replayed(journal, *window, "--json").splitlines()]
    assert [line["seq"] for line in lines] == sorted(line["seq"] for line in lines)
    assert len(replayed(journal, *window).splitlines()) == len(lines) > 100


def test_what_was_said_is_shown_as_it_is(tmp_path: Path) -> None:
    """Square brackets in an alarm's words are no commands to the terminal, and stop no table."""
    board = Board()
    board.alarm(text="gate [/red] [bold]open")
    journal = stored(board, tmp_path / "journal.db")
    assert "gate [/red] [bold]open" in replayed(journal, "--at", "2026-03-02")


def test_a_moment_has_to_be_named(journal: Path) -> None:
    """Neither a board nor a period is asked for, or both are."""
    for args in ((), ("--from", "2026-03-01"), ("--at", "2026-03-01", "--from", "2026-03-01")):
        assert CliRunner().invoke(app, ["replay", str(journal), *args]).exit_code == 2
