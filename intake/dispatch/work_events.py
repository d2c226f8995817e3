"""Corrections of the work of units, and what became of their orders."""

from typing import Literal

from pydantic import AwareDatetime

from intake.dispatch.objects import AssignmentState
from intake.dispatch.source_events import BaseEvent


class StepCorrected(BaseEvent):
    """A step was a mistake: the unit stands at an earlier one, and later stamps are void."""

    kind: Literal["assignment.corrected"] = "assignment.corrected"
    assignment_id: str
    incident_id: str
    unit: str
    before: AssignmentState
    step: AssignmentState
    text: str = ""


class RecallHeard(BaseEvent):
    """A unit that was called off says so; `inferred` when it took another order instead of answering."""

    kind: Literal["assignment.recall-heard"] = "assignment.recall-heard"
    assignment_id: str
    incident_id: str
    unit: str
    said_at: AwareDatetime
    evidence: str | None = None
    confidence: float | None = None
    inferred: bool = False


class OrderMoved(BaseEvent):
    """An order that waited behind another waits behind `after` now: the unit was diverted."""

    kind: Literal["assignment.moved"] = "assignment.moved"
    assignment_id: str
    incident_id: str
    unit: str
    after: str
