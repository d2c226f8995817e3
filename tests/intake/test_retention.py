"""Retention: by age and size, never what somebody still needs, and the journal says so first."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bus.messages.board import OverRow
from intake.clips import Clips
from intake.dispatch import commands as ask
from intake.dispatch import source_commands as told
from intake.dispatch.keeping import Keeping, removable
from intake.dispatch.source_events import RecordingsRemoved
from intake.journal import Journal
from intake.rebuild import event_of
from intake.retention import Plan, Retention, plan_for
from intake.rows import alarm_row, over_row
from intake.settings import RecordingSettings
from intake.writer import Writer
from tests.support.dispatch_board import PARSER, Board, kinds, replayed

DAY = timedelta(days=1)
KEEPING = Keeping(age=180 * DAY, evidence=1000 * DAY)


def later(board: Board, days: float) -> list[str]:
    """What could go so many days from now."""
    return [over.id for over in removable(board.state, board.now + days * DAY, KEEPING)]


def test_what_nobody_has_written_down_stays() -> None:
    """A centre without a speech engine loses no recording, however old."""
    board = Board()
    board.say("hello")
    meta = board.state.overs["o1"].meta.model_copy(update={"id": "o2"})
    board.ask(told.AcceptOver, by=PARSER, meta=meta)
    assert later(board, 5000) == ["o1"]


def test_evidence_stays_while_its_incident_is_open_and_for_years_after() -> None:
    """Of an alarm that waits, of an incident, of a unit's step; a dismissed alarm's is like any other."""
    board = Board()
    board.say("theft in hall a", intent="report", type="theft", place="hall-a")
    board.say("fight", intent="report", type="fight")
    board.say("nonsense")
    assert later(board, 900) == ["o3"]
    board.ask(ask.Promote, alarm_id="alarm-o1", incident_id="i1")
    board.send("P1")
    board.status("P1", status="onscene")
    board.ask(ask.DismissAlarm, alarm_id="alarm-o2", reason="test")
    assert later(board, 5000) == ["o2", "o3"]
    board.step("P1", "CLEARED", disposition="settled")
    board.ask(ask.Close, incident_id="i1", text="done", disposition="settled")
    assert later(board, 999) == ["o2", "o3"]
    assert later(board, 1001) == ["o1", "o2", "o3", "o4"]


def test_the_recording_of_an_emergency_stays_with_its_alarm() -> None:
    """The key's alarm holds the over, whatever its words were."""
    board = Board()
    board.press("e1", over="o1")
    board.say("", gated="no_speech")
    assert later(board, 5000) == []


def test_old_ones_go_for_their_age_and_the_oldest_for_room() -> None:
    """First what is too old, then the oldest until the rest fits; what must stay may still be too much."""
    board = Board()
    for _ in range(5):
        board.say("hello")
        board.wait(DAY.total_seconds())
    board.say("fire", intent="report", type="fire")
    now, sizes = board.now, {f"clip-o{n}": 100 for n in range(1, 7)}

    def plan(age: float, limit: int | None) -> Plan:
        return plan_for(board.state, now, Keeping(age=age * DAY, evidence=None), sizes, limit)

    assert plan(180, None) == Plan(())
    assert plan(4, 1000) == Plan((("o1", "age"), ("o2", "age")))
    assert plan(4, 300) == Plan((("o1", "age"), ("o2", "age"), ("o3", "space")))
    assert plan(180, 50).going == tuple((f"o{n}", "space") for n in range(1, 6))
    assert plan(180, 50).too_much == 50


def test_an_over_that_became_an_alarm_meanwhile_is_spared() -> None:
    """Between choosing and removing somebody pulled it into the queue."""
    board = Board()
    board.say("", gated="no_speech")
    board.say("hello")
    board.ask(ask.PullOver, over_id="o1", alarm_id="a1")
    removed = board.ask(told.RemoveRecordings, by=PARSER, overs=("o1", "o2", "o9"), why="age", evidence=None)
    assert kinds(removed) == ["recordings.removed"]
    assert {over.id for over in board.state.overs.values() if over.gone_at} == {"o2"}
    assert board.ask(told.RemoveRecordings, by=PARSER, overs=("o2",), why="age", evidence=None) == ()
    assert replayed(board) == board.state


def test_a_row_says_that_its_recording_is_gone() -> None:
    """Words and history stay; nothing offers to play what is not there."""
    board = Board()
    board.say("theft", intent="report", type="theft")
    board.ask(ask.DismissAlarm, alarm_id="alarm-o1", reason="test")
    board.ask(told.RemoveRecordings, by=PARSER, overs=("o1",), why="space", evidence=None)
    row: OverRow = over_row(board.state.overs["o1"], board.state)
    assert (row.clip, row.text) == (None, "theft")
    assert alarm_row(board.state.alarms["alarm-o1"], board.state).clip is None


@dataclass(frozen=True)
class BoardClock:
    """The board's."""

    board: Board

    def now(self) -> datetime:
        """The board's now."""
        return self.board.now

    def monotonic(self) -> float:
        """Stands still."""
        return 0.0


@dataclass(frozen=True)
class Kept:
    """Recordings on disk, and the centre's journal of them."""

    board: Board
    clips: Clips
    writer: Writer
    journal: Journal

    def retention(self, **settings: int) -> Retention:
        """By these settings."""
        chosen = RecordingSettings.model_validate(settings)
        return Retention(chosen, self.clips, self.writer, BoardClock(self.board))

    def names(self) -> list[str]:
        """The recordings there are."""
        return sorted(name.rpartition("/")[2] for name in self.clips.sizes())


@pytest.fixture
async def kept(tmp_path: Path) -> AsyncIterator[Kept]:
    """Two recordings more than a year old, and one of today."""
    board, clips = Board(), Clips(tmp_path / "recordings")
    for n, days in enumerate((0, 0, 400), 1):
        board.wait(days * DAY.total_seconds())
        name = clips.keep(f"o{n}", board.now, b"fLaC" * 100)
        board.say("hello", clip=name)
    journal = await Journal.open(tmp_path / "journal.db")
    writer = Writer(journal, board.state)
    task = asyncio.create_task(writer.run(), name="writer")
    yield Kept(board, clips, writer, journal)
    task.cancel()
    await asyncio.wait({task})
    await journal.close()


async def test_what_goes_is_in_the_journal_before_it_is_gone(kept: Kept) -> None:
    """One event names them, the files and the empty day are gone, and a second look finds nothing."""
    retention = kept.retention()
    assert await retention.sweep() == 2
    assert kept.names() == ["o3.flac"]
    assert len(list(kept.clips.folder.iterdir())) == 1
    (entry,) = [entry async for entry in kept.journal.entries()]
    event = event_of(entry)
    assert isinstance(event, RecordingsRemoved)
    assert (event.overs, event.why) == (("o1", "o2"), "age")
    assert await retention.sweep() == 0


async def test_a_recording_that_outlived_its_event_goes_at_the_next_look(kept: Kept) -> None:
    """Killed between journal and disk, or sent once more by a box that missed its receipt."""
    retention = kept.retention()
    await retention.sweep()
    kept.clips.keep("o1", kept.board.now - 400 * DAY, b"fLaC")
    assert await retention.sweep() == 0
    assert kept.names() == ["o3.flac"]


async def test_zero_keeps_everything(kept: Kept) -> None:
    """No age and no size: nothing goes, and nothing is too much."""
    forever = kept.retention(keep_days=0, keep_gb=0)
    assert await forever.sweep() == 0
    assert (kept.names(), forever.trouble) == (["o1.flac", "o2.flac", "o3.flac"], None)
