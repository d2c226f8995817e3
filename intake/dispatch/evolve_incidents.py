"""What each event makes of incidents."""

from typing import Any

from intake.dispatch.changes import changed, observed
from intake.dispatch.desk_events import (
    CertaintyChanged,
    IncidentActivated,
    IncidentCancelled,
    IncidentClosed,
    IncidentHeld,
    IncidentNoted,
    IncidentOpened,
    IncidentReprioritised,
    IncidentResolved,
    IncidentReturned,
)
from intake.dispatch.incident_events import CertaintyProposed
from intake.dispatch.objects import Incident, IncidentState
from intake.dispatch.state import State, Thing


def _opened(_state: State, event: IncidentOpened) -> tuple[Thing, ...]:
    incident = Incident(
        id=event.incident_id,
        changed_by=event.by.name,
        changed_at=event.at,
        no=event.no,
        type=event.type,
        priority=event.priority,
        place=event.place,
        summary=event.summary,
        summary_zh=event.summary_zh,
        lead=event.lead,
        first_at=event.first_at,
        opened_at=event.at,
        exercise=event.exercise,
    )
    return (incident,)


def _noted(state: State, event: IncidentNoted) -> tuple[Thing, ...]:
    incident = state.incidents[event.incident_id]
    return (changed(incident, event, notes=incident.notes + 1),)


def _reprioritised(state: State, event: IncidentReprioritised) -> tuple[Thing, ...]:
    return (changed(state.incidents[event.incident_id], event, priority=event.after),)


def _certainty(state: State, event: CertaintyChanged) -> tuple[Thing, ...]:
    incident = state.incidents[event.incident_id]
    return (changed(incident, event, certainty=event.after, sighting=None),)


def _sighted(state: State, event: CertaintyProposed) -> tuple[Thing, ...]:
    return (observed(state.incidents[event.incident_id], sighting=event.sighting),)


def _held(state: State, event: IncidentHeld) -> tuple[Thing, ...]:
    held = {"review_at": event.review_at, "hold_reason": event.reason, "held_at": event.at}
    return (changed(state.incidents[event.incident_id], event, state=IncidentState.HELD, **held),)


def _activated(state: State, event: IncidentActivated) -> tuple[Thing, ...]:
    unheld = {"review_at": None, "hold_reason": None}
    return (changed(state.incidents[event.incident_id], event, state=IncidentState.ACTIVE, **unheld),)


def _returned(state: State, event: IncidentReturned) -> tuple[Thing, ...]:
    back = {"returned_at": event.at, "review_at": None, "hold_reason": None, "disposition": None}
    return (changed(state.incidents[event.incident_id], event, state=IncidentState.PENDING, **back),)


def _resolved(state: State, event: IncidentResolved) -> tuple[Thing, ...]:
    done = {"disposition": event.disposition, "review_at": None, "hold_reason": None}
    return (changed(state.incidents[event.incident_id], event, state=IncidentState.RESOLVED, **done),)


def _closed(state: State, event: IncidentClosed) -> tuple[Thing, ...]:
    done = {"disposition": event.disposition, "feedback": event.feedback}
    return (changed(state.incidents[event.incident_id], event, state=IncidentState.CLOSED, **done),)


def _cancelled(state: State, event: IncidentCancelled) -> tuple[Thing, ...]:
    incident = state.incidents[event.incident_id]
    return (changed(incident, event, state=IncidentState.CANCELLED, review_at=None, hold_reason=None),)


AFTER: dict[type, Any] = {
    IncidentOpened: _opened,
    IncidentNoted: _noted,
    IncidentReprioritised: _reprioritised,
    CertaintyChanged: _certainty,
    CertaintyProposed: _sighted,
    IncidentHeld: _held,
    IncidentActivated: _activated,
    IncidentReturned: _returned,
    IncidentResolved: _resolved,
    IncidentClosed: _closed,
    IncidentCancelled: _cancelled,
}
