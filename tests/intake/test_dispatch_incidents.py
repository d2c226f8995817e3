"""Incidents: opened with a number, held, worked on, returned, ended and reopened."""

from dataclasses import replace
from datetime import timedelta

import pytest

from intake.dispatch import commands as ask
from intake.dispatch.policy import Policy
from intake.dispatch.queries import incident_step, queue
from intake.dispatch.state import State
from intake.rows import incident_row
from tests.support.dispatch_board import Board, code, kinds


def test_numbers_count_up_and_start_again_every_day() -> None:
    """The number people say is short: it begins again each local day, passing over open incidents."""
    board = Board()
    numbers = [board.incident("i1").no, board.incident("i2").no]
    board.ask(ask.Resolve, incident_id="i1", disposition="no-dispatch")
    board.ask(ask.Close, incident_id="i1", text="told by phone")
    board.wait(86_400)
    numbers += [board.incident("i3").no, board.incident("i4").no]
    assert numbers == [1001, 1002, 1001, 1003]


def test_a_typed_incident_gets_its_types_priority_and_is_made_once() -> None:
    """Type and place are enough; the same id again changes nothing."""
    board = Board()
    assert board.incident(type="fire").priority == 0
    again = board.ask(ask.NewIncident, incident_id="i1", type="fire", place="taxi-stand")
    assert again == ()
    assert code(board.ask(ask.NewIncident, incident_id="i2", type="fire", place="")) == "missing"


def test_priority_0_is_never_held() -> None:
    """A19: holding a priority 0 incident is refused with the rule's name."""
    board = Board()
    board.incident(type="fire")
    later = board.now + timedelta(minutes=10)
    held = board.ask(ask.Hold, incident_id="i1", review_at=later, reason="busy")
    assert code(held) == "hold-priority-0"


def test_a_held_incident_comes_back_by_hand_or_when_it_becomes_urgent() -> None:
    """Holding needs a reason and a time ahead; release and priority 0 both end it."""
    board = Board()
    board.incident()
    later = board.now + timedelta(minutes=10)
    assert code(board.ask(ask.Hold, incident_id="i1", review_at=board.now, reason="x")) == "review-in-past"
    assert code(board.ask(ask.Hold, incident_id="i1", review_at=later, reason="")) == "missing"
    board.ask(ask.Hold, incident_id="i1", review_at=later, reason="interpreter")
    assert board.incident_state("i1") == "HELD"
    raised = board.ask(ask.SetPriority, incident_id="i1", priority=0)
    assert kinds(raised) == ["incident.reprioritised", "incident.returned"]
    assert board.incident_state("i1") == "PENDING"


def test_lowering_a_priority_needs_a_reason() -> None:
    """Raising is free, lowering is explained."""
    board = Board()
    board.incident()
    assert code(board.ask(ask.SetPriority, incident_id="i1", priority=3)) == "lower-needs-reason"
    assert kinds(board.ask(ask.SetPriority, incident_id="i1", priority=1)) == ["incident.reprioritised"]


def test_a_reservation_leaves_the_incident_pending() -> None:
    """A16: only a dispatch activates; a reserved unit leaves step and state as they were."""
    board = Board()
    board.incident()
    board.ask(ask.Reserve, incident_id="i1", unit="P1", assignment_id="P1-i1")
    assert board.incident_state("i1") == "PENDING"
    assert incident_step(board.state, "i1") == "UNSENT"
    board.send("P1")
    assert board.incident_state("i1") == "ACTIVE"
    assert incident_step(board.state, "i1") == "SENT"


def test_the_last_decline_brings_the_incident_back_on_top_with_its_age() -> None:
    """A17: nobody left before any arrival: pending again, above its equals, as old as its first alarm."""
    board = Board()
    board.alarm()
    recorded = board.now
    board.wait(5)
    board.ask(ask.Promote, alarm_id="a1", incident_id="i1")
    board.incident("i2", type="robbery")
    board.send("P1", to="i1")
    board.wait(60)
    declined = board.ask(ask.Decline, assignment_id="P1-i1", reason="tyre burst")
    assert kinds(declined) == ["assignment.ended", "incident.returned"]
    incident = board.state.incidents["i1"]
    assert (incident.state.value, incident.first_at) == ("PENDING", recorded)
    assert [row.id for row in queue(board.state)] == ["i1", "i2"]


def test_an_incident_ends_only_when_nobody_is_on_it() -> None:
    """Resolve and close are refused with units not done, and name them."""
    board = Board()
    board.incident()
    board.send("P1", "P2")
    refusal = board.ask(ask.Close, incident_id="i1", text="done", disposition="warned")
    assert code(refusal) == "units-not-done"
    assert "P1, P2" in str(refusal)


def test_where_nobody_came_the_disposition_says_so() -> None:
    """An incident without any arrival is resolved as no-dispatch or no-arrival."""
    board = Board()
    board.incident()
    assert code(board.ask(ask.Resolve, incident_id="i1", disposition="warned")) == "nobody-arrived"
    assert kinds(board.ask(ask.Resolve, incident_id="i1", disposition="no-dispatch")) == ["incident.resolved"]
    assert kinds(board.ask(ask.Close, incident_id="i1", text="by phone")) == ["incident.closed"]


def test_closing_resolves_on_the_way() -> None:
    """One command ends an incident whose units are done."""
    board = Board()
    board.incident()
    board.send("P1")
    board.step("P1", "ONSCENE")
    board.step("P1", "CLEARED", disposition="settled")
    closed = board.ask(ask.Close, incident_id="i1", text="both calm", disposition="settled")
    assert kinds(closed) == ["incident.resolved", "incident.closed"]
    assert code(board.send("P2")) == "incident-over"


def test_calling_an_incident_off_recalls_everybody() -> None:
    """Every unit reserved or sent is recalled with the incident."""
    board = Board()
    board.incident()
    board.ask(ask.Reserve, incident_id="i1", unit="P2", assignment_id="P2-i1")
    board.send("P1")
    off = board.ask(ask.CancelIncident, incident_id="i1", reason="hoax")
    assert kinds(off) == ["incident.cancelled", "assignment.ended", "assignment.ended"]
    assert {board.at("P1"), board.at("P2")} == {"CANCELLED"}


@pytest.mark.parametrize("end", ["close", "cancel"])
def test_an_ended_incident_is_reopened_with_a_reason(end: str) -> None:
    """Closed and cancelled incidents come back pending; open ones cannot be reopened."""
    board = Board()
    board.incident()
    assert code(board.ask(ask.ReopenIncident, incident_id="i1", reason="x")) == "incident-state"
    if end == "close":
        board.ask(ask.Close, incident_id="i1", text="by phone", disposition="no-dispatch")
    else:
        board.ask(ask.CancelIncident, incident_id="i1", reason="hoax")
    board.ask(ask.ReopenIncident, incident_id="i1", reason="new witness")
    assert board.incident_state("i1") == "PENDING"


def test_a_reopened_incident_with_todays_number_is_told_with_its_day() -> None:
    """The bare number is today's, whatever happens to the old one; the next is another again."""
    board = Board()
    first = board.incident("i1")
    board.ask(ask.CancelIncident, incident_id="i1", reason="hoax")
    board.wait(86400)
    assert board.incident("i2").no == first.no
    board.ask(ask.ReopenIncident, incident_id="i1", reason="new witness")
    board.ask(ask.AddNote, incident_id="i1", text="red jacket")
    rows = {id_: incident_row(one, board.state) for id_, one in board.state.incidents.items()}
    assert rows["i1"].number_day == board.state.incidents["i1"].opened_at.date()
    assert rows["i2"].number_day is None
    assert board.state.numbers[first.no] == "i2"
    assert board.incident("i3").no == first.no + 1


def test_the_queue_puts_urgent_then_unattended_then_old_first() -> None:
    """Priority, then what nobody has yet, then age."""
    board = Board()
    board.alarm("a1", priority=2)
    board.wait(1)
    board.alarm("a2", priority=1)
    board.wait(1)
    board.alarm("a3", priority=1)
    board.ask(ask.Claim, alarm_id="a2")
    board.incident("i1", type="fire")
    assert [row.id for row in queue(board.state)] == ["i1", "a3", "a2", "a1"]


def test_a_site_may_number_from_where_it_likes() -> None:
    """The first number is policy."""
    board = Board(state=replace(State(), policy=Policy(first_number=1)))
    assert board.incident().no == 1
