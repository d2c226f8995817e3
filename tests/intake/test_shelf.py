"""The shelf: what is over leaves the board's memory whole, and comes back as it was when somebody asks."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bus.ids import new_id
from bus.messages import verbs as wish
from intake.dispatch import commands as ask
from intake.dispatch import source_commands as told
from intake.dispatch.base import ObjectKind
from intake.dispatch.events import Event, event_to_json
from intake.dispatch.evolve import evolve, evolve_with_refs
from intake.dispatch.incident_commands import MergeIncidents
from intake.dispatch.keeping import Keeping, removable
from intake.dispatch.links import leader_of
from intake.dispatch.objects import AlarmState, IncidentState
from intake.dispatch.queries import queue
from intake.dispatch.state import State
from intake.history import timeline_of
from intake.journal import Batch, Entry, Journal
from intake.rebuild import event_of
from intake.shelf.commands import BringBack, TidyUp
from intake.shelf.events import BroughtBack, PutAway
from intake.shelf.over import what_is_over
from intake.shelved import as_if_here, brought_back, overs_of
from intake.snapshot.parts import lines_of, state_of
from intake.tidying import Tidying
from intake.writer import Writer
from tests.intake.test_retention import BoardClock
from tests.support.dispatch_board import PANEL, WANG, Board, replayed

DAY = 86400.0
MINE = (ObjectKind.ALARM, ObjectKind.INCIDENT, ObjectKind.ASSIGNMENT, ObjectKind.OVER)


def closed_board() -> Board:
    """An incident of three alarms with a merged one, words and a step; all is over."""
    board = Board()
    board.alarm("a1")
    board.alarm("a2", zone="8")
    board.incident("i2", place="taxi-stand")
    board.ask(ask.Promote, alarm_id="a1", incident_id="i1")
    board.ask(ask.LinkAlarm, alarm_id="a2", incident_id="i1", link_kind="duplicate")
    board.say("theft in hall a", intent="report", type="theft", place="waiting-hall-a")
    board.ask(ask.LinkAlarm, alarm_id="alarm-o1", incident_id="i1", link_kind="supplement")
    board.ask(MergeIncidents, incident_id="i2", into="i1")
    board.send("P1")
    board.status("P1", status="onscene")
    board.step("P1", "CLEARED", disposition="settled")
    board.ask(ask.Close, incident_id="i1", text="done", disposition="settled")
    board.say("nonsense")
    board.alarm("a3", zone="9")
    board.ask(ask.DismissAlarm, alarm_id="a3", reason="test")
    return board


def tidy(board: Board) -> list[PutAway]:
    """Put away whatever is over."""
    before = len(board.events)
    parcels, signals = what_is_over(board.state, board.now)
    board.ask(TidyUp, by=PANEL, parcels=parcels, signals=signals)
    return [event for event in board.events[before:] if isinstance(event, PutAway)]


def bring(board: Board, *parcels: PutAway) -> None:
    """Have them again."""
    for event in parcels:
        board.ask(BringBack, by=PANEL, parcel=event.parcel, put_away_at=event.at)


def objects(state: State) -> dict[str, object]:
    """Everything that can be put away, and how it is found."""
    found = ("incident_alarms", "incident_assignments", "alarm_overs", "proposing")
    tables = {str(kind): dict(state.table(kind)) for kind in MINE}
    return {**tables, **{name: {k: set(v) for k, v in getattr(state, name).items()} for name in found}}


def test_what_is_over_for_two_days_is_put_away_whole() -> None:
    """Nothing is left behind of it, in no index: the state is as small as before."""
    board = closed_board()
    assert tidy(board) == []
    fresh = Board().state
    board.wait(2 * DAY + 1)
    tidy(board)
    assert not any(board.state.table(kind) for kind in MINE)
    assert objects(board.state) == objects(fresh)
    for index in ("signals", "latest", "numbers", "timers", "over_alarms", "reports"):
        assert not getattr(board.state, index), index
    assert set(board.state.shelf) == {"o1", "o2", "o3"}
    assert replayed(board) == board.state


def test_what_comes_back_is_as_it_was() -> None:
    """Each object, and what it is found by; the recordings are no longer on the shelf."""
    board = closed_board()
    before = objects(board.state)
    board.wait(3 * DAY)
    bring(board, *tidy(board))
    assert objects(board.state) == before
    assert not board.state.shelf
    assert replayed(board) == board.state


def test_what_is_waited_for_stays() -> None:
    """Open incidents, alarms that wait, overs nobody has written down, recalls nobody has heard."""
    board = Board()
    board.alarm("a1")
    board.incident("open", place="taxi-stand")
    board.incident("called-off", place="platform-3")
    board.send("P1", to="called-off")
    board.ask(ask.CancelIncident, incident_id="called-off", reason="hoax")
    board.say("hello")
    meta = board.state.overs["o1"].meta.model_copy(update={"id": "o2", "clip": "clip-o2"})
    board.ask(told.AcceptOver, by=PANEL, meta=meta)
    board.wait(90 * DAY)
    tidy(board)
    assert set(board.state.alarms) == {"a1"}
    assert set(board.state.incidents) == {"open", "called-off"}
    assert set(board.state.overs) == {"o2"}


def test_a_repeat_of_what_was_put_away_waits_in_a_row_of_its_own() -> None:
    """The first signal of a row may be gone while a later one still waits."""
    board = Board()
    board.alarm("a1")
    board.wait(60)
    board.alarm("a2")
    board.ask(ask.DismissAlarm, alarm_id="a1", reason="nuisance")
    board.wait(3 * DAY)
    tidy(board)
    assert [(each.id, each.state) for each in queue(board.state)] == [("a2", AlarmState.QUEUED)]
    assert leader_of(board.state, board.state.alarms["a2"]) is None
    board.ask(ask.Promote, alarm_id="a2", incident_id="i1")
    assert set(board.state.incidents) == {"i1"}


def test_a_number_that_another_has_meanwhile_stays_with_it() -> None:
    """Numbers begin anew each day: what comes back is not what people call 1001 today."""
    board = closed_board()
    board.wait(3 * DAY)
    away = tidy(board)
    board.incident("today", place="platform-3")
    assert board.state.incidents["today"].no == 1001
    bring(board, *away)
    assert board.state.numbers[1001] == "today"


def test_evidence_is_kept_for_years_on_the_shelf_too() -> None:
    """By the end of its incident; what was nobody's goes with its age."""
    board = closed_board()
    board.wait(3 * DAY)
    away = tidy(board)
    keeping = Keeping(age=timedelta(days=180), evidence=timedelta(days=1000))
    assert [one.id for one in removable(board.state, board.now, keeping)] == ["o3"]
    late = board.now + timedelta(days=1000)
    assert [one.id for one in removable(board.state, late, keeping)] == ["o1", "o2", "o3"]
    evidence = timedelta(days=1000)
    overs = ("o1", "o3", "o3-unknown")
    board.ask(told.RemoveRecordings, by=PANEL, overs=overs, why="age", evidence=evidence)
    assert set(board.state.shelf) == {"o1", "o2"}
    bring(board, *away)
    assert {over.id for over in board.state.overs.values() if over.gone_at} == {"o3"}
    assert replayed(board) == board.state


async def journal_of(board: Board, path: Path) -> Journal:
    """Every event of the board on disk, found by what it touched."""
    journal, state = await Journal.open(path), replace(State(), policy=board.state.policy)

    def entries() -> Iterator[tuple[Event, tuple[str, ...]]]:
        nonlocal state
        for event in board.events:
            state, touched = evolve_with_refs(state, event)
            yield event, tuple(ref.id for ref in touched)

    rows = tuple(Entry(event.at, event.kind, event_to_json(event), names) for event, names in entries())
    await journal.append([Batch("all", rows)])
    return journal


async def test_a_history_is_the_same_before_and_after(tmp_path: Path) -> None:
    """All its lines, those of its parts too, each with its incident."""
    board = closed_board()
    journal = await journal_of(board, tmp_path / "before.db")
    before = await timeline_of("i1", board.state, journal)
    await journal.close()
    board.wait(3 * DAY)
    tidy(board)
    journal = await journal_of(board, tmp_path / "after.db")
    assert await timeline_of("i1", board.state, journal) == before
    assert len(before) > 10
    seen = await as_if_here(("o3", "a3", "nobody"), board.state, journal)
    assert set(seen.overs) == {"o3"}
    assert set(seen.alarms) == {"a3"}
    await journal.close()


async def test_an_over_of_a_parcel_is_found_as_it_stood(tmp_path: Path) -> None:
    """Wherever it is; one whose recording went meanwhile is known as gone."""
    board = closed_board()
    overs = dict(board.state.overs)
    board.wait(3 * DAY)
    tidy(board)
    assert not board.state.overs
    journal = await journal_of(board, tmp_path / "journal.db")
    assert await overs_of([*overs, "nobody"], board.state, journal) == overs
    bare = replace(board.state, shelf=board.state.shelf.delete("o3"))
    gone = (await overs_of(["o3"], bare, journal))["o3"]
    assert gone.gone_at is not None
    assert gone.model_copy(update={"gone_at": None}) == overs["o3"]
    await journal.close()


async def test_a_closed_incident_is_reopened_long_after(tmp_path: Path) -> None:
    """The request brings it back with its parts, then does what was asked; an undo takes only that back."""
    board = closed_board()
    closed = board.state.incidents["i1"]
    board.wait(30 * DAY)
    tidy(board)
    journal = await journal_of(board, tmp_path / "journal.db")
    reopen = wish.ReopenIncident(incident="i1", reason="another witness")
    (back,) = await brought_back(reopen, board.state, journal, board.now)
    assert await brought_back(wish.Note(incident="none", text="-"), board.state, journal, board.now) == []
    await journal.close()
    board.give(back)
    board.ask(ask.ReopenIncident, by=WANG, incident_id="i1", reason="another witness")
    assert board.state.incidents["i1"].state is IncidentState.PENDING
    assert len(board.state.incident_alarms["i1"]) == 3
    board.ask(ask.Undo, by=WANG)
    assert board.state.incidents["i1"].state is closed.state
    assert any(isinstance(event, BroughtBack) for event in board.events)
    assert board.give(replace(back, id=new_id())) == ()
    assert replayed(board) == board.state


async def test_the_centre_tidies_through_its_journal(tmp_path: Path) -> None:
    """A few parcels a step; what the journal then holds is the state, and so is a snapshot of it."""
    board = closed_board()
    journal = await journal_of(board, tmp_path / "journal.db")
    writer = Writer(journal, board.state)
    board.wait(3 * DAY)
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(writer.run())
        await Tidying(writer, BoardClock(board)).look()
        running.cancel()
    state = replace(State(), policy=board.state.policy)
    async for stored in journal.entries():
        state = evolve(state, event_of(stored))
    await journal.close()
    assert not any(writer.state.table(kind) for kind in MINE)
    assert set(writer.state.shelf) == {"o1", "o2", "o3"}
    assert state == writer.state == state_of(lines_of(state), state.policy)
