"""What may be asked of the core. Each command says who, when, and the ids of all it would create.

`id` is made by the shell: the request's correlation id, or the id of the message that caused it. `at` is the
centre's clock. `version`, where given, is the version the asker saw: a loser is refused and told who won.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from intake.dispatch.base import Actor, Exercise
from intake.dispatch.objects import AssignmentState, DismissReason, LinkKind, UnitState

Step = Literal[
    AssignmentState.SIGNED, AssignmentState.ENROUTE, AssignmentState.ONSCENE, AssignmentState.CLEARED
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """What every command carries."""

    id: str
    at: datetime
    by: Actor


# Alarms -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmCommand(Command):
    """A command on one alarm."""

    alarm_id: str
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(AlarmCommand):
    """Take an alarm; the loser of two is told who won."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release(AlarmCommand):
    """Give a claimed alarm back to the queue."""

    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promote(AlarmCommand):
    """Make an incident of an alarm; type, place, priority and summary are the alarm's where not given."""

    incident_id: str
    type: str | None = None
    place: str | None = None
    priority: int | None = None
    summary: str | None = None
    lead: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkAlarm(AlarmCommand):
    """Attach an alarm to an open incident."""

    incident_id: str
    link_kind: LinkKind


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptLink(AlarmCommand):
    """Join what was proposed: `target` is an open incident, or a waiting alarm that becomes `incident_id`."""

    target: str
    incident_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectLink(AlarmCommand):
    """Say that an alarm and what was proposed for it are two matters."""

    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DismissAlarm(AlarmCommand):
    """Dismiss an alarm; at priority 0 the first asks, and a second person's dismissal completes it."""

    reason: DismissReason
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenAlarm(AlarmCommand):
    """Put a linked or dismissed alarm back into the queue."""

    reason: str


# Incidents ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class NewIncident(Command):
    """Open an incident by hand, without an alarm."""

    incident_id: str
    type: str
    place: str
    priority: int | None = None
    summary: str = ""
    lead: str | None = None
    exercise: Exercise = "actual"


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentCommand(Command):
    """A command on one incident."""

    incident_id: str
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddNote(IncidentCommand):
    """Write a line on an incident's timeline."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPriority(IncidentCommand):
    """Raise or lower an incident's priority; lowering needs a reason."""

    priority: int
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold(IncidentCommand):
    """Let a pending incident wait until `review_at`; never at priority 0."""

    review_at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseHold(IncidentCommand):
    """Bring a held incident back, on top of its priority."""

    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolve(IncidentCommand):
    """End the work on an incident; `no-dispatch` or `no-arrival` where nobody came."""

    disposition: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Close(IncidentCommand):
    """Close an incident with its feedback `text`, resolving it first where that is still to do."""

    text: str
    disposition: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelIncident(IncidentCommand):
    """Call an incident off: every unit on it is recalled."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenIncident(IncidentCommand):
    """Bring a resolved, closed or cancelled incident back to the queue."""

    reason: str


# Assignments and units ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserve(IncidentCommand):
    """Set a unit aside for an incident without calling it."""

    unit: str
    assignment_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchUnits(IncidentCommand):
    """Send units to an incident, all or none: unit id → the id its assignment would get.

    `how` is needed for a unit that is committed: `divert` ends what it does now, `stack` queues behind it.
    """

    units: Mapping[str, str]
    how: Literal["divert", "stack"] | None = None
    comment: str = ""
    parent: str | None = None
    grant: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentCommand(Command):
    """A command on one assignment."""

    assignment_id: str
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetStep(AssignmentCommand):
    """Quote a unit: signed, en route, on scene, or cleared with a disposition.

    `said_at` is when the unit said so, where that is not `at`; `evidence` the clip it is quoted from.
    On an assignment cleared by voice, `cleared` only adds the missing disposition.
    """

    step: Step
    disposition: str | None = None
    said_at: datetime | None = None
    evidence: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decline(AssignmentCommand):
    """Quote a unit that cannot go."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelAssignment(AssignmentCommand):
    """Recall a unit, or drop a reservation."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUnitStatus(Command):
    """Change what is stored of a unit; refused while it is reserved or sent, if it would leave duty."""

    unit: str
    state: UnitState
    reason: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PullOver(Command):
    """Make an alarm of an over that the gate kept out of the queue, with what somebody heard in it."""

    over_id: str
    alarm_id: str
    type: str | None = None
    place: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRadio(Command):
    """Say whose radio it is, by its key; `unit` None takes the name away."""

    radio: str
    unit: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo(Command):
    """Take back the own last action, or the named one of the parser, within the undo window."""

    action: str | None = None
