"""Rules about sending units: reserve, dispatch, quote a step, decline, recall."""

from intake.agencies.authority import authority_for
from intake.dispatch.commands import (
    AssignmentCommand,
    CancelAssignment,
    Decline,
    DispatchUnits,
    Reserve,
    SetStep,
)
from intake.dispatch.desk_events import (
    DispositionAdded,
    IncidentActivated,
    UnitDispatched,
    UnitReserved,
)
from intake.dispatch.draft import Draft
from intake.dispatch.guards import (
    assignment_named,
    given,
    incident_in,
    incident_named,
    seen_as_it_is,
    unit_named,
)
from intake.dispatch.incidents import UNSENT, WORKING
from intake.dispatch.objects import (
    MOVING,
    STEPS,
    UNASSIGNABLE,
    Assignment,
    AssignmentState,
    Incident,
    Unit,
    UnitState,
)
from intake.dispatch.queries import (
    assignment_of,
    current_of_unit,
    live_of_incident,
    live_of_unit,
    moving_of_unit,
    unfinished_of_unit,
)
from intake.dispatch.recalls import hear_recall
from intake.dispatch.refusals import Refusal, refuse
from intake.dispatch.state import State
from intake.dispatch.steps import advance, call_off, end, set_unit_state
from intake.dispatch.work_events import OrderMoved

NO_ARRIVAL = "no-arrival"
"""The disposition that lets the desk clear a unit that never came."""

BEFORE_MOVING = frozenset({AssignmentState.DISPATCHED, AssignmentState.SIGNED})


def reserve(draft: Draft, command: Reserve) -> Refusal | None:
    """Set a free unit aside; the incident stays as it is."""
    if command.assignment_id in draft.state.assignments:
        return None
    incident = _to_send_to(draft.state, command)
    if isinstance(incident, Refusal):
        return incident
    unit = unit_named(draft.state, command.unit)
    if isinstance(unit, Refusal):
        return unit
    if refusal := _may_be_set_aside(draft, unit, incident):
        return refusal
    reserved = UnitReserved(
        **draft.head, assignment_id=command.assignment_id, incident_id=incident.id, unit=unit.id
    )
    draft.write(reserved)
    return None


def _may_be_set_aside(draft: Draft, unit: Unit, incident: Incident) -> Refusal | None:
    """Free, and one's own to order."""
    if unit.state in UNASSIGNABLE:
        return refuse("unit-unavailable", field="unit", unit=unit.id, state=unit.state)
    if busy := unfinished_of_unit(draft.state, unit.id):
        return _committed(draft.state, busy[0])
    authority = authority_for(draft.state, draft.by, unit, incident, draft.at)
    return authority if isinstance(authority, Refusal) else None


def dispatch_units(draft: Draft, command: DispatchUnits) -> Refusal | None:
    """Send units to an incident, all or none."""
    fresh = {unit: id_ for unit, id_ in command.units.items() if not _is_sent(draft.state, id_)}
    if command.units and not fresh:
        return None
    incident = _to_send_to(draft.state, command)
    if isinstance(incident, Refusal):
        return incident
    if not fresh:
        return refuse("missing", field="units")
    for unit_id, assignment_id in fresh.items():
        if refusal := _send(draft, command, incident, unit_id, assignment_id):
            return refusal
    return None


def _is_sent(state: State, assignment_id: str) -> bool:
    """Return whether this very order was given before; a reservation may still become it."""
    known = state.assignments.get(assignment_id)
    return known is not None and known.state is not AssignmentState.RESERVED


def _send(
    draft: Draft, command: DispatchUnits, incident: Incident, unit_id: str, assignment_id: str
) -> Refusal | None:
    """Send one unit: its reservation becomes the order; what else it does is stacked before it or ended."""
    unit = unit_named(draft.state, unit_id)
    if isinstance(unit, Refusal):
        return unit
    mine = assignment_of(draft.state, unit_id, incident.id)
    if mine is not None and mine.is_live:
        return refuse("already-sent", field="units", unit=unit_id, no=incident.no)
    elsewhere = [one for one in unfinished_of_unit(draft.state, unit_id) if one.incident != incident.id]
    if refusal := _may_be_sent(draft.state, unit, command, elsewhere):
        return refusal
    authority = authority_for(draft.state, draft.by, unit, incident, draft.at)
    if isinstance(authority, Refusal):
        return authority
    if unit.state is UnitState.BUSY:
        set_unit_state(draft, unit_id, UnitState.AVAILABLE_MOBILE)
    at_now = current_of_unit(draft.state, unit_id) or next(iter(elsewhere), None)
    if command.how == "divert" and at_now is not None:
        _divert(draft, at_now, incident)
    rank = "secondary" if live_of_incident(draft.state, incident.id) else "primary"
    dispatched = UnitDispatched(
        **draft.head,
        assignment_id=mine.id if mine else assignment_id,
        incident_id=incident.id,
        unit=unit_id,
        rank=rank,
        after=_last_order(draft.state, unit_id) if command.how == "stack" else None,
        comment=command.comment,
        grant=authority or command.grant,
        parent=command.parent,
    )
    draft.write(dispatched)
    if command.how == "divert" and at_now is not None:
        _put_before_what_waited(draft, at_now, dispatched.assignment_id)
    if draft.state.incidents[incident.id].state in UNSENT:
        draft.write(IncidentActivated(**draft.head, incident_id=incident.id))
    return None


def _may_be_sent(
    state: State, unit: Unit, command: DispatchUnits, elsewhere: list[Assignment]
) -> Refusal | None:
    """On duty, and free or explicitly diverted or stacked; nobody is diverted off a scene."""
    unavailable = unit.state in UNASSIGNABLE and unit.state is not UnitState.BUSY
    if unavailable or (unit.state is UnitState.BUSY and command.how is None):
        return refuse("unit-unavailable", field="units", unit=unit.id, state=unit.state)
    if elsewhere and command.how is None:
        return _committed(state, elsewhere[0])
    on_scene = moving_of_unit(state, unit.id)
    if command.how == "divert" and on_scene and on_scene.state is AssignmentState.ONSCENE:
        there = state.incidents[on_scene.incident]
        return refuse("on-scene-elsewhere", field="units", unit=unit.id, no=there.no)
    return None


def _divert(draft: Draft, at_now: Assignment, incident: Incident) -> None:
    """End what the unit does now; a reservation, never called, is only dropped."""
    live = at_now.is_live
    end(
        draft,
        at_now,
        AssignmentState.DIVERTED if live else AssignmentState.CANCELLED,
        said_at=draft.at,
        reason="diverted",
        diverted_to=incident.id if live else None,
    )


def _last_order(state: State, unit: str) -> str | None:
    """What a stacked order waits behind: the last the unit was given."""
    return next((one.id for one in reversed(live_of_unit(state, unit))), None)


def _put_before_what_waited(draft: Draft, ended: Assignment, instead: str) -> None:
    """What waited behind the order that was ended waits behind the one that took its place."""
    for one in live_of_unit(draft.state, ended.unit):
        if one.after == ended.id:
            moved = OrderMoved(
                **draft.head, assignment_id=one.id, incident_id=one.incident, unit=one.unit, after=instead
            )
            draft.write(moved)


def set_step(draft: Draft, command: SetStep) -> Refusal | None:
    """Quote a unit's step; steps it must have passed are stamped as inferred."""
    assignment = _as_seen(draft.state, command)
    if isinstance(assignment, Refusal):
        return assignment
    if _is_no_step(draft, assignment, command):
        return None
    if not assignment.is_live:
        return _not_now(draft.state, assignment)
    said_at = command.said_at or command.at
    if refusal := may_step(draft.state, assignment, command.step) or _may_be_quoted(assignment, command):
        return refusal
    if said_at < assignment.reached_at:
        return refuse("older-than-step", field="said_at", unit=assignment.unit, state=assignment.state)
    advance(
        draft,
        assignment,
        command.step,
        said_at=said_at,
        evidence=command.evidence,
        disposition=command.disposition,
    )
    return None


def _is_no_step(draft: Draft, assignment: Assignment, command: SetStep) -> bool:
    """A recall that was heard, a disposition that was owed, or what was quoted before."""
    if assignment.recall_open and command.step is AssignmentState.SIGNED:
        hear_recall(draft, assignment, said_at=command.said_at or command.at, evidence=command.evidence)
        return True
    if assignment.state is command.step:
        _add_disposition(draft, assignment, command.disposition)
        return True
    return False


def may_step(state: State, assignment: Assignment, step: AssignmentState) -> Refusal | None:
    """Forward only, and into one place at a time."""
    if STEPS.index(step) < STEPS.index(assignment.state):
        return refuse("no-step-back", field="step", unit=assignment.unit, state=assignment.state)
    moving = moving_of_unit(state, assignment.unit)
    if step in MOVING and moving is not None and moving.id != assignment.id:
        there = state.incidents[moving.incident]
        return refuse("two-places", unit=moving.unit, state=moving.state, no=there.no)
    return None


def _may_be_quoted(assignment: Assignment, command: SetStep) -> Refusal | None:
    """The desk clears with a disposition, which admits it where the unit never came."""
    if command.step is not AssignmentState.CLEARED:
        return None
    if refusal := given(command.disposition, "disposition"):
        return refusal
    if assignment.state is not AssignmentState.ONSCENE and command.disposition != NO_ARRIVAL:
        return refuse("not-arrived", field="disposition", unit=assignment.unit)
    return None


def _add_disposition(draft: Draft, assignment: Assignment, disposition: str | None) -> None:
    """A unit cleared by voice gets the disposition the desk still owes; any other repetition is nothing."""
    owed = assignment.state is AssignmentState.CLEARED and assignment.disposition is None
    if not (owed and disposition):
        return
    added = DispositionAdded(
        **draft.head,
        assignment_id=assignment.id,
        incident_id=assignment.incident,
        unit=assignment.unit,
        disposition=disposition,
    )
    draft.write(added)


def decline(draft: Draft, command: Decline) -> Refusal | None:
    """Quote a unit that cannot go, before it moved."""
    assignment = _as_seen(draft.state, command)
    if isinstance(assignment, Refusal):
        return assignment
    if assignment.state is AssignmentState.DECLINED:
        return None
    if assignment.state not in BEFORE_MOVING:
        return _not_now(draft.state, assignment)
    if refusal := given(command.reason, "reason"):
        return refusal
    end(draft, assignment, AssignmentState.DECLINED, said_at=command.at, reason=command.reason)
    return None


def cancel_assignment(draft: Draft, command: CancelAssignment) -> Refusal | None:
    """Recall a unit, or drop a reservation."""
    assignment = _as_seen(draft.state, command)
    if isinstance(assignment, Refusal):
        return assignment
    if assignment.state is AssignmentState.CANCELLED:
        return None
    if not assignment.is_unfinished:
        return _not_now(draft.state, assignment)
    if refusal := given(command.reason, "reason"):
        return refusal
    call_off(draft, assignment, command.reason)
    return None


def _to_send_to(state: State, command: Reserve | DispatchUnits) -> Incident | Refusal:
    """Return the incident if units may be sent to it."""
    incident = incident_named(state, command.incident_id)
    if isinstance(incident, Refusal):
        return incident
    return incident_in(incident, *WORKING) or seen_as_it_is(incident, command.version) or incident


def _as_seen(state: State, command: AssignmentCommand) -> Assignment | Refusal:
    """Return the assignment if nobody changed it since the asker looked."""
    assignment = assignment_named(state, command.assignment_id)
    if isinstance(assignment, Refusal):
        return assignment
    return seen_as_it_is(assignment, command.version) or assignment


def _committed(state: State, busy: Assignment) -> Refusal:
    there = state.incidents[busy.incident]
    return refuse("unit-committed", field="units", unit=busy.unit, no=there.no, state=busy.state)


def _not_now(state: State, assignment: Assignment) -> Refusal:
    there = state.incidents[assignment.incident]
    return refuse("assignment-state", unit=assignment.unit, state=assignment.state, no=there.no)
