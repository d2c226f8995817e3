"""What happened. Events are facts: written once, never changed, and enough to rebuild the whole state.

Each carries what the change needs and nothing that can be derived; `action` is the command it came from, and
its id is `<command id>/<n>`. Events cross the journal as JSON and come back equal.
"""

from typing import Annotated

from pydantic import Field, TypeAdapter

from intake.agencies.events import (
    AlarmOffered,
    AlarmOfferEnded,
    GrantAsked,
    GrantRevoked,
    GrantSigned,
    IncidentOffered,
    IncidentOfferEnded,
    TeamDelegated,
    TeamOrdered,
    TeamRecalled,
    TeamSigned,
    UnitLent,
)
from intake.dispatch.desk_events import (
    ActionUndone,
    AlarmAcknowledged,
    AlarmClaimed,
    AlarmDismissed,
    AlarmLinked,
    AlarmPromoted,
    AlarmReleased,
    AlarmReopened,
    AssignmentEnded,
    AssignmentStepped,
    CertaintyChanged,
    DismissalAsked,
    DispositionAdded,
    IncidentActivated,
    IncidentCancelled,
    IncidentClosed,
    IncidentHeld,
    IncidentNoted,
    IncidentOpened,
    IncidentReprioritised,
    IncidentResolved,
    IncidentReturned,
    LinkRejected,
    RadioNamed,
    UnitDispatched,
    UnitPlaced,
    UnitReserved,
    UnitStateSet,
)
from intake.dispatch.incident_events import (
    CertaintyProposed,
    IncidentCorrected,
    IncidentMerged,
    IncidentSplit,
)
from intake.dispatch.source_events import (
    AlarmAnnotated,
    AlarmQueued,
    AlarmRepeated,
    DeviceStateChanged,
    LinkProposed,
    OverAccepted,
    OverCompared,
    OverTranscribed,
    RecordingsRemoved,
    StatusProposed,
    StepConfirmed,
    UnitEnrolled,
)
from intake.dispatch.unit_events import EmergencyCleared, EmergencyDeclared
from intake.dispatch.work_events import OrderMoved, RecallHeard, StepCorrected
from intake.handover.events import (
    HandoverDropped,
    HandoverNoted,
    HandoverOpened,
    HandoverRead,
    HandoverSigned,
)
from intake.patrol.events import CheckDrawn, LineEnrolled, LineWalked, PointEnrolled, PointTicked
from intake.shelf.events import BroughtBack, PutAway
from intake.speaking.events import SpeechOrdered, SpeechProgressed, TransmitterMuted
from intake.timers.events import TimerMuted, TimerReached

Event = Annotated[
    AlarmQueued
    | AlarmRepeated
    | AlarmAnnotated
    | LinkProposed
    | OverAccepted
    | OverTranscribed
    | OverCompared
    | RecordingsRemoved
    | StatusProposed
    | StepConfirmed
    | DeviceStateChanged
    | UnitEnrolled
    | AlarmClaimed
    | AlarmReleased
    | AlarmPromoted
    | AlarmLinked
    | LinkRejected
    | AlarmAcknowledged
    | DismissalAsked
    | AlarmDismissed
    | AlarmReopened
    | IncidentOpened
    | IncidentNoted
    | IncidentReprioritised
    | CertaintyChanged
    | CertaintyProposed
    | IncidentHeld
    | IncidentActivated
    | IncidentReturned
    | IncidentResolved
    | IncidentClosed
    | IncidentCancelled
    | IncidentMerged
    | IncidentSplit
    | IncidentCorrected
    | UnitReserved
    | UnitDispatched
    | AssignmentStepped
    | DispositionAdded
    | AssignmentEnded
    | StepCorrected
    | RecallHeard
    | OrderMoved
    | UnitStateSet
    | UnitPlaced
    | EmergencyDeclared
    | EmergencyCleared
    | RadioNamed
    | PointEnrolled
    | LineEnrolled
    | PointTicked
    | LineWalked
    | CheckDrawn
    | SpeechOrdered
    | SpeechProgressed
    | TransmitterMuted
    | HandoverOpened
    | HandoverNoted
    | HandoverRead
    | HandoverSigned
    | HandoverDropped
    | AlarmOffered
    | AlarmOfferEnded
    | IncidentOffered
    | IncidentOfferEnded
    | TeamOrdered
    | TeamSigned
    | TeamDelegated
    | TeamRecalled
    | GrantAsked
    | GrantSigned
    | GrantRevoked
    | UnitLent
    | PutAway
    | BroughtBack
    | TimerReached
    | TimerMuted
    | ActionUndone,
    Field(discriminator="kind"),
]

_ADAPTER: TypeAdapter[Event] = TypeAdapter(Event)


def event_to_json(event: Event) -> str:
    """Return an event as one line of JSON."""
    return _ADAPTER.dump_json(event).decode()


def event_from_json(line: str | bytes) -> Event:
    """Return the event a line of JSON holds; pydantic.ValidationError if it holds none."""
    return _ADAPTER.validate_json(line)
