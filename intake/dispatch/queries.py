"""Questions the rules and the board ask of the state."""

from collections.abc import Iterator
from datetime import datetime

from intake.dispatch.objects import (
    MOVING,
    STEPS,
    Alarm,
    AlarmState,
    Assignment,
    AssignmentState,
    Incident,
    IncidentState,
)
from intake.dispatch.speech import Over
from intake.dispatch.state import State

WAITING_ALARM = frozenset({AlarmState.QUEUED, AlarmState.CLAIMED, AlarmState.OFFERED})
WORKING_INCIDENT = frozenset({IncidentState.PENDING, IncidentState.HELD, IncidentState.ACTIVE})


def assignments_of(state: State, incident_id: str) -> tuple[Assignment, ...]:
    """Return every assignment of an incident, oldest first."""
    ids = state.incident_assignments.get(incident_id, ())
    return tuple(state.assignments[id_] for id_ in ids)


def live_of_incident(state: State, incident_id: str) -> tuple[Assignment, ...]:
    """Return the assignments of an incident whose units are sent and not done."""
    return tuple(one for one in assignments_of(state, incident_id) if one.is_live)


def unfinished_of_unit(state: State, unit: str) -> tuple[Assignment, ...]:
    """Return a unit's reserved and live assignments, oldest first."""
    return tuple(state.assignments[id_] for id_ in state.unit_unfinished.get(unit, ()))


def live_of_unit(state: State, unit: str) -> tuple[Assignment, ...]:
    """Return a unit's live assignments, oldest first."""
    return tuple(one for one in unfinished_of_unit(state, unit) if one.is_live)


def moving_of_unit(state: State, unit: str) -> Assignment | None:
    """Return the one assignment a unit is en route to or on scene at."""
    return next((one for one in live_of_unit(state, unit) if one.state in MOVING), None)


def awaited(state: State) -> frozenset[str]:
    """Return the units that were ordered or called off and have not answered: one will speak next."""
    ordered = (
        unit
        for unit in state.unit_unfinished
        if any(one.state is AssignmentState.DISPATCHED for one in live_of_unit(state, unit))
    )
    return frozenset((*ordered, *state.recalls))


def recalls_of_unit(state: State, unit: str) -> tuple[Assignment, ...]:
    """Return the assignments a unit was called off and has not said that it heard it, oldest first."""
    return tuple(state.assignments[id_] for id_ in state.recalls.get(unit, ()))


def is_stacked(state: State, assignment: Assignment) -> bool:
    """Return whether an assignment still waits behind another of its unit, or what that one waited behind."""
    first = state.assignments.get(assignment.after or "")
    return first is not None and (first.is_live or is_stacked(state, first))


def current_of_unit(state: State, unit: str) -> Assignment | None:
    """Return what a unit is at now: the moving assignment, else the oldest that waits for nothing."""
    live = live_of_unit(state, unit)
    free = (one for one in live if not is_stacked(state, one))
    return moving_of_unit(state, unit) or next(free, None)


def assignment_of(state: State, unit: str, incident_id: str) -> Assignment | None:
    """Return a unit's unfinished assignment on one incident."""
    mine = (one for one in unfinished_of_unit(state, unit) if one.incident == incident_id)
    return next(mine, None)


def merged_whither(state: State, incident_id: str) -> str:
    """Return the incident that stands for one: itself unless it was merged, by however many steps."""
    incident = state.incidents.get(incident_id)
    while incident is not None and incident.merged_into is not None:
        incident = state.incidents.get(incident.merged_into)
    return incident.id if incident else incident_id


def merged_into(state: State, incident_id: str) -> tuple[Incident, ...]:
    """Return the incidents that were merged into one, by however many steps."""
    incident = state.incidents.get(incident_id)
    direct = [state.incidents[id_] for id_ in incident.absorbed] if incident else []
    return tuple(each for one in direct for each in (one, *merged_into(state, one.id)))


def alarms_of(state: State, incident_id: str) -> tuple[Alarm, ...]:
    """Return the alarms that became or joined an incident."""
    return tuple(state.alarms[id_] for id_ in state.incident_alarms.get(incident_id, ()))


def incident_numbered(state: State, no: int) -> Incident | None:
    """Return the incident that had a daily number last."""
    return state.incidents.get(state.numbers.get(no, ""))


def somebody_arrived(state: State, incident: Incident, since: datetime | None = None) -> bool:
    """Return whether any unit came to the incident, at or after `since` where given."""
    return any(
        one.arrived and (since is None or one.stamps[AssignmentState.ONSCENE].at >= since)
        for one in assignments_of(state, incident.id)
    )


def incident_step(state: State, incident_id: str) -> str:
    """Return the furthest step of any live assignment: UNSENT, SENT, SIGNED, ENROUTE or ONSCENE."""
    reached = [STEPS.index(one.state) for one in live_of_incident(state, incident_id)]
    if not reached:
        return "UNSENT"
    step = STEPS[max(reached)]
    return "SENT" if step is AssignmentState.DISPATCHED else step.value


def unit_state(state: State, unit: str) -> str:
    """Return what a unit is at: its current step if sent, RESERVED if set aside, else what is stored."""
    current = current_of_unit(state, unit)
    if current is not None:
        return current.state.value
    if unfinished_of_unit(state, unit):
        return AssignmentState.RESERVED.value
    return state.units[unit].state.value


def unit_of_radio(state: State, radio: str) -> str | None:
    """Return whose radio it is, by its key: as a person said, else by the numbers of the site file.

    A name or number without a kind of signalling stands for any kind.
    """
    keys = (radio, radio.partition(":")[2] or radio)
    named = (state.radios[key].unit for key in keys if key in state.radios)
    carried = (unit.id for key in keys for unit in state.units.values() if key in unit.card.radios)
    return next((unit for unit in named if unit), None) or next(carried, None)


def overs_of(state: State, alarm: Alarm) -> tuple[Over, ...]:
    """Return the recorded overs that are an alarm's evidence, oldest first."""
    own = (alarm.content.over,) if alarm.content.over in state.overs else ()
    ids = dict.fromkeys((*own, *state.alarm_overs.get(alarm.id, ())))
    return tuple(sorted((state.overs[id_] for id_ in ids), key=lambda over: over.meta.said_at))


def place_of(state: State, alarm: Alarm) -> str | None:
    """Return where an alarm is: as its source said, else as the words of its overs did, the latest last."""
    said = (over.transcript.understanding.place for over in overs_of(state, alarm) if over.transcript)
    return alarm.content.place or next((place for place in reversed(tuple(said)) if place), None)


def queue(state: State) -> list[Alarm | Incident]:
    """Return what waits or is worked on, in the order of the screen.

    Most urgent priority first; within it what nobody has yet (unclaimed alarms, pending incidents), then the
    rest; within that what came back to the queue, then the oldest.
    """
    return sorted(_waiting(state), key=_rank)


def _waiting(state: State) -> Iterator[Alarm | Incident]:
    yield from (alarm for alarm in state.alarms.values() if alarm.state in WAITING_ALARM)
    yield from (one for one in state.incidents.values() if one.state in WORKING_INCIDENT)


def _rank(row: Alarm | Incident) -> tuple[int, bool, bool, datetime, str]:
    if isinstance(row, Alarm):
        taken = row.state is AlarmState.CLAIMED
        return row.content.priority, taken, True, row.content.recorded_at, row.id
    taken = row.state is not IncidentState.PENDING
    return row.priority, taken, row.returned_at is None, row.first_at, row.id
