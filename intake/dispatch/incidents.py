"""Rules about incidents: opened, held, raised, resolved, closed, called off, reopened."""

from intake.dispatch.base import Exercise
from intake.dispatch.commands import (
    AddNote,
    CancelIncident,
    Close,
    Hold,
    IncidentCommand,
    NewIncident,
    ReleaseHold,
    ReopenIncident,
    Resolve,
    SetPriority,
)
from intake.dispatch.desk_events import (
    IncidentCancelled,
    IncidentClosed,
    IncidentHeld,
    IncidentNoted,
    IncidentOpened,
    IncidentReprioritised,
    IncidentResolved,
    IncidentReturned,
)
from intake.dispatch.draft import Draft
from intake.dispatch.guards import given, incident_in, incident_named, nobody_on_it, seen_as_it_is
from intake.dispatch.numbering import next_number
from intake.dispatch.objects import Alarm, Incident, IncidentState
from intake.dispatch.queries import assignments_of, somebody_arrived
from intake.dispatch.refusals import Refusal, refuse
from intake.dispatch.steps import call_off

NOBODY_CAME = frozenset({"no-dispatch", "no-arrival"})
"""Dispositions of an incident no unit arrived at."""

UNSENT = (IncidentState.PENDING, IncidentState.HELD)
WORKING = (*UNSENT, IncidentState.ACTIVE)
ENDED = (IncidentState.RESOLVED, IncidentState.CLOSED, IncidentState.CANCELLED)


def open_incident(
    draft: Draft,
    *,
    incident_id: str,
    type_: str,
    place: str,
    priority: int,
    summary: str | None,
    lead: str | None,
    alarm: Alarm | None,
    exercise: Exercise,
) -> None:
    """Write a new incident with the next free number of the day; its age is its first alarm's.

    So are its words where `summary` is None, in both languages.
    """
    own = alarm.content if alarm and summary is None else None
    numbering = next_number(draft.state, draft.at)
    policy = draft.state.policy
    lead = lead or policy.jurisdiction.lead(type_, place, draft.at, policy.zone)
    opened = IncidentOpened(
        **draft.head,
        incident_id=incident_id,
        no=numbering.last,
        day=numbering.day,
        type=type_,
        priority=priority,
        place=place,
        first_at=alarm.content.recorded_at if alarm else draft.at,
        summary=own.text if own else summary or "",
        summary_zh=own.text_zh if own else "",
        lead=lead,
        alarm_id=alarm.id if alarm else None,
        exercise=exercise,
    )
    draft.write(opened)


def new_incident(draft: Draft, command: NewIncident) -> Refusal | None:
    """Open an incident by hand, exactly once for its id."""
    if command.incident_id in draft.state.incidents:
        return None
    if refusal := given(command.type, "type") or given(command.place, "place"):
        return refusal
    priority = command.priority
    open_incident(
        draft,
        incident_id=command.incident_id,
        type_=command.type,
        place=command.place,
        priority=draft.state.policy.priority_of(command.type) if priority is None else priority,
        summary=command.summary,
        lead=command.lead,
        alarm=None,
        exercise=command.exercise,
    )
    return None


def add_note(draft: Draft, command: AddNote) -> Refusal | None:
    """Write a line, on an incident in any state."""
    incident = _as_seen(draft, command)
    if isinstance(incident, Refusal):
        return incident
    if refusal := given(command.text, "text"):
        return refusal
    draft.write(IncidentNoted(**draft.head, incident_id=incident.id, text=command.text))
    return None


def set_priority(draft: Draft, command: SetPriority) -> Refusal | None:
    """Change the priority; a held incident that becomes priority 0 comes back at once."""
    incident = _as_seen(draft, command)
    if isinstance(incident, Refusal):
        return incident
    if command.priority == incident.priority:
        return None
    if refusal := incident_in(incident, *WORKING, IncidentState.RESOLVED):
        return refusal
    if command.priority > incident.priority and not command.reason.strip():
        return refuse("lower-needs-reason", field="reason")
    reprioritise(draft, incident, command.priority, command.reason)
    return None


def reprioritise(draft: Draft, incident: Incident, priority: int, reason: str) -> None:
    """Write a new priority; nothing of priority 0 stays held."""
    reprioritised = IncidentReprioritised(
        **draft.head, incident_id=incident.id, before=incident.priority, after=priority, reason=reason
    )
    draft.write(reprioritised)
    if priority == 0 and incident.state is IncidentState.HELD:
        _return(draft, incident, "hold-released", reason)


def hold(draft: Draft, command: Hold) -> Refusal | None:
    """Let an incident wait for its review; priority 0 never waits."""
    incident = _as_seen(draft, command)
    if isinstance(incident, Refusal):
        return incident
    if incident.priority == 0:
        return refuse("hold-priority-0")
    if refusal := incident_in(incident, IncidentState.PENDING) or given(command.reason, "reason"):
        return refusal
    if command.review_at <= command.at:
        return refuse("review-in-past", field="review_at")
    held = IncidentHeld(
        **draft.head, incident_id=incident.id, review_at=command.review_at, reason=command.reason
    )
    draft.write(held)
    return None


def release_hold(draft: Draft, command: ReleaseHold) -> Refusal | None:
    """Bring a held incident back, on top of its priority."""
    incident = _as_seen(draft, command)
    if isinstance(incident, Refusal):
        return incident
    if refusal := incident_in(incident, IncidentState.HELD):
        return refusal
    _return(draft, incident, "hold-released", command.reason)
    return None


def resolve(draft: Draft, command: Resolve) -> Refusal | None:
    """End the work: no unit left on it, and the disposition says so where nobody came."""
    incident = _as_seen(draft, command)
    if isinstance(incident, Refusal):
        return incident
    return _resolve(draft, incident, command.disposition, command.text)


def close(draft: Draft, command: Close) -> Refusal | None:
    """Store disposition and feedback, resolving first what is not resolved yet."""
    incident = _as_seen(draft, command)
    if isinstance(incident, Refusal):
        return incident
    if refusal := given(command.text, "text"):
        return refusal
    disposition = command.disposition or incident.disposition
    if incident.state is not IncidentState.RESOLVED and (
        refusal := _resolve(draft, incident, disposition, command.text)
    ):
        return refusal
    if refusal := given(disposition, "disposition"):
        return refusal
    closed = IncidentClosed(
        **draft.head, incident_id=incident.id, disposition=disposition or "", feedback=command.text
    )
    draft.write(closed)
    return None


def _resolve(draft: Draft, incident: Incident, disposition: str | None, text: str) -> Refusal | None:
    state = draft.state
    if refusal := (
        incident_in(incident, *WORKING) or nobody_on_it(state, incident) or given(disposition, "disposition")
    ):
        return refusal
    if not somebody_arrived(state, incident) and disposition not in NOBODY_CAME:
        return refuse("nobody-arrived", field="disposition", no=incident.no)
    resolved = IncidentResolved(
        **draft.head, incident_id=incident.id, disposition=disposition or "", text=text
    )
    draft.write(resolved)
    return None


def cancel_incident(draft: Draft, command: CancelIncident) -> Refusal | None:
    """Call it off: everybody reserved for it or sent is recalled."""
    incident = _as_seen(draft, command)
    if isinstance(incident, Refusal):
        return incident
    if refusal := incident_in(incident, *WORKING) or given(command.reason, "reason"):
        return refusal
    draft.write(IncidentCancelled(**draft.head, incident_id=incident.id, reason=command.reason))
    for assignment in assignments_of(draft.state, incident.id):
        if assignment.is_unfinished:
            call_off(draft, assignment, command.reason)
    return None


def reopen_incident(draft: Draft, command: ReopenIncident) -> Refusal | None:
    """Bring an ended incident back, on top of its priority."""
    incident = _as_seen(draft, command)
    if isinstance(incident, Refusal):
        return incident
    if refusal := incident_in(incident, *ENDED) or given(command.reason, "reason"):
        return refusal
    _return(draft, incident, "reopened", command.reason)
    return None


def _return(draft: Draft, incident: Incident, why: str, reason: str) -> None:
    returned = IncidentReturned(**draft.head, incident_id=incident.id, why=why, reason=reason)
    draft.write(returned)


def _as_seen(draft: Draft, command: IncidentCommand) -> Incident | Refusal:
    """Return the incident if nobody changed it since the asker looked."""
    incident = incident_named(draft.state, command.incident_id)
    if isinstance(incident, Refusal):
        return incident
    return seen_as_it_is(incident, command.version) or incident
