"""The brief: every line the next shift must have read, made of the board as it stands."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from intake.dispatch.objects import (
    UNASSIGNABLE,
    Alarm,
    Assignment,
    AssignmentState,
    Incident,
    IncidentState,
    Unit,
)
from intake.dispatch.queries import WAITING_ALARM, assignments_of, live_of_incident
from intake.dispatch.state import State
from intake.handover.objects import Handover, Note

WELL = frozenset({"ready", "ok", "idle", "busy", "open", "up"})
"""Device states that need no word."""


@dataclass(frozen=True, slots=True)
class Line:
    """One matter. `key` stays while the matter lasts; `facts` are codes and values, ready for JSON."""

    key: str
    kind: str
    facts: dict[str, Any] = field(default_factory=dict)


def brief(state: State, handover: Handover) -> tuple[Line, ...]:
    """Return what to hand over, the most urgent first.

    Alarms that wait, open incidents by priority, held ones, orders not signed for, units off the board, what
    is broken, what still lacks its outcome, notes (domain page, shift handover).
    """
    return (
        *_waiting(state),
        *_incidents(state),
        *_unsigned(state),
        *_units(state),
        *_faults(state),
        *_unfinished(state),
        *_grants(state),
        *(Line(f"note:{one.id}", "note", _note_facts(one)) for one in handover.notes),
    )


def unread(state: State, handover: Handover) -> tuple[Line, ...]:
    """Return the lines of the brief nobody of the next shift has read, as the board stands."""
    return tuple(line for line in brief(state, handover) if line.key not in handover.read)


def latest(state: State) -> Handover | None:
    """Return the handover that was signed by both last: who answers for the desk since then."""
    signed = (one for one in state.handovers.values() if not one.is_open and one.dropped is None)
    return max(signed, key=lambda one: (one.changed_at, one.id), default=None)


def _waiting(state: State) -> Iterator[Line]:
    rows = (alarm for alarm in state.alarms.values() if alarm.state in WAITING_ALARM)
    for alarm in sorted(rows, key=lambda one: (one.content.priority, one.content.recorded_at, one.id)):
        yield Line(f"alarm:{alarm.id}", "alarm", _alarm_facts(alarm))


def _alarm_facts(alarm: Alarm) -> dict[str, Any]:
    content = alarm.content
    return {
        "alarm": alarm.id,
        "type": content.type,
        "place": content.place,
        "priority": content.priority,
        "state": alarm.state.value,
        "claimed_by": alarm.claimed_by,
        "at": _json(content.recorded_at),
    }


def _incidents(state: State) -> Iterator[Line]:
    rows = [one for one in state.incidents.values() if one.is_open]
    for one in sorted(rows, key=lambda one: (one.priority, one.first_at, one.id)):
        if one.state in (IncidentState.PENDING, IncidentState.ACTIVE):
            yield Line(f"incident:{one.id}", "incident", _incident_facts(state, one))
    for one in sorted(rows, key=lambda one: (one.review_at or one.first_at, one.id)):
        if one.state is IncidentState.HELD:
            held = {"review_at": _json(one.review_at), "reason": one.hold_reason}
            yield Line(f"held:{one.id}", "held", _incident_facts(state, one) | held)


def _incident_facts(state: State, incident: Incident) -> dict[str, Any]:
    live = live_of_incident(state, incident.id)
    heard = [at for one in live if (at := state.units[one.unit].last_heard_at) is not None]
    return {
        "incident": incident.id,
        "no": incident.no,
        "type": incident.type,
        "place": incident.place,
        "priority": incident.priority,
        "state": incident.state.value,
        "units": [one.unit for one in live],
        "summary": incident.summary,
        "last_contact": _json(max(heard, default=None)),
    }


def _unsigned(state: State) -> Iterator[Line]:
    for unit in sorted(state.unit_unfinished):
        for id_ in state.unit_unfinished[unit]:
            one = state.assignments[id_]
            if one.state is AssignmentState.DISPATCHED:
                yield Line(f"unsigned:{id_}", "unsigned", _order_facts(state, one))


def _order_facts(state: State, one: Assignment) -> dict[str, Any]:
    number = state.incidents[one.incident].no
    return {"unit": one.unit, "incident": one.incident, "no": number, "at": _json(one.reached_at)}


def _units(state: State) -> Iterator[Line]:
    """One line for all that are on duty, and one for each that is not to be had, with the reason."""
    units = sorted(state.units.values(), key=lambda unit: unit.id)
    on_duty = [unit.id for unit in units if unit.state not in UNASSIGNABLE]
    yield Line("units", "units", {"units": on_duty})
    for unit in units:
        if unit.state in UNASSIGNABLE:
            yield Line(f"unit:{unit.id}:{unit.state.value}", "unit", _unit_facts(unit))


def _unit_facts(unit: Unit) -> dict[str, Any]:
    return {"unit": unit.id, "state": unit.state.value, "reason": unit.reason}


def _faults(state: State) -> Iterator[Line]:
    for device in sorted(state.devices.values(), key=lambda one: (one.since, one.id)):
        if device.state not in WELL:
            facts = {"device": device.id, "state": device.state, "at": _json(device.since)}
            yield Line(f"device:{device.id}", "device", facts)


def _unfinished(state: State) -> Iterator[Line]:
    """Incidents whose work is done but whose outcome or feedback nobody has written."""
    resolved = (one for one in state.incidents.values() if one.state is IncidentState.RESOLVED)
    for one in sorted(resolved, key=lambda one: (one.first_at, one.id)):
        yield Line(f"feedback:{one.id}", "feedback", {"incident": one.id, "no": one.no, "type": one.type})
    still_open = (one for one in state.incidents.values() if one.is_open)
    for incident in sorted(still_open, key=lambda one: (one.first_at, one.id)):
        for order in assignments_of(state, incident.id):
            if order.state is AssignmentState.CLEARED and order.disposition is None:
                facts = {"unit": order.unit, "incident": incident.id, "no": incident.no}
                yield Line(f"outcome:{order.id}", "outcome", facts)


def _note_facts(note: Note) -> dict[str, Any]:
    return {"text": note.text, "by": note.by.removeprefix("person:"), "at": _json(note.at)}


def _json(at: datetime | None) -> str | None:
    return at.isoformat() if at is not None else None


def _grants(state: State) -> Iterator[Line]:
    """Every grant nobody has revoked; one whose time is over says when that was."""
    for one in sorted(state.grants.values(), key=lambda one: one.no):
        if one.is_open and one.signed_by is not None:
            facts = {"no": one.no, "giver": one.giver, "taker": one.taker, "until": _json(one.until)}
            yield Line(f"grant:{one.id}", "grant", facts)
