"""The board: every commit is one change, and changes add up to the board itself."""

from collections.abc import Iterator, Sequence

import pytest

from bus.messages.board import BoardChange, Names, Snapshot
from intake.board import OVERS_SHOWN, Board
from intake.dispatch import commands as ask
from intake.dispatch.events import Event
from intake.dispatch.evolve import evolve_with_refs
from intake.dispatch.state import State
from intake.rows import alarm_row, unit_row
from intake.writer import Commit, Happened
from tests.support import dispatch_board
from tests.support.dispatch_board import CHIEF, START
from tui.mirror import Mirror, NeedSnapshot, apply, from_snapshot

NAMES = Names(site={}, places={}, types={}, units={}, teams={}, agencies={}, priorities={})


class Shown:
    """The dispatch board of the rules' tests, told to a board and followed by a mirror, commit by commit."""

    def __init__(self) -> None:
        self.desk = dispatch_board.Board()
        self.board = Board("boot-1", NAMES, self.desk.state)
        self.mirror: Mirror = from_snapshot(self.snapshot())
        self.told = self.desk.state
        self.events = len(self.desk.events)

    def snapshot(self) -> Snapshot:
        """Of now."""
        return self.board.snapshot(START)

    def tell(self) -> BoardChange | None:
        """Everything that happened since the last call, as one commit."""
        commit = commit_of(self.told, self.desk.events[self.events :], first=self.events + 1)
        self.told, self.events = commit.after, len(self.desk.events)
        change = self.board.change(commit)
        if change is not None:
            following = apply(self.mirror, change)
            assert not isinstance(following, NeedSnapshot)
            self.mirror = following
        return change

    def agrees(self) -> None:
        """The mirror is what a fresh snapshot, and a board built anew, would show."""
        fresh, anew = from_snapshot(self.snapshot()), Board("boot-1", NAMES, self.desk.state)
        rebuilt = from_snapshot(anew.snapshot(START))
        for table in ("alarms", "incidents", "assignments", "units", "overs", "devices"):
            assert getattr(self.mirror, table) == getattr(fresh, table) == getattr(rebuilt, table)
        assert self.mirror.timeline == fresh.timeline


def commit_of(before: State, events: Sequence[Event], first: int) -> Commit:
    """`events` as the writer would tell them."""
    after, happened = before, []
    for event in events:
        after, touched = evolve_with_refs(after, event)
        happened.append(Happened(event, touched))
    return Commit(first, tuple(happened), before, after)


@pytest.fixture
def shown() -> Shown:
    """A board with three patrols."""
    return Shown()


def test_a_commit_is_one_numbered_change(shown: Shown) -> None:
    """Alarm, incident and their lines travel together under the next number."""
    shown.desk.alarm("a1")
    shown.desk.ask(ask.Promote, alarm_id="a1", incident_id="i1")
    change = shown.tell()

    assert change is not None
    assert change.n == 1
    assert [row.incident for row in change.rows.alarms] == ["i1"]
    assert [row.id for row in change.rows.incidents] == ["i1"]
    assert [row.what for row in change.rows.timeline] == ["alarm.queued", "incident.opened", "alarm.promoted"]
    assert {row.incident for row in change.rows.timeline} == {"i1"}


def test_what_nobody_would_see_is_no_change(shown: Shown) -> None:
    """A command that led to nothing keeps the number."""
    assert shown.board.change(Commit(1, (), shown.desk.state, shown.desk.state)) is None
    assert shown.board.n == 0


def test_what_ends_leaves_the_board_with_all_that_hangs_on_it(shown: Shown) -> None:
    """A closed incident takes its alarms and assignments along, and its unit is free again."""
    desk = shown.desk
    desk.alarm("a1")
    desk.ask(ask.Promote, alarm_id="a1", incident_id="i1")
    desk.send("P1")
    desk.step("P1", "ONSCENE")
    shown.tell()
    assert _work_of(shown, "P1") == "i1"
    desk.step("P1", "CLEARED", disposition="done")
    desk.ask(ask.Close, incident_id="i1", text="done", disposition="done")
    change = shown.tell()

    assert change is not None
    assert {table: set(ids) for table, ids in change.gone.items()} == {
        "alarms": {"a1"},
        "incidents": {"i1"},
        "assignments": {"P1-i1"},
    }
    assert _work_of(shown, "P1") is None
    shown.agrees()


def _work_of(shown: Shown, unit: str) -> str | None:
    return shown.mirror.units[unit].incident


def test_changes_add_up_to_the_board(shown: Shown) -> None:
    """After every commit of a long shift the follower shows what a newcomer is shown."""
    for n in range(1, 6):
        for _ in _a_piece_of_work(shown.desk, n):
            shown.tell()
            shown.agrees()
            shown.desk.wait(20 if n % 2 else 1)


def _a_piece_of_work(desk: dispatch_board.Board, n: int) -> Iterator[object]:
    """An incident from its first alarm to its second end, with all that people change their minds about."""
    alarm, other, incident = f"a{n}", f"b{n}", f"i{n}"
    yield desk.alarm(alarm, priority=0)
    yield desk.alarm(other)
    yield desk.ask(ask.Claim, alarm_id=alarm)
    yield desk.ask(ask.Promote, alarm_id=alarm, incident_id=incident)
    yield desk.ask(ask.LinkAlarm, alarm_id=other, incident_id=incident, link_kind="duplicate")
    yield desk.send("P1", "P2", to=incident, how="stack")
    yield desk.ask(ask.Undo)
    yield desk.send("P1", to=incident)
    yield desk.status("P1", status="enroute")
    yield desk.step("P1", "ONSCENE", on=incident)
    yield desk.ask(ask.ReopenAlarm, alarm_id=other, reason="not this one")
    yield desk.ask(ask.DismissAlarm, alarm_id=other, reason="test")
    yield desk.step("P1", "CLEARED", on=incident, disposition="done")
    yield desk.ask(ask.Close, incident_id=incident, text="done", disposition="done")
    yield desk.ask(ask.ReopenIncident, by=CHIEF, incident_id=incident, reason="again")
    yield desk.ask(ask.CancelIncident, incident_id=incident, reason="enough")


def test_only_the_newest_overs_are_shown_and_a_late_word_still_comes(shown: Shown) -> None:
    """A snapshot does not grow with the day; an old over that gets its words is shown again."""
    for n in range(OVERS_SHOWN + 20):
        shown.desk.say(f"word {n}", intent="chatter")
    shown.tell()
    overs = shown.snapshot().tables.overs

    assert len(overs) == OVERS_SHOWN
    assert [overs[0].text, overs[-1].text] == ["word 20", f"word {OVERS_SHOWN + 19}"]


def test_people_are_shown_by_their_login(shown: Shown) -> None:
    """`person:` is the core's word, not theirs."""
    shown.desk.alarm("a1", priority=0)
    shown.desk.ask(ask.Claim, alarm_id="a1")
    shown.desk.ask(ask.DismissAlarm, alarm_id="a1", reason="test")
    row = alarm_row(shown.desk.state.alarms["a1"], shown.desk.state)

    assert (row.claimed_by, row.dismiss_wanted_by) == ("li", "li")


def test_a_unit_shows_what_its_assignments_make_of_it(shown: Shown) -> None:
    """Free, sent with its step and incident, free again."""
    desk = shown.desk

    def now() -> tuple[str, str | None, str | None]:
        row = unit_row(desk.state.units["P1"], desk.state)
        return row.state, row.step, row.incident

    assert now() == ("AVAILABLE_MOBILE", None, None)
    desk.incident()
    desk.send("P1")
    assert now() == ("COMMITTED", "SENT", "i1")
    desk.step("P1", "ENROUTE")
    assert now() == ("COMMITTED", "ENROUTE", "i1")
