"""The whole board as one value: persistent maps of objects, and the few indexes rules look things up in."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from immutables import Map

from intake.agencies.objects import Grant
from intake.correlation.candidates import Index
from intake.dispatch.base import ObjectKind, Ref
from intake.dispatch.objects import Alarm, Assignment, Incident, Unit
from intake.dispatch.policy import Policy
from intake.dispatch.radio import Radio
from intake.dispatch.speech import Device, Over
from intake.handover.objects import Handover
from intake.patrol.objects import Patrolled
from intake.shelf.objects import Recording, Signal
from intake.timers.run import Run

_NONE: Map[Any, Any] = Map()

Thing = Alarm | Incident | Assignment | Unit | Over | Device | Radio | Handover | Patrolled | Grant
"""Anything the board has a table for."""

ZoneKey = tuple[str, str, str | None]
"""Source id, account, zone; zone None means the account's latest alarm of any zone."""


@dataclass(frozen=True, slots=True)
class Action:
    """An action young enough to be taken back.

    `before` holds each object it changed as it was (None: it did not exist), `after` the versions it left.
    """

    id: str
    by: str
    at: datetime
    before: tuple[tuple[Ref, Thing | None], ...]
    after: tuple[tuple[Ref, int], ...]


@dataclass(frozen=True, slots=True)
class Numbering:
    """The last incident number given, and the local date (ISO) it was given on."""

    day: str = ""
    last: int = 0


@dataclass(frozen=True, slots=True)
class State:
    """Everything the rules know. The policy is given, the rest is the sum of all events so far."""

    policy: Policy = field(default_factory=Policy)
    alarms: Map[str, Alarm] = _NONE
    incidents: Map[str, Incident] = _NONE
    assignments: Map[str, Assignment] = _NONE
    units: Map[str, Unit] = _NONE
    overs: Map[str, Over] = _NONE
    devices: Map[str, Device] = _NONE
    radios: Map[str, Radio] = _NONE
    handovers: Map[str, Handover] = _NONE
    patrol: Map[str, Patrolled] = _NONE
    """Points by place, lines and checks by id."""
    grants: Map[str, Grant] = _NONE
    signals: Map[str, Signal] = _NONE
    """Repeats and annotations already counted lately, by signal id."""
    shelf: Map[str, Recording] = _NONE
    """The recordings that are kept of overs that were put away, by over."""
    latest: Map[ZoneKey, str] = _NONE
    """The latest alarm of each zone and account."""
    emergencies: Map[str, str] = _NONE
    """Radio → the latest alarm of its emergency key."""
    over_alarms: Map[str, str] = _NONE
    """Over → the alarm of the emergency key pressed in it, known before the over is."""
    alarm_overs: Map[str, tuple[str, ...]] = _NONE
    """Alarm → the recorded overs that are its evidence, oldest first."""
    incident_alarms: Map[str, tuple[str, ...]] = _NONE
    incident_assignments: Map[str, tuple[str, ...]] = _NONE
    unit_unfinished: Map[str, tuple[str, ...]] = _NONE
    """Unit id → its reserved and live assignments, oldest first."""
    recalls: Map[str, tuple[str, ...]] = _NONE
    """Unit id → assignments it was called off and has not said that it heard it, oldest first."""
    numbers: Map[int, str] = _NONE
    """Incident number → the latest incident that got it."""
    numbering: Numbering = Numbering()
    reports: Index = _NONE
    """What a new alarm is compared with: places, accounts and radios → alarms and incidents."""
    proposing: Map[str, tuple[str, ...]] = _NONE
    """Alarm or incident → the alarms that were proposed to belong to it."""
    timers: Map[tuple[str, str], Run] = _NONE
    """Kind of timer and id of its object → how far it came, and until when it is muted."""
    recent: tuple[Action, ...] = ()

    def find(self, ref: Ref) -> Thing | None:
        """Return the object a reference names, if it exists."""
        return self.table(ref.kind).get(ref.id)

    def table(self, kind: ObjectKind) -> "Map[str, Thing]":
        """Return the map that holds objects of this kind."""
        table: Map[str, Thing] = getattr(self, _TABLES[kind])
        return table

    def with_table(self, kind: ObjectKind, table: "Map[str, Thing]") -> "State":
        """Return the state with one table replaced."""
        return replace(self, **{_TABLES[kind]: table})  # type: ignore[arg-type]  # the kind names the table


_TABLES = {
    ObjectKind.ALARM: "alarms",
    ObjectKind.INCIDENT: "incidents",
    ObjectKind.ASSIGNMENT: "assignments",
    ObjectKind.UNIT: "units",
    ObjectKind.OVER: "overs",
    ObjectKind.DEVICE: "devices",
    ObjectKind.RADIO: "radios",
    ObjectKind.HANDOVER: "handovers",
    ObjectKind.PATROL: "patrol",
    ObjectKind.GRANT: "grants",
}
