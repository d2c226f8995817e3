"""What people decided and what units did: facts an undo takes back within its window."""

from typing import ClassVar, Literal

from pydantic import AwareDatetime

from intake.agencies.objects import Grant
from intake.dispatch.base import Exercise, Priority, Ref
from intake.dispatch.objects import (
    Alarm,
    Assignment,
    AssignmentState,
    Dismissal,
    DismissReason,
    Incident,
    LinkKind,
    Unit,
    UnitState,
)
from intake.dispatch.proposals import Certainty, WhySighted
from intake.dispatch.radio import Radio
from intake.dispatch.source_events import BaseEvent
from intake.handover.objects import Handover
from intake.patrol.objects import Patrolled

WhySurer = Literal["across-sources", "merged"]
WhyCertain = WhySurer | WhySighted | Literal["kept", "desk"]

# Alarms -------------------------------------------------------------------------------------------


class AlarmClaimed(BaseEvent):
    """Somebody took it."""

    kind: Literal["alarm.claimed"] = "alarm.claimed"
    alarm_id: str


class AlarmReleased(BaseEvent):
    """It went back to the queue."""

    kind: Literal["alarm.released"] = "alarm.released"
    alarm_id: str
    reason: str = ""


class AlarmPromoted(BaseEvent):
    """An incident was made of it."""

    kind: Literal["alarm.promoted"] = "alarm.promoted"
    alarm_id: str
    incident_id: str


class AlarmLinked(BaseEvent):
    """It was attached to an incident."""

    kind: Literal["alarm.linked"] = "alarm.linked"
    alarm_id: str
    incident_id: str
    link_kind: LinkKind


class LinkRejected(BaseEvent):
    """Somebody said that it does not belong to these alarms and incidents."""

    kind: Literal["alarm.link-rejected"] = "alarm.link-rejected"
    alarm_id: str
    targets: tuple[str, ...]


class AlarmAcknowledged(BaseEvent):
    """Somebody has looked at an alarm that had joined its incident by itself."""

    kind: Literal["alarm.acknowledged"] = "alarm.acknowledged"
    alarm_id: str


class DismissalAsked(BaseEvent):
    """One person wants a priority 0 alarm dismissed; it stays in the queue."""

    kind: Literal["alarm.dismissal-asked"] = "alarm.dismissal-asked"
    alarm_id: str
    dismissal: Dismissal


class AlarmDismissed(BaseEvent):
    """It was dismissed; `asked_by` is the first of two people."""

    kind: Literal["alarm.dismissed"] = "alarm.dismissed"
    alarm_id: str
    reason: DismissReason
    text: str = ""
    asked_by: str | None = None


class AlarmReopened(BaseEvent):
    """It is back in the queue; `incident_id` is the incident it was linked to."""

    kind: Literal["alarm.reopened"] = "alarm.reopened"
    alarm_id: str
    reason: str
    incident_id: str | None = None


# Incidents ----------------------------------------------------------------------------------------


class IncidentOpened(BaseEvent):
    """An incident exists; `day` is the local date its number counts in."""

    kind: Literal["incident.opened"] = "incident.opened"
    incident_id: str
    no: int
    day: str
    type: str
    priority: Priority
    place: str
    first_at: AwareDatetime
    summary: str = ""
    summary_zh: str = ""
    """Where the words are the alarm's own, and those are known in both languages."""
    lead: str | None = None
    alarm_id: str | None = None
    exercise: Exercise = "actual"


class IncidentNoted(BaseEvent):
    """Somebody wrote a line."""

    kind: Literal["incident.noted"] = "incident.noted"
    incident_id: str
    text: str


class IncidentReprioritised(BaseEvent):
    """Its priority changed."""

    kind: Literal["incident.reprioritised"] = "incident.reprioritised"
    incident_id: str
    before: Priority
    after: Priority
    reason: str = ""


class CertaintyChanged(BaseEvent):
    """How sure it is that it happens, and the code of `why`; `kept`: what was proposed changes nothing.

    `reason` are somebody's words, at the desk or on the channel; `evidence` is the clip they were heard in.
    """

    kind: Literal["incident.certainty"] = "incident.certainty"
    incident_id: str
    before: Certainty
    after: Certainty
    why: WhyCertain
    reason: str = ""
    evidence: str | None = None


class IncidentHeld(BaseEvent):
    """It waits for its review."""

    kind: Literal["incident.held"] = "incident.held"
    incident_id: str
    review_at: AwareDatetime
    reason: str


class IncidentActivated(BaseEvent):
    """Its first unit was sent."""

    kind: Literal["incident.activated"] = "incident.activated"
    incident_id: str


class IncidentReturned(BaseEvent):
    """It is pending again, on top of its priority; `why` is what brought it back."""

    kind: Literal["incident.returned"] = "incident.returned"
    incident_id: str
    why: Literal["hold-released", "no-unit-left", "reopened", "merged", "review-due"]
    reason: str = ""


class IncidentResolved(BaseEvent):
    """The work is done."""

    kind: Literal["incident.resolved"] = "incident.resolved"
    incident_id: str
    disposition: str
    text: str = ""


class IncidentClosed(BaseEvent):
    """Disposition and feedback are stored."""

    kind: Literal["incident.closed"] = "incident.closed"
    incident_id: str
    disposition: str
    feedback: str


class IncidentCancelled(BaseEvent):
    """It was called off."""

    kind: Literal["incident.cancelled"] = "incident.cancelled"
    incident_id: str
    reason: str


# Assignments and units ----------------------------------------------------------------------------


class UnitReserved(BaseEvent):
    """A unit was set aside; nobody called it."""

    kind: Literal["assignment.reserved"] = "assignment.reserved"
    assignment_id: str
    incident_id: str
    unit: str


class UnitDispatched(BaseEvent):
    """A unit was sent; `after` is the assignment it finishes first."""

    kind: Literal["assignment.dispatched"] = "assignment.dispatched"
    assignment_id: str
    incident_id: str
    unit: str
    rank: Literal["primary", "secondary"]
    after: str | None = None
    comment: str = ""
    grant: str | None = None
    """What an order to another agency's unit rests on: a grant's number, or `priority-0`."""
    parent: str | None = None
    """The order to the team's desk that named it."""


class AssignmentStepped(BaseEvent):
    """A unit came further; `inferred` are the steps it must have passed unreported."""

    kind: Literal["assignment.stepped"] = "assignment.stepped"
    assignment_id: str
    incident_id: str
    unit: str
    before: AssignmentState
    step: AssignmentState
    said_at: AwareDatetime
    inferred: tuple[AssignmentState, ...] = ()
    evidence: str | None = None
    confidence: float | None = None
    disposition: str | None = None


class DispositionAdded(BaseEvent):
    """A unit cleared by voice got its disposition."""

    kind: Literal["assignment.disposition"] = "assignment.disposition"
    assignment_id: str
    incident_id: str
    unit: str
    disposition: str


class AssignmentEnded(BaseEvent):
    """A unit is off an incident without clearing it: declined, diverted or cancelled.

    `recall`: it was on its way or there, and must say that it heard it was called off.
    """

    kind: Literal["assignment.ended"] = "assignment.ended"
    assignment_id: str
    incident_id: str
    unit: str
    before: AssignmentState
    state: Literal[AssignmentState.DECLINED, AssignmentState.DIVERTED, AssignmentState.CANCELLED]
    said_at: AwareDatetime
    reason: str = ""
    evidence: str | None = None
    confidence: float | None = None
    diverted_to: str | None = None
    recall: bool = False


class UnitStateSet(BaseEvent):
    """What is stored of a unit changed."""

    kind: Literal["unit.state"] = "unit.state"
    unit: str
    before: UnitState
    after: UnitState
    reason: str = ""
    evidence: str | None = None


class UnitPlaced(BaseEvent):
    """A unit said where it is."""

    kind: Literal["unit.placed"] = "unit.placed"
    unit: str
    place: str
    said_at: AwareDatetime
    source: str


class RadioNamed(BaseEvent):
    """Somebody said whose radio it is; `unit` is None when its name was taken away."""

    kind: Literal["radio.named"] = "radio.named"
    radio: str
    before: str | None = None
    unit: str | None


class ActionUndone(BaseEvent):
    """An action was taken back: what it changed stands as before, what it made is gone."""

    undoable: ClassVar[bool] = False

    kind: Literal["action.undone"] = "action.undone"
    undone: str
    undone_by: str
    alarms: tuple[Alarm, ...] = ()
    incidents: tuple[Incident, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    units: tuple[Unit, ...] = ()
    radios: tuple[Radio, ...] = ()
    handovers: tuple[Handover, ...] = ()
    patrol: tuple[Patrolled, ...] = ()
    grants: tuple[Grant, ...] = ()
    removed: tuple[Ref, ...] = ()
