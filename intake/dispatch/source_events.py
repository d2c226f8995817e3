"""What the outside said and what the machine heard in it: facts no undo takes back."""

from typing import ClassVar, Literal

from pydantic import AwareDatetime

from intake.dispatch.base import Actor, Frozen
from intake.dispatch.objects import AlarmContent, Annotation, AssignmentState, UnitCard
from intake.dispatch.proposals import LinkProposal
from intake.dispatch.speech import Device, OverMeta, Proposal, SecondHearing, Transcript


class BaseEvent(Frozen):
    """What every event carries; `undoable` ones are what an undo takes back."""

    undoable: ClassVar[bool] = True

    id: str
    action: str
    at: AwareDatetime
    by: Actor


class SourceEvent(BaseEvent):
    """Something the outside said: it stays, whatever people undo."""

    undoable: ClassVar[bool] = False


class AlarmQueued(SourceEvent):
    """An alarm is stored and waits for a person; `over_id` is the over it was heard in, if any."""

    kind: Literal["alarm.queued"] = "alarm.queued"
    content: AlarmContent
    over_id: str | None = None


class AlarmRepeated(SourceEvent):
    """The same signal came again; `alarm_id` is None when it was no alarm of its own, but a restore.

    `over_id` and `radio` tell of an emergency key pressed once more.
    """

    kind: Literal["alarm.repeated"] = "alarm.repeated"
    alarm_id: str | None
    signal_id: str
    over_id: str | None = None
    radio: str | None = None


class AlarmAnnotated(SourceEvent):
    """A panel restored or aborted; `alarm_id` is None when no alarm of that zone is known."""

    kind: Literal["alarm.annotated"] = "alarm.annotated"
    alarm_id: str | None
    source_id: str
    account: str
    zone: str | None
    annotation: Annotation


class LinkProposed(SourceEvent):
    """An alarm looks like one event with another alarm or an incident; people decide."""

    kind: Literal["alarm.link-proposed"] = "alarm.link-proposed"
    alarm_id: str
    proposal: LinkProposal


class OverAccepted(SourceEvent):
    """A recording is stored and listed; `heard` are the units whose radios transmitted."""

    kind: Literal["over.accepted"] = "over.accepted"
    meta: OverMeta
    heard: tuple[str, ...] = ()


class OverTranscribed(SourceEvent):
    """An over got its words; `heard` are the known units that spoke in it."""

    kind: Literal["over.transcribed"] = "over.transcribed"
    over_id: str
    transcript: Transcript
    heard: tuple[str, ...] = ()


class OverCompared(SourceEvent):
    """A second engine heard an over (`over` is its id): a figure about engines, no line of any timeline."""

    kind: Literal["over.compared"] = "over.compared"
    over: str
    second: SecondHearing


class RecordingsRemoved(SourceEvent):
    """The recordings of these overs are no longer kept; what was heard in them stays."""

    kind: Literal["recordings.removed"] = "recordings.removed"
    overs: tuple[str, ...]
    why: Literal["age", "space"]


class StatusProposed(SourceEvent):
    """A status was heard and moves nothing until a person accepts it."""

    kind: Literal["status.proposed"] = "status.proposed"
    over_id: str
    proposal: Proposal


class StepConfirmed(SourceEvent):
    """The centre's readback of a step was heard."""

    kind: Literal["assignment.confirmed"] = "assignment.confirmed"
    assignment_id: str
    incident_id: str
    unit: str
    step: AssignmentState
    over_id: str


class DeviceStateChanged(SourceEvent):
    """A device described itself."""

    kind: Literal["device.changed"] = "device.changed"
    device: Device


class UnitEnrolled(SourceEvent):
    """A unit of the site file became known, or its card changed."""

    kind: Literal["unit.enrolled"] = "unit.enrolled"
    card: UnitCard
