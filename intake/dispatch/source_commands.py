"""What sources, the speech engine and the site file ask of the core."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from intake.dispatch.base import Exercise
from intake.dispatch.commands import Command
from intake.dispatch.objects import AlarmContent, UnitCard
from intake.dispatch.speech import Device, OverMeta, SecondHearing, Transcript


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptAlarm(Command):
    """Queue a source's alarm, or one typed at the desk; the same alarm id again changes nothing."""

    content: AlarmContent


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseEmergency(Command):
    """Queue what a radio's emergency key says; whose radio it is, and the priority, the core knows."""

    content: AlarmContent


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRepeat(Command):
    """Count one more identical signal, once per `signal_id`; `alarm_id` is the signal it repeats."""

    alarm_id: str
    signal_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotateAlarms(Command):
    """Write a panel's restore, abort or bypass onto the latest alarm of its zone; it never closes one."""

    signal_id: str
    source_id: str
    account: str
    zone: str | None
    what: Literal["restore", "abort", "bypass", "other"]
    said_at: datetime
    event_code: str | None = None
    text: str = ""
    text_zh: str = ""
    raw: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptOver(Command):
    """List an over whose recording is stored; the same over id again changes nothing."""

    meta: OverMeta


@dataclass(frozen=True, slots=True, kw_only=True)
class AddTranscript(Command):
    """Say what an over means.

    `alarm_id` is the id an alarm would get, should one come of it; `more_alarm_ids` those of alarms that come
    of the other facts said in the same breath, one for each.
    """

    over_id: str
    alarm_id: str
    transcript: Transcript
    more_alarm_ids: tuple[str, ...] = ()
    exercise: Exercise = "actual"


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareOver(Command):
    """Keep what a second engine made of an over that has its words."""

    over_id: str
    second: SecondHearing


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveRecordings(Command):
    """Say that recordings are to go; `evidence` is how long an incident's are kept after its end."""

    overs: tuple[str, ...]
    why: Literal["age", "space"]
    evidence: timedelta | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceChanged(Command):
    """Show a device's new state; the alarm for a lost one is a command of its own."""

    device: Device


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolUnits(Command):
    """Make the units of the site file known; units already known with the same card are left alone."""

    cards: tuple[UnitCard, ...]
