"""What people may correct in the work of units and in what an incident is said to be."""

from dataclasses import dataclass
from typing import Literal

from intake.dispatch.commands import AssignmentCommand, IncidentCommand
from intake.dispatch.objects import AssignmentState

EarlierStep = Literal[
    AssignmentState.DISPATCHED, AssignmentState.SIGNED, AssignmentState.ENROUTE, AssignmentState.ONSCENE
]


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
