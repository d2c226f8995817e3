"""Points reached in their hours, lines walked in order and in time, checks by lot."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.dispatch import commands as ask
from intake.dispatch.objects import UnitState
from intake.dispatch.refusals import Refusal
from intake.patrol import commands as do
from intake.patrol.coverage import coverage
from intake.patrol.objects import Check, Line, LinePlan, Point, PointPlan
from intake.patrol.overdue import overdue_alarms
from intake.patrol.schedule import window_at, window_before
from tests.support.broker import Mosquitto
from tests.support.centre_at_work import centre_in
from tests.support.dispatch_board import PANEL, START, Board, kinds, replayed

CHINA = ZoneInfo("Asia/Shanghai")
POINTS = {
    "point-1": PointPlan("point-1", at_least=2, since=time(9), until=time(11)),
    "point-2": PointPlan("point-2"),
    "point-3": PointPlan("point-3", since=time(20), until=time(8)),
}
LINES = {"round": LinePlan("round", ("point-1", "point-2", "point-3"), minutes=30)}


@pytest.fixture
def board() -> Board:
    """Three patrols, three points and a line, at 10:00 UTC."""
    board = Board()
    policy = replace(board.state.policy, points=POINTS, lines=LINES)
    board.state = replace(board.state, policy=policy)
    board.ask(do.EnrolPatrol, by=PANEL)
    return board


def ticks(board: Board, place: str) -> list[str]:
    """The units that were at a point, in order."""
    point = board.state.patrol[place]
    assert isinstance(point, Point)
    return [tick.unit for tick in point.ticks]


def state_of(board: Board, place: str) -> str:
    """How the desk sees a point now."""
    points = coverage(board.state, board.now)["points"]
    return next(str(one["state"]) for one in points if one["place"] == place)


def test_a_unit_says_where_it_is_and_the_point_is_ticked(board: Board) -> None:
    """The clip is the evidence, the unit's position moves, and no step of any incident does."""
    board.incident("i1")
    board.send("P1", to="i1")
    done = board.say(
        "patrol one at point two", intent="status", units=("P1",), place="point-2", status="onscene"
    )
    assert "patrol.ticked" in kinds(done)
    assert "assignment.stepped" not in kinds(done)
    assert ticks(board, "point-2") == ["P1"]
    assert (board.state.units["P1"].place, board.state.units["P1"].place_at) == ("point-2", board.now)
    assert state_of(board, "point-2") == "done"


@pytest.mark.parametrize(
    "said",
    [
        {"intent": "readback"},
        {"intent": "query"},
        {"intent": "order"},
        {"intent": "report", "confidence": 0.5},
        {"intent": "report", "place": "gate-1"},
    ],
)
def test_what_is_not_a_visit_ticks_nothing(board: Board, said: dict[str, object]) -> None:
    """The centre's own words, questions, orders, doubtful words, and other places."""
    usual: dict[str, object] = {"units": ("P1",), "place": "point-2"}
    board.say("patrol one point two", **usual | said)  # type: ignore[arg-type]  # fields of any type
    assert ticks(board, "point-2") == []


def test_a_unit_sent_to_a_point_arrives_there(board: Board) -> None:
    """An incident at the point is a step as well as a visit."""
    board.incident("i1", place="point-2")
    board.send("P1", to="i1")
    board.wait(5)
    done = board.say(
        "on scene point two",
        intent="status",
        units=("P1",),
        place="point-2",
        status="onscene",
        changes_status=True,
    )
    assert {"patrol.ticked", "assignment.stepped"} <= set(kinds(done))


def test_typed_ticks_and_their_refusals(board: Board) -> None:
    """By hand too; a place that is no point, and a unit nobody knows, are refused; undo takes it back."""
    board.ask(do.TickPoint, unit="P2", place="point-1")
    assert ticks(board, "point-1") == ["P2"]
    board.ask(ask.Undo)
    assert ticks(board, "point-1") == []
    for unit, place in (("P2", "gate-9"), ("P9", "point-1")):
        assert isinstance(board.ask(do.TickPoint, unit=unit, place=place), Refusal)
    assert replayed(board).patrol == board.state.patrol


def walks(board: Board) -> int:
    """How often the line was walked."""
    line = board.state.patrol["round"]
    assert isinstance(line, Line)
    return len(line.walks)


def visit(board: Board, *visits: tuple[str, str, int]) -> None:
    """Visits: unit, point, minutes after the one before."""
    for unit, point, minutes in visits:
        board.wait(60 * minutes)
        board.ask(do.TickPoint, unit=unit, place=f"point-{point}")


def test_a_line_counts_in_order_and_in_time(board: Board) -> None:
    """One unit, every point after the one before, the last within the minutes; no visit counts twice."""
    visit(board, ("P1", "1", 0), ("P1", "2", 10), ("P1", "3", 10))
    assert walks(board) == 1
    visit(board, ("P1", "3", 1))
    assert walks(board) == 1
    visit(board, ("P1", "2", 40), ("P1", "1", 1), ("P1", "3", 1))
    assert walks(board) == 1, "out of order"
    visit(board, ("P1", "1", 40), ("P1", "2", 20), ("P1", "3", 20))
    assert walks(board) == 1, "too slow"
    visit(board, ("P1", "1", 40), ("P2", "2", 1), ("P1", "3", 1))
    assert walks(board) == 1, "another's visit"
    visit(board, ("P2", "1", 40), ("P2", "3", 1), ("P2", "2", 1), ("P2", "3", 1))
    assert walks(board) == 2, "a visit in between does not matter"


def test_missed_hours_are_one_alarm_of_low_priority(board: Board) -> None:
    """After the hours, once, however often it is looked; hours before the point was known ask nothing."""
    board.wait(23 * 3600)
    visit(board, ("P1", "1", 0))
    board.wait(2 * 3600)  # 11:00 of the next day: one visit of two
    due = list(overdue_alarms(board.state, board.now, {"point-1": {"en": "point 1", "zh": "1号点"}}))
    assert {one.content.place for one in due} == {"point-1", "point-3"}, (
        "the day point-2 became known asks nothing"
    )
    alarm = next(one.content for one in due if one.content.place == "point-1")
    assert alarm.text == "Point point 1: 1 of 2 visits from 09:00 to 11:00"
    assert (alarm.priority, alarm.type, alarm.source) == (4, "system", "system")
    for one in due:
        board.give(one)
    assert list(overdue_alarms(board.state, board.now, {})) == []
    assert list(overdue_alarms(board.state, START + timedelta(minutes=30), {})) == []


def test_a_check_by_lot_names_who_was_not_heard(board: Board) -> None:
    """Only units on duty are drawn; whoever transmits has answered; the same lot gives the same draw."""
    board.ask(ask.SetUnitStatus, unit="P3", state=UnitState.OFF_DUTY)
    board.wait(1)
    board.ask(do.DrawCheck, check_id="k", count=5, minutes=5)
    check = board.state.patrol["k"]
    assert isinstance(check, Check)
    assert check.units == ("P1", "P2")
    board.wait(30)
    board.say("patrol one here", intent="report", units=("P1",))
    (seen,) = coverage(board.state, board.now)["checks"]
    assert seen["missing"] == ["P2"]
    assert replayed(board).patrol["k"] == check


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
)
def test_hours_hold_their_moment_and_end_before_the_next(at: datetime, since: time, until: time) -> None:
    """At any moment: the hours it lies in contain it, the last ended ones have ended, none overlap."""
    plan = PointPlan("p", since=since, until=until)
    now, before = window_at(plan, at, CHINA), window_before(plan, at, CHINA)
    assert before.until <= at
    assert at - before.until <= timedelta(days=1)
    if now is not None:
        assert now.since <= at < now.until
        assert before.until <= now.since


@pytest.mark.slow
async def test_through_the_real_centre(tmp_path: Path, mosquitto: Mosquitto) -> None:
    """A point ticked at a console stays ticked over a restart, and the page tells it."""
    async with centre_in(tmp_path, mosquitto.port) as centre:
        async with centre.run():
            console = await centre.console()
            await console.ask("tick", unit="P5", place="point-4")
            drawn = await console.ask("check", count=2)
        async with centre.run():
            console = await centre.console("desk-2")
            seen = await console.ask("patrol")
    point = next(one for one in seen["points"] if one["place"] == "point-4")
    assert (point["state"], point["last_unit"], point["visits"]) == ("done", "P5", 1)
    assert seen["checks"][0]["units"] == drawn["units"]
    assert [one["line"] for one in seen["lines"]] == ["hall-round"]
