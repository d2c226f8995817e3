"""What merging and splitting make of both incidents, and of the alarms and orders that move."""

from collections.abc import Iterable, Iterator
from typing import Any

from intake.agencies.objects import TeamOrder
from intake.dispatch.changes import changed
from intake.dispatch.incident_events import IncidentMerged, IncidentSplit
from intake.dispatch.objects import Alarm, Assignment, Incident, IncidentState
from intake.dispatch.queries import alarms_of, assignments_of
from intake.dispatch.state import State, Thing

Moved = Alarm | Assignment


def _merged(state: State, event: IncidentMerged) -> tuple[Thing, ...]:
    gone, into = state.incidents[event.incident_id], state.incidents[event.into]
    moved, orders = _parts(state, gone.id), _waiting_orders(gone, into)
    gone_now = {
        "merged_into": into.id,
        "brought": tuple(one.id for one in (*moved, *orders)),
        "teams": tuple(one for one in gone.teams if one not in orders),
    }
    into_now = {
        "first_at": min(into.first_at, gone.first_at),
        "absorbed": (*into.absorbed, gone.id),
        "teams": (*into.teams, *orders),
    }
    return (
        changed(gone, event, state=IncidentState.MERGED, review_at=None, hold_reason=None, **gone_now),
        changed(into, event, **into_now),
        *_moved(moved, into.id, event),
    )


def _split(state: State, event: IncidentSplit) -> tuple[Thing, ...]:
    back = state.incidents[event.incident_id]
    holder = state.incidents[back.merged_into or ""]
    moved = (one for one in _parts(state, event.out_of) if one.id in event.brought)
    orders = tuple(one for one in holder.teams if one.id in event.brought)
    back_now = {
        "merged_into": None,
        "brought": (),
        "returned_at": event.at,
        "disposition": None,
        "teams": (*back.teams, *orders),
    }
    rest = {
        "absorbed": tuple(id_ for id_ in holder.absorbed if id_ != back.id),
        "teams": tuple(one for one in holder.teams if one not in orders),
    }
    return (
        changed(back, event, state=IncidentState.PENDING, **back_now),
        changed(holder, event, **rest),
        *_moved(moved, back.id, event),
    )


def _waiting_orders(gone: Incident, into: Incident) -> tuple[TeamOrder, ...]:
    """Orders whose desk has not named anybody; a team that both asked has one order now."""
    asked = {one.team for one in into.teams if one.is_open}
    return tuple(one for one in gone.teams if one.is_open and one.team not in asked)


def _parts(state: State, incident_id: str) -> tuple[Moved, ...]:
    return (*alarms_of(state, incident_id), *assignments_of(state, incident_id))


def _moved(things: Iterable[Moved], incident: str, event: IncidentMerged | IncidentSplit) -> Iterator[Thing]:
    return (changed(thing, event, incident=incident) for thing in things)


AFTER: dict[type, Any] = {IncidentMerged: _merged, IncidentSplit: _split}
