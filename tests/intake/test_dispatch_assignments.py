"""Assignments by hand: reserve, send, quote, divert, stack, decline, recall; and the units behind them."""

from datetime import timedelta

import pytest

from intake.dispatch import commands as ask
from intake.dispatch import source_commands as told
from intake.dispatch.objects import AssignmentState, UnitState
from intake.dispatch.queries import is_stacked, live_of_unit, unit_state
from intake.dispatch.refusals import Refusal
from intake.dispatch.speech import Device
from tests.support.dispatch_board import PANEL, TECHNICIAN, Board, code, kinds


def two_incidents() -> Board:
    """A board with a theft in hall A, a fight at the taxi stand, and P1 sent to the first."""
    board = Board()
    board.incident("i1")
    board.incident("i2", type="fight", place="taxi-stand")
    board.send("P1", to="i1")
    return board


def test_several_units_are_sent_all_or_none() -> None:
    """One unit that may not go keeps the others home, and is named."""
    board = Board()
    board.incident()
    board.ask(ask.SetUnitStatus, unit="P2", state=UnitState.OFF_DUTY)
    refusal = board.send("P1", "P2")
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.field) == ("unit-unavailable", "units")
    assert "P2" in refusal.en
    assert len(board.state.assignments) == 0
    sent = board.send("P1", "P3")
    assert kinds(sent) == ["assignment.dispatched", "incident.activated", "assignment.dispatched"]
    assert [one.rank for one in board.state.assignments.values() if one.unit == "P1"] == ["primary"]


def test_the_same_order_again_changes_nothing() -> None:
    """A repeated dispatch is recognised by its assignment ids; another one for the same unit is refused."""
    board = two_incidents()
    board.wait(60)
    assert board.send("P1", to="i1") == ()
    again = board.ask(ask.DispatchUnits, incident_id="i1", units={"P1": "other"})
    assert code(again) == "already-sent"


def test_a_committed_unit_goes_only_when_diverted_or_stacked() -> None:
    """Without saying which, sending a busy unit is refused with the incident it is on."""
    board = two_incidents()
    refusal = board.send("P1", to="i2")
    assert isinstance(refusal, Refusal)
    assert refusal.code == "unit-committed"
    assert "1001" in refusal.en


def test_a_diverted_unit_leaves_its_incident_which_waits_again() -> None:
    """Diverting ends the first assignment, names the new incident, and returns the old one to the queue."""
    board = two_incidents()
    board.send("P1", to="i2", how="divert")
    assert (board.at("P1", "i1"), board.at("P1", "i2")) == ("DIVERTED", "DISPATCHED")
    assert board.state.assignments["P1-i1"].diverted_to == "i2"
    assert (board.incident_state("i1"), board.incident_state("i2")) == ("PENDING", "ACTIVE")


def test_nobody_is_diverted_off_a_scene() -> None:
    """A unit on scene finishes there first."""
    board = two_incidents()
    board.step("P1", "ONSCENE")
    assert code(board.send("P1", to="i2", how="divert")) == "on-scene-elsewhere"


def test_a_stacked_unit_is_in_one_place_at_a_time() -> None:
    """The second assignment waits as dispatched until the first is done."""
    board = two_incidents()
    board.step("P1", "ENROUTE")
    board.send("P1", to="i2", how="stack")
    assert is_stacked(board.state, board.state.assignments["P1-i2"])
    assert code(board.step("P1", "ENROUTE", on="i2")) == "two-places"
    board.step("P1", "ONSCENE")
    board.step("P1", "CLEARED", disposition="settled")
    assert not is_stacked(board.state, board.state.assignments["P1-i2"])
    assert kinds(board.step("P1", "ENROUTE", on="i2")) == ["assignment.stepped"]


def test_a_reserved_unit_is_neither_sent_nor_free() -> None:
    """A reservation shows on the unit, keeps it from other incidents, and becomes the order."""
    board = two_incidents()
    assert code(board.ask(ask.Reserve, incident_id="i2", unit="P1", assignment_id="r1")) == "unit-committed"
    board.ask(ask.Reserve, incident_id="i2", unit="P2", assignment_id="r2")
    assert unit_state(board.state, "P2") == "RESERVED"
    assert code(board.send("P2", to="i1")) == "unit-committed"
    board.send("P2", to="i2")
    assert [one.id for one in live_of_unit(board.state, "P2")] == ["r2"]


def test_on_scene_without_earlier_reports_infers_them() -> None:
    """A18: signed and en route are stamped too, and marked as inferred."""
    board = two_incidents()
    board.wait(90)
    stepped = board.step("P1", "ONSCENE")
    assert kinds(stepped) == ["assignment.stepped"]
    stamps = board.state.assignments["P1-i1"].stamps
    inferred = {step.value: stamp.inferred for step, stamp in stamps.items()}
    assert inferred == {"DISPATCHED": False, "SIGNED": True, "ENROUTE": True, "ONSCENE": False}


def test_steps_go_forward_once() -> None:
    """The same step again is nothing; a step back, or one older than the last, is refused."""
    board = two_incidents()
    board.wait(60)
    board.step("P1", "ENROUTE")
    board.wait(60)
    assert board.step("P1", "ENROUTE") == ()
    assert code(board.step("P1", "SIGNED")) == "no-step-back"
    past = board.now - timedelta(seconds=90)
    assert code(board.step("P1", "ONSCENE", said_at=past)) == "older-than-step"


def test_clearing_needs_a_disposition_and_an_arrival() -> None:
    """The desk clears with a disposition; a unit that never came is cleared as no-arrival."""
    board = two_incidents()
    assert code(board.step("P1", "CLEARED")) == "missing"
    assert code(board.step("P1", "CLEARED", disposition="settled")) == "not-arrived"
    board.step("P1", "CLEARED", disposition="no-arrival")
    assert AssignmentState.ONSCENE not in board.state.assignments["P1-i1"].stamps
    assert board.incident_state("i1") == "PENDING"


def test_clearing_the_last_assignment_makes_the_unit_available() -> None:
    """A unit that had a post is mobile after its work."""
    board = Board()
    board.ask(ask.SetUnitStatus, unit="P1", state=UnitState.AVAILABLE_POST)
    board.incident()
    board.send("P1")
    board.step("P1", "ONSCENE")
    cleared = board.step("P1", "CLEARED", disposition="settled")
    assert kinds(cleared) == ["assignment.stepped", "unit.state"]
    assert unit_state(board.state, "P1") == "AVAILABLE_MOBILE"
    assert board.incident_state() == "ACTIVE"


@pytest.mark.parametrize("step", ["ENROUTE", "ONSCENE"])
def test_a_unit_that_moved_cannot_decline(step: str) -> None:
    """Declining is for units that have not left yet."""
    board = two_incidents()
    board.step("P1", step)
    declined = board.ask(ask.Decline, assignment_id="P1-i1", reason="flat tyre")
    assert code(declined) == "assignment-state"


def test_a_recall_ends_an_assignment_once() -> None:
    """Cancelling twice is one cancellation; what ended cannot be stepped."""
    board = two_incidents()
    assert code(board.ask(ask.CancelAssignment, assignment_id="P1-i1", reason="")) == "missing"
    board.ask(ask.CancelAssignment, assignment_id="P1-i1", reason="recall")
    assert board.ask(ask.CancelAssignment, assignment_id="P1-i1", reason="recall") == ()
    assert code(board.step("P1", "ENROUTE")) == "assignment-state"


@pytest.mark.parametrize("state", [UnitState.OFF_DUTY, UnitState.BUSY, UnitState.OUT_OF_SERVICE])
def test_nobody_leaves_duty_with_work_unfinished(state: UnitState) -> None:
    """Off duty, busy and out of service are refused while a unit is sent, with the incident's number."""
    board = two_incidents()
    refusal = board.ask(ask.SetUnitStatus, unit="P1", state=state)
    assert isinstance(refusal, Refusal)
    assert refusal.code == "units-not-done"
    assert "1001" in refusal.en


def test_a_unit_at_its_meal_is_sent_only_on_purpose() -> None:
    """Busy with a meal: refused plainly, and taken from it when diverted."""
    board = Board()
    board.incident()
    board.ask(ask.SetUnitStatus, unit="P1", state=UnitState.BUSY, reason="meal")
    assert code(board.send("P1")) == "unit-unavailable"
    board.send("P1", how="divert")
    assert unit_state(board.state, "P1") == "DISPATCHED"


def test_status_lives_on_the_assignment() -> None:
    """On scene at one incident says nothing about the other."""
    board = two_incidents()
    board.send("P1", to="i2", how="stack")
    board.step("P1", "ONSCENE", on="i1")
    assert (board.at("P1", "i1"), board.at("P1", "i2")) == ("ONSCENE", "DISPATCHED")


def test_a_technician_sends_nobody() -> None:
    """Technicians may write notes, not give orders."""
    board = two_incidents()
    assert code(board.send("P2", to="i1", by=TECHNICIAN)) == "role"
    noted = board.ask(ask.AddNote, by=TECHNICIAN, incident_id="i1", text="line 2 repaired")
    assert kinds(noted) == ["incident.noted"]


def test_a_device_is_shown_when_it_changes() -> None:
    """The same state twice is one event."""
    board = Board()
    device = Device(id="box1", what="gateway", state="ready", since=board.now)
    assert kinds(board.ask(told.DeviceChanged, by=PANEL, device=device)) == ["device.changed"]
    assert board.ask(told.DeviceChanged, by=PANEL, device=device) == ()
