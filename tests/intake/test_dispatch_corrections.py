"""Corrections: new events by the desk, never a rewriting, never from speech."""

import pytest

from intake.dispatch import commands as ask
from intake.dispatch.correlating import matches_of
from intake.dispatch.decide import Decision
from intake.dispatch.objects import AssignmentState, UnitState
from intake.dispatch.work_commands import CorrectIncident, CorrectStep
from intake.statistics.collect import collect
from tests.support.dispatch_board import PARSER, Board, code, kinds


def at_work() -> Board:
    """P1 is on scene at i1, every step reported."""
    board = Board()
    board.incident("i1")
    board.send("P1")
    for step in ("SIGNED", "ENROUTE", "ONSCENE"):
        board.wait(60)
        board.step("P1", step)
    return board


def back(board: Board, step: str, unit: str = "P1", on: str = "i1") -> Decision:
    """Say that a later step was a mistake."""
    return board.ask(CorrectStep, assignment_id=f"{unit}-{on}", step=AssignmentState(step))


def test_a_mistaken_step_is_put_back_and_its_stamps_are_void() -> None:
    """What was reached before stays with its times; the mark of the mistake is gone from the figures."""
    board = at_work()
    stamps = board.state.assignments["P1-i1"].stamps
    assert kinds(back(board, "SIGNED")) == ["assignment.corrected"]
    now = board.state.assignments["P1-i1"]
    assert (now.state.value, list(now.stamps)) == ("SIGNED", list(stamps)[:2])
    (order,) = collect(board.events).assignments
    assert set(order.times) == {"t4", "t5"}
    assert kinds(board.step("P1", "ENROUTE")) == ["assignment.stepped"]


def test_only_a_step_that_was_reached_is_put_back() -> None:
    """Not forward, not to a step nobody ever stamped; the same step is nothing."""
    board = at_work()
    assert back(board, "ONSCENE") == ()
    board.incident("i2")
    board.send("P2", to="i2")
    assert code(back(board, "ENROUTE", "P2", "i2")) == "never-reached"
    board.step("P2", "CLEARED", on="i2", disposition="no-arrival")
    assert code(back(board, "SIGNED", "P2", "i2")) == "never-reached"


def test_a_unit_cleared_by_mistake_is_at_work_again() -> None:
    """And the incident with it, if it had gone back to the queue."""
    board = Board()
    board.incident("i1")
    board.send("P1")
    board.step("P1", "CLEARED", disposition="no-arrival")
    assert board.incident_state() == "PENDING"
    assert kinds(back(board, "DISPATCHED")) == ["assignment.corrected", "incident.activated"]
    assert board.state.assignments["P1-i1"].disposition is None
    assert (board.at("P1"), board.incident_state()) == ("DISPATCHED", "ACTIVE")


def test_a_cleared_unit_that_went_on_is_not_put_back() -> None:
    """Off duty, on its way elsewhere, sent to the same again, or the incident over: each is refused."""
    board = at_work()
    board.step("P1", "CLEARED", disposition="done")
    board.ask(ask.SetUnitStatus, unit="P1", state=UnitState.OFF_DUTY)
    assert code(back(board, "ONSCENE")) == "unit-unavailable"
    board.ask(ask.SetUnitStatus, unit="P1", state=UnitState.AVAILABLE_MOBILE)
    board.incident("i2")
    board.send("P1", to="i2")
    board.step("P1", "ENROUTE", on="i2")
    assert code(back(board, "ONSCENE")) == "two-places"
    board.step("P1", "CLEARED", on="i2", disposition="no-arrival")
    board.ask(ask.DispatchUnits, incident_id="i1", units={"P1": "again"})
    assert code(back(board, "ONSCENE")) == "already-sent"
    board.ask(ask.CancelAssignment, assignment_id="again", reason="x")
    board.ask(ask.Resolve, incident_id="i1", disposition="done")
    assert code(back(board, "ONSCENE")) == "incident-state"


def test_a_recall_is_no_step_to_put_back() -> None:
    """Who was called off is sent anew."""
    board = at_work()
    board.ask(ask.CancelAssignment, assignment_id="P1-i1", reason="x")
    assert code(back(board, "ONSCENE")) == "assignment-state"


def test_speech_never_moves_a_unit_back() -> None:
    """What is heard is proposed at most; the parser itself may correct nothing."""
    board = at_work()
    board.wait(10)
    heard = board.status("P1", status="enroute")
    assert "assignment.stepped" not in kinds(heard)
    assert board.at("P1") == "ONSCENE"
    refused = board.ask(CorrectStep, by=PARSER, assignment_id="P1-i1", step=AssignmentState.ENROUTE)
    assert code(refused) == "role"


def test_an_undo_puts_the_step_forward_again() -> None:
    """The stamps are what they were."""
    board = at_work()
    before = board.state.assignments["P1-i1"].stamps
    back(board, "DISPATCHED")
    board.ask(ask.Undo)
    assert board.state.assignments["P1-i1"].stamps == before


def test_what_and_where_an_incident_is_may_be_corrected() -> None:
    """With a reason; a more urgent type raises the priority, and no type lowers it by itself."""
    board = Board()
    board.incident(type="theft")
    assert code(board.ask(CorrectIncident, incident_id="i1", type="fire", reason="")) == "missing"
    done = board.ask(CorrectIncident, incident_id="i1", type="fire", place="platform-3", reason="smoke")
    assert kinds(done) == ["incident.corrected", "incident.reprioritised"]
    incident = board.state.incidents["i1"]
    assert (incident.type, incident.place, incident.priority) == ("fire", "platform-3", 0)
    calmer = board.ask(CorrectIncident, incident_id="i1", type="dispute", reason="steam")
    assert kinds(calmer) == ["incident.corrected"]
    assert board.state.incidents["i1"].priority == 0
    assert board.ask(CorrectIncident, incident_id="i1", type="dispute", reason="same") == ()


@pytest.mark.parametrize("undo", [False, True])
def test_new_reports_find_the_incident_where_it_really_is(undo: bool) -> None:  # noqa: FBT001 - a case
    """The index follows the correction, and its undo."""
    board = Board()
    board.incident(type="theft", place="taxi-stand")
    board.ask(CorrectIncident, incident_id="i1", place="platform-3", reason="misheard")
    if undo:
        board.ask(ask.Undo)
    place = "taxi-stand" if undo else "platform-3"
    board.alarm("a1", type="theft", priority=2, place=place)
    assert [one.target.id for one in matches_of(board.state, board.state.alarms["a1"], board.now)] == ["i1"]
