"""What merging and splitting make of both incidents, and of the alarms and assignments that move."""

from collections.abc import Iterable, Iterator
from typing import Any

from intake.dispatch.changes import changed
from intake.dispatch.incident_events import IncidentMerged, IncidentSplit
from intake.dispatch.objects import Alarm, Assignment, IncidentState
from intake.dispatch.queries import alarms_of, assignments_of
from intake.dispatch.state import State, Thing

Moved = Alarm | Assignment


def _merged(state: State, event: IncidentMerged) -> tuple[Thing, ...]:
    gone, into = state.incidents[event.incident_id], state.incidents[event.into]
    moved = _parts(state, gone.id)
    gone_now = {"merged_into": into.id, "brought": tuple(one.id for one in moved)}
    into_now = {"first_at": min(into.first_at, gone.first_at), "absorbed": (*into.absorbed, gone.id)}
    return (
        changed(gone, event, state=IncidentState.MERGED, review_at=None, hold_reason=None, **gone_now),
        changed(into, event, **into_now),
        *_moved(moved, into.id, event),
    )


def _split(state: State, event: IncidentSplit) -> tuple[Thing, ...]:
    back = state.incidents[event.incident_id]
    holder = state.incidents[back.merged_into or ""]
    moved = (one for one in _parts(state, event.out_of) if one.id in event.brought)
    back_now = {"merged_into": None, "brought": (), "returned_at": event.at, "disposition": None}
    rest = tuple(id_ for id_ in holder.absorbed if id_ != back.id)
    return (
        changed(back, event, state=IncidentState.PENDING, **back_now),
        changed(holder, event, absorbed=rest),
        *_moved(moved, back.id, event),
    )


def _parts(state: State, incident_id: str) -> tuple[Moved, ...]:
    return (*alarms_of(state, incident_id), *assignments_of(state, incident_id))


def _moved(things: Iterable[Moved], incident: str, event: IncidentMerged | IncidentSplit) -> Iterator[Thing]:
    return (changed(thing, event, incident=incident) for thing in things)


AFTER: dict[type, Any] = {IncidentMerged: _merged, IncidentSplit: _split}
