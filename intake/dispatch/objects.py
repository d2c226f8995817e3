"""The things on the board: alarms, incidents, assignments, units, overs and devices.

Every object is frozen; a change makes a new one with a higher `version`. Ids are strings made at the origin,
times are aware and in UTC, places, types, units and agencies are the ids of the site file.
"""

from datetime import datetime
from enum import StrEnum
from typing import Literal

from pydantic import AwareDatetime, Field

from intake.agencies.objects import Offer, TeamOrder
from intake.dispatch.base import Exercise, Frozen, Priority, Versioned
from intake.dispatch.proposals import Certainty, LinkProposal, Sighting


class AlarmState(StrEnum):
    """Where an alarm stands; one that is stored is already queued."""

    QUEUED = "QUEUED"
    CLAIMED = "CLAIMED"
    PROMOTED = "PROMOTED"
    LINKED = "LINKED"
    DISMISSED = "DISMISSED"
    OFFERED = "OFFERED"
    TRANSFERRED = "TRANSFERRED"


LinkKind = Literal["origin", "duplicate", "supplement", "urging", "unit_feedback", "harassment", "restore"]
"""Four associations of Chinese 110 desks, and three of ours."""

DismissReason = Literal["test", "nuisance", "non-police", "abort-code", "harassment"]
"""`abort-code`: a proper code was given; the word "cancel" alone is only text."""


class AlarmContent(Frozen):
    """What a source said. Never changed, whatever happens to the alarm.

    `raw` is the frame in hexadecimal or the clip's id; `clock_offset` is seconds the source's clock is ahead.
    """

    id: str
    source: Literal["radio", "panel", "manual", "system"]
    source_id: str
    said_at: AwareDatetime
    recorded_at: AwareDatetime
    priority: Priority = Field(ge=0, le=4)
    type: str | None = None
    place: str | None = None
    text: str = ""
    text_zh: str = ""
    raw: str = ""
    parsed: bool = True
    maybe_repeat: bool = False
    clock_offset: float = 0.0
    exercise: Exercise = "actual"
    account: str | None = None
    zone: str | None = None
    event_code: str | None = None
    qualifier: str | None = None
    radio_id: str | None = None
    caller_unit: str | None = None
    clip: str | None = None
    over: str | None = None
    """The over a radio's emergency key was pressed in: its recording and words come later."""
    stt_model: str | None = None
    confidence: float | None = None


class Annotation(Frozen):
    """What a panel said later about its alarm: evidence for people, never a change of state."""

    signal_id: str
    what: Literal["restore", "abort", "bypass", "other"]
    at: AwareDatetime
    event_code: str | None = None
    text: str = ""
    text_zh: str = ""
    raw: str = ""


class Dismissal(Frozen):
    """A wish to dismiss, kept until a second person agrees (priority 0)."""

    by: str
    at: AwareDatetime
    reason: DismissReason
    text: str = ""


class Alarm(Versioned):
    """A source's report and what people did with it."""

    content: AlarmContent
    state: AlarmState = AlarmState.QUEUED
    count: int = 1
    annotations: tuple[Annotation, ...] = ()
    claimed_by: str | None = None
    claim_beat_at: AwareDatetime | None = None
    queued_at: AwareDatetime | None = None
    """When it last began to wait for somebody to take it."""
    incident: str | None = None
    link_kind: LinkKind | None = None
    dismissal: Dismissal | None = None
    dismiss_reason: DismissReason | None = None
    proposals: tuple[LinkProposal, ...] = ()
    apart: tuple[str, ...] = ()
    """Alarms and incidents people said it does not belong to."""
    unseen: bool = False
    """It joined its incident by itself, and nobody has looked at it yet."""
    offer: Offer | None = None
    """The agency it is offered to, which has not answered."""


class IncidentState(StrEnum):
    """Where an incident stands; the first four are open."""

    PENDING = "PENDING"
    HELD = "HELD"
    ACTIVE = "ACTIVE"
    RESOLVED = "RESOLVED"
    CLOSED = "CLOSED"
    CANCELLED = "CANCELLED"
    MERGED = "MERGED"


OPEN_INCIDENT = frozenset(
    {IncidentState.PENDING, IncidentState.HELD, IncidentState.ACTIVE, IncidentState.RESOLVED}
)


class Incident(Versioned):
    """One thing that happened, however many reported it.

    `no` is the short number people say, unique among open incidents; `first_at` is when its first alarm was
    recorded, so its age survives every return to the queue; `returned_at` puts it on top of its priority.
    """

    no: int
    type: str
    priority: Priority = Field(ge=0, le=4)
    place: str
    state: IncidentState = IncidentState.PENDING
    certainty: Certainty = "possible"
    sighting: Sighting | None = None
    """What was said of it since its certainty was last decided, and would change that."""
    summary: str = ""
    summary_zh: str = ""
    lead: str | None = None
    """The agency whose matter it is."""
    assist: tuple[str, ...] = ()
    owner: str | None = None
    """The agency that led first: only through it a hand-off goes on to a third."""
    offer: Offer | None = None
    teams: tuple[TeamOrder, ...] = ()
    first_at: AwareDatetime
    opened_at: AwareDatetime
    returned_at: AwareDatetime | None = None
    review_at: AwareDatetime | None = None
    hold_reason: str | None = None
    held_at: AwareDatetime | None = None
    disposition: str | None = None
    feedback: str | None = None
    notes: int = 0
    exercise: Exercise = "actual"
    merged_into: str | None = None
    brought: tuple[str, ...] = ()
    """Alarms and assignments it had when it was merged: it has them again when it is reopened."""
    absorbed: tuple[str, ...] = ()
    """Incidents that were merged into it."""

    @property
    def is_open(self) -> bool:
        """True until it is closed, cancelled or merged."""
        return self.state in OPEN_INCIDENT


class AssignmentState(StrEnum):
    """Where one unit stands with one incident."""

    RESERVED = "RESERVED"
    DISPATCHED = "DISPATCHED"
    SIGNED = "SIGNED"
    ENROUTE = "ENROUTE"
    ONSCENE = "ONSCENE"
    CLEARED = "CLEARED"
    DECLINED = "DECLINED"
    DIVERTED = "DIVERTED"
    CANCELLED = "CANCELLED"


STEPS = (
    AssignmentState.DISPATCHED,
    AssignmentState.SIGNED,
    AssignmentState.ENROUTE,
    AssignmentState.ONSCENE,
    AssignmentState.CLEARED,
)
"""The way forward, in order."""

LIVE = frozenset(STEPS[:-1])
"""The unit has been sent and is not done."""

UNFINISHED = LIVE | {AssignmentState.RESERVED}
"""Live, or set aside for the incident without a call."""

MOVING = frozenset({AssignmentState.ENROUTE, AssignmentState.ONSCENE})
"""A unit can be in only one of these at a time: it has one body."""


class Stamp(Frozen):
    """When a step was reached and what says so.

    `inferred` steps were never reported and are left out of percentiles; `evidence` is a clip id;
    `confirmed` is the over in which the centre read the step back.
    """

    at: AwareDatetime
    inferred: bool = False
    evidence: str | None = None
    confidence: float | None = None
    confirmed: str | None = None


class Assignment(Versioned):
    """One unit sent to one incident: status lives here, never on the unit alone."""

    incident: str
    unit: str
    state: AssignmentState
    stamps: dict[AssignmentState, Stamp]
    rank: Literal["primary", "secondary"] = "secondary"
    after: str | None = None
    ordered_by: str
    grant: str | None = None
    parent: str | None = None
    disposition: str | None = None
    end_reason: str | None = None
    diverted_to: str | None = None
    recalled: bool = False
    """It was called off, and must say that it heard it."""
    recall_heard: Stamp | None = None

    @property
    def recall_open(self) -> bool:
        """True while nobody knows whether the unit heard that it was called off."""
        return self.recalled and self.recall_heard is None

    @property
    def is_live(self) -> bool:
        """True while the unit is sent and not done."""
        return self.state in LIVE

    @property
    def is_unfinished(self) -> bool:
        """True while the unit is reserved, or sent and not done."""
        return self.state in UNFINISHED

    @property
    def reached_at(self) -> datetime:
        """When it came to its present state."""
        return self.stamps[self.state].at

    @property
    def arrived(self) -> bool:
        """True once the unit has been on the scene, reported or quoted."""
        return AssignmentState.ONSCENE in self.stamps


class UnitState(StrEnum):
    """What is stored of a unit; reserved and committed are derived from its assignments."""

    OFF_DUTY = "OFF_DUTY"
    AVAILABLE_MOBILE = "AVAILABLE_MOBILE"
    AVAILABLE_POST = "AVAILABLE_POST"
    BUSY = "BUSY"
    OUT_OF_SERVICE = "OUT_OF_SERVICE"


UNASSIGNABLE = frozenset({UnitState.OFF_DUTY, UnitState.BUSY, UnitState.OUT_OF_SERVICE})
"""States no unit may have while it is reserved or sent."""


class Overlay(StrEnum):
    """What lies over a unit's state: no transmission for too long; called for help."""

    NO_CONTACT = "NO_CONTACT"
    EMERGENCY = "EMERGENCY"


class UnitCard(Frozen):
    """Who a unit is, from the site file; `radio` is the id its handset sends, `more_radios` those of others.

    An id may name its signalling, `mdc1200:1a2b`; without it, any signalling's.
    """

    id: str
    team: str
    agency: str
    family: str
    n: int
    radio: str | None = None
    skills: tuple[str, ...] = ()
    more_radios: tuple[str, ...] = ()

    @property
    def radios(self) -> tuple[str, ...]:
        """Every id, as the site file writes it but in lower case."""
        return tuple(one.lower() for one in (self.radio, *self.more_radios) if one)


class Unit(Versioned):
    """A unit on duty: its card, its stored state, and when and where it was last heard."""

    card: UnitCard
    state: UnitState = UnitState.AVAILABLE_MOBILE
    overlays: frozenset[Overlay] = frozenset()
    reason: str | None = None
    state_at: AwareDatetime | None = None
    """When its present state began; it counts as silent from then, or since it was last heard."""
    place: str | None = None
    place_at: AwareDatetime | None = None
    place_source: str | None = None
    temp_team: str | None = None
    """The team it works with for a while; call sign and agency stay."""
    last_heard_at: AwareDatetime | None = None

    @property
    def team(self) -> str:
        """The team it works with now."""
        return self.temp_team or self.card.team
