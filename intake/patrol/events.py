"""What happened on patrol."""

from typing import Literal

from pydantic import AwareDatetime

from intake.dispatch.source_events import BaseEvent, SourceEvent


class PointEnrolled(SourceEvent):
    """A point must be visited from now on."""

    kind: Literal["patrol.point-enrolled"] = "patrol.point-enrolled"
    place: str


class LineEnrolled(SourceEvent):
    """A line must be walked from now on."""

    kind: Literal["patrol.line-enrolled"] = "patrol.line-enrolled"
    enrolled: str


class PointTicked(BaseEvent):
    """A unit was at a point: it said so (`evidence` is the clip) or somebody typed it."""

    kind: Literal["patrol.ticked"] = "patrol.ticked"
    point: str
    unit: str
    said_at: AwareDatetime
    evidence: str | None = None
    confidence: float | None = None


class LineWalked(BaseEvent):
    """A visit completed a line, in order and in time."""

    kind: Literal["patrol.walked"] = "patrol.walked"
    line: str
    unit: str
    began: AwareDatetime
    ended: AwareDatetime


class CheckDrawn(BaseEvent):
    """Units were drawn at random, to report in until `due_at`."""

    kind: Literal["patrol.drawn"] = "patrol.drawn"
    check_id: str
    units: tuple[str, ...]
    due_at: AwareDatetime
