"""Rules about mistakes of people at the desk: each is corrected by a new event, nothing is rewritten.

Only the desk corrects, whoever reported the step; speech alone never moves a unit back.
"""

from intake.dispatch.desk_events import IncidentActivated
from intake.dispatch.draft import Draft
from intake.dispatch.guards import (
    assignment_named,
    given,
    incident_in,
    incident_named,
    seen_as_it_is,
)
from intake.dispatch.incident_events import IncidentCorrected
from intake.dispatch.incidents import UNSENT, WORKING, reprioritise
from intake.dispatch.objects import (
    MOVING,
    OPEN_INCIDENT,
    STEPS,
    UNASSIGNABLE,
    Assignment,
    AssignmentState,
    Incident,
)
from intake.dispatch.queries import assignment_of, moving_of_unit
from intake.dispatch.refusals import Refusal, refuse
from intake.dispatch.state import State
from intake.dispatch.work_commands import CorrectIncident, CorrectStep
from intake.dispatch.work_events import StepCorrected


def correct_step(draft: Draft, command: CorrectStep) -> Refusal | None:
    """Put a unit back to a step it had reached; its later stamps are void."""
    state = draft.state
    assignment = assignment_named(state, command.assignment_id)
    if isinstance(assignment, Refusal):
        return assignment
    if refusal := seen_as_it_is(assignment, command.version):
        return refusal
    if assignment.state is command.step:
        return None
    if refusal := _may_go_back(state, assignment, command.step):
        return refusal
    corrected = StepCorrected(
        **draft.head,
        assignment_id=assignment.id,
        incident_id=assignment.incident,
        unit=assignment.unit,
        before=assignment.state,
        step=command.step,
        text=command.text,
    )
    draft.write(corrected)
    if draft.state.incidents[assignment.incident].state in UNSENT:
        draft.write(IncidentActivated(**draft.head, incident_id=assignment.incident))
    return None


def _may_go_back(state: State, assignment: Assignment, step: AssignmentState) -> Refusal | None:
    """To a step that was reached, on an incident that is worked on, for a unit that is not elsewhere."""
    incident, unit = state.incidents[assignment.incident], state.units[assignment.unit]
    if assignment.state not in STEPS:
        return refuse("assignment-state", unit=unit.id, state=assignment.state, no=incident.no)
    if STEPS.index(step) > STEPS.index(assignment.state) or step not in assignment.stamps:
        return refuse("never-reached", field="step", unit=unit.id, step=step, no=incident.no)
    if refusal := incident_in(incident, *WORKING):
        return refusal
    if assignment.is_live:
        return None
    return _may_go_on(state, assignment, step)


def _may_go_on(state: State, cleared: Assignment, step: AssignmentState) -> Refusal | None:
    """What a unit that had cleared must be to be at work again."""
    incident, unit = state.incidents[cleared.incident], state.units[cleared.unit]
    if unit.state in UNASSIGNABLE:
        return refuse("unit-unavailable", unit=unit.id, state=unit.state)
    if assignment_of(state, unit.id, incident.id) is not None:
        return refuse("already-sent", unit=unit.id, no=incident.no)
    moving = moving_of_unit(state, unit.id)
    if step in MOVING and moving is not None:
        return refuse("two-places", unit=unit.id, state=moving.state, no=state.incidents[moving.incident].no)
    return None


def correct_incident(draft: Draft, command: CorrectIncident) -> Refusal | None:
    """Change type or place; a more urgent type raises the priority, no type lowers it."""
    incident = incident_named(draft.state, command.incident_id)
    if isinstance(incident, Refusal):
        return incident
    if refusal := seen_as_it_is(incident, command.version) or incident_in(incident, *OPEN_INCIDENT):
        return refusal
    type_, place = command.type or incident.type, command.place or incident.place
    if (type_, place) == (incident.type, incident.place):
        return None
    if refusal := given(command.reason, "reason"):
        return refusal
    corrected = IncidentCorrected(
        **draft.head,
        incident_id=incident.id,
        type_before=incident.type,
        type=type_,
        place_before=incident.place,
        place=place,
        reason=command.reason,
    )
    draft.write(corrected)
    _raise_for(draft, draft.state.incidents[incident.id])
    return None


def _raise_for(draft: Draft, incident: Incident) -> None:
    urgent = draft.state.policy.priority_of(incident.type)
    if urgent < incident.priority:
        reprioritise(draft, incident, urgent, "")
