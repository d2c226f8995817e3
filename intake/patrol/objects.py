"""What patrols must reach, how often, and what they have reached.

Plans come from the site file; points, lines and checks are the state's. Ids of points are ids of places.
"""

from dataclasses import dataclass
from datetime import time

from pydantic import AwareDatetime

from intake.dispatch.base import Frozen, Versioned

KEPT = 100
"""Newest ticks of a point and walks of a line kept in the state; the journal has all."""


@dataclass(frozen=True, slots=True)
class PointPlan:
    """At least `at_least` visits in its hours of each day, local time.

    `until` before `since` is over midnight; equal times are the whole day.
    """

    place: str
    at_least: int = 1
    since: time = time(0)
    until: time = time(0)


@dataclass(frozen=True, slots=True)
class LinePlan:
    """Points to be visited in this order by one unit, from first to last within `minutes`."""

    id: str
    points: tuple[str, ...]
    minutes: float


class Tick(Frozen):
    """A unit was at a point; `evidence` is the clip it said so in, None where somebody typed it."""

    unit: str
    at: AwareDatetime
    evidence: str | None = None


class Point(Versioned):
    """A point and its newest visits, oldest first. Visits are asked for from `since` on."""

    since: AwareDatetime
    ticks: tuple[Tick, ...] = ()


class Walk(Frozen):
    """A line walked in order and in time."""

    unit: str
    began: AwareDatetime
    ended: AwareDatetime


class Line(Versioned):
    """A line and its newest walks, oldest first."""

    walks: tuple[Walk, ...]
    """Without a default, or a snapshot could not tell a line nobody has walked from a radio."""


class Check(Versioned):
    """Units drawn to report in until `due_at`."""

    units: tuple[str, ...]
    drawn_at: AwareDatetime
    due_at: AwareDatetime


Patrolled = Point | Line | Check
