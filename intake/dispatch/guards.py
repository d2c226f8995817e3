"""Conditions several rules share, each named for what it guards; None means nothing is in the way."""

from intake.dispatch.base import Actor, Exercise, Role, Versioned
from intake.dispatch.objects import Alarm, AlarmState, Assignment, Incident, IncidentState, Unit
from intake.dispatch.queries import assignments_of, merged_whither
from intake.dispatch.refusals import Refusal, refuse
from intake.dispatch.state import State

DECIDED = frozenset({AlarmState.LINKED, AlarmState.DISMISSED, AlarmState.TRANSFERRED})


def alarm_named(state: State, id_: str) -> Alarm | Refusal:
    """Return the alarm, or the refusal that there is none."""
    return state.alarms.get(id_) or refuse("unknown", field="alarm_id", what="alarm", id=id_)


def incident_named(state: State, id_: str) -> Incident | Refusal:
    """Return the incident, or the refusal that there is none, or that another stands for it."""
    incident = state.incidents.get(id_)
    if incident is None:
        return refuse("unknown", field="incident_id", what="incident", id=id_)
    if incident.state is IncidentState.MERGED:
        into = state.incidents[merged_whither(state, id_)]
        return refuse("incident-merged", field="incident_id", no=incident.no, into=into.no)
    return incident


def assignment_named(state: State, id_: str) -> Assignment | Refusal:
    """Return the assignment, or the refusal that there is none."""
    return state.assignments.get(id_) or refuse("unknown", field="assignment_id", what="assignment", id=id_)


def unit_named(state: State, id_: str) -> Unit | Refusal:
    """Return the unit, or the refusal that there is none."""
    return state.units.get(id_) or refuse("unknown", field="unit", what="unit", id=id_)


def seen_as_it_is(thing: Versioned, version: int | None) -> Refusal | None:
    """Compare-and-set: whoever decided on an older version is told who changed it."""
    if version is None or version == thing.version:
        return None
    return refuse("version", field="version", by=thing.changed_by)


def still_to_decide(alarm: Alarm) -> Refusal | None:
    """An alarm is decided once; what became an incident is closed as one."""
    if alarm.state is AlarmState.PROMOTED:
        return refuse("alarm-promoted")
    if alarm.state in DECIDED:
        return refuse("alarm-decided", state=alarm.state)
    if alarm.state is AlarmState.OFFERED and alarm.offer is not None:
        return refuse("offer-open", to=alarm.offer.to)
    return None


def not_anothers(alarm: Alarm, by: Actor) -> Refusal | None:
    """A claimed alarm is its claimer's; only a supervisor may act over that."""
    if alarm.claimed_by in (None, by.name) or by.role is Role.SUPERVISOR:
        return None
    return refuse("claimed", by=alarm.claimed_by)


def mine_to_decide(state: State, alarm_id: str, version: int | None, by: Actor) -> Alarm | Refusal:
    """Return the alarm if it waits for a decision and nobody else has it."""
    alarm = alarm_named(state, alarm_id)
    if isinstance(alarm, Refusal):
        return alarm
    return still_to_decide(alarm) or seen_as_it_is(alarm, version) or not_anothers(alarm, by) or alarm


def incident_in(incident: Incident, *states: IncidentState) -> Refusal | None:
    """The incident is in one of these states."""
    if incident.state in states:
        return None
    code = "incident-state" if incident.is_open else "incident-over"
    return refuse(code, no=incident.no, state=incident.state)


def nobody_on_it(state: State, incident: Incident) -> Refusal | None:
    """No unit is reserved for the incident or still on it."""
    units = [one.unit for one in assignments_of(state, incident.id) if one.is_unfinished]
    if not units:
        return None
    return refuse("units-not-done", units=", ".join(units), no=incident.no)


def not_mixed(one: Exercise, other: Exercise) -> Refusal | None:
    """Real work, exercises and tests are never joined."""
    return None if one == other else refuse("exercise-mixed", one=one, other=other)


def given(value: str | None, field: str) -> Refusal | None:
    """A field that must not be empty."""
    return None if value and value.strip() else refuse("missing", field=field)
