"""How an assignment moves, whoever said so, and what follows from it for its incident and its unit."""

from datetime import datetime
from typing import Literal

from intake.dispatch.desk_events import (
    AssignmentEnded,
    AssignmentStepped,
    IncidentReturned,
    UnitStateSet,
)
from intake.dispatch.draft import Draft
from intake.dispatch.objects import STEPS, Assignment, AssignmentState, IncidentState, UnitState
from intake.dispatch.queries import live_of_incident, somebody_arrived, unfinished_of_unit
from intake.dispatch.recalls import took_another_order

Ending = Literal[AssignmentState.DECLINED, AssignmentState.DIVERTED, AssignmentState.CANCELLED]


def passed_unreported(assignment: Assignment, step: AssignmentState) -> tuple[AssignmentState, ...]:
    """Return the steps between the present one and `step`; clearing without arrival implies none."""
    if step is AssignmentState.CLEARED:
        return ()
    here, there = STEPS.index(assignment.state), STEPS.index(step)
    return STEPS[here + 1 : there]


def advance(
    draft: Draft,
    assignment: Assignment,
    step: AssignmentState,
    *,
    said_at: datetime,
    evidence: str | None = None,
    confidence: float | None = None,
    disposition: str | None = None,
) -> None:
    """Write a step forward, with the steps it implies, and what follows from a clearing."""
    stepped = AssignmentStepped(
        **draft.head,
        assignment_id=assignment.id,
        incident_id=assignment.incident,
        unit=assignment.unit,
        before=assignment.state,
        step=step,
        said_at=said_at,
        inferred=passed_unreported(assignment, step),
        evidence=evidence,
        confidence=confidence,
        disposition=disposition,
    )
    draft.write(stepped)
    took_another_order(draft, assignment, said_at)
    if step is AssignmentState.CLEARED:
        _free_unit(draft, assignment.unit)
        return_if_nobody_left(draft, assignment.incident)


def end(
    draft: Draft,
    assignment: Assignment,
    state: Ending,
    *,
    said_at: datetime,
    reason: str,
    evidence: str | None = None,
    confidence: float | None = None,
    diverted_to: str | None = None,
    recall: bool = False,
) -> None:
    """Write that a unit is off an incident without clearing it, and what follows.

    `recall` has a unit that was sent say that it heard it.
    """
    ended = AssignmentEnded(
        **draft.head,
        assignment_id=assignment.id,
        incident_id=assignment.incident,
        unit=assignment.unit,
        before=assignment.state,
        state=state,
        said_at=said_at,
        reason=reason,
        evidence=evidence,
        confidence=confidence,
        diverted_to=diverted_to,
        recall=recall and assignment.is_live,
    )
    draft.write(ended)
    return_if_nobody_left(draft, assignment.incident)


def call_off(draft: Draft, assignment: Assignment, reason: str) -> None:
    """Recall a unit, which must say that it heard it, or drop a reservation."""
    end(draft, assignment, AssignmentState.CANCELLED, said_at=draft.at, reason=reason, recall=True)


def set_unit_state(
    draft: Draft, unit_id: str, after: UnitState, *, reason: str = "", evidence: str | None = None
) -> None:
    """Write a unit's stored state, if it is another."""
    unit = draft.state.units[unit_id]
    if unit.state is after and (unit.reason or "") == reason:
        return
    event = UnitStateSet(
        **draft.head, unit=unit.id, before=unit.state, after=after, reason=reason, evidence=evidence
    )
    draft.write(event)


def _free_unit(draft: Draft, unit: str) -> None:
    """A unit that cleared its last assignment is available again."""
    if not unfinished_of_unit(draft.state, unit):
        set_unit_state(draft, unit, draft.state.policy.after_clear)


def return_if_nobody_left(draft: Draft, incident_id: str) -> None:
    """An active incident whose last unit fell away before any arrival waits for a unit again."""
    incident = draft.state.incidents[incident_id]
    if incident.state is not IncidentState.ACTIVE or live_of_incident(draft.state, incident_id):
        return
    if not somebody_arrived(draft.state, incident, since=incident.returned_at):
        draft.write(IncidentReturned(**draft.head, incident_id=incident_id, why="no-unit-left"))
