"""An alarm answered in one go; what people may correct in the work of units and in what an incident is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from intake.dispatch.commands import AlarmCommand, AssignmentCommand, IncidentCommand
from intake.dispatch.objects import AssignmentState

EarlierStep = Literal[
    AssignmentState.DISPATCHED, AssignmentState.SIGNED, AssignmentState.ENROUTE, AssignmentState.ONSCENE
]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerAlarm(AlarmCommand):
    """Make an incident of an alarm and send units, or neither; `units` and `how` as in `DispatchUnits`."""

    incident_id: str
    units: Mapping[str, str]
    how: Literal["divert", "stack"] | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectStep(AssignmentCommand):
    """Say that a step was a mistake: the unit stands at an earlier one, which it had reached."""

    step: EarlierStep
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectIncident(IncidentCommand):
    """Say what an incident really is, or where; what is not given stays."""

    reason: str
    type: str | None = None
    place: str | None = None
