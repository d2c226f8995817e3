"""What may be asked about patrols."""

from dataclasses import dataclass
from datetime import datetime

from intake.dispatch.commands import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolPatrol(Command):
    """Make the points and lines of the site file known; from now on visits are asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TickPoint(Command):
    """Say that a unit is at a point; `said_at` where that was earlier."""

    unit: str
    place: str
    said_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawCheck(Command):
    """Draw `count` units on duty at random, to report in within `minutes`."""

    check_id: str
    count: int
    minutes: int
