"""When a point is due: its hours of a day as two moments, and what became of them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from intake.patrol.objects import Patrolled, Point, PointPlan

LOOK_BACK = timedelta(days=1)
"""Hours that ended longer ago are not made into an alarm any more."""


@dataclass(frozen=True, slots=True)
class Window:
    """Hours of one day: from `since` up to `until`."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Missed:
    """Hours that ended with fewer visits than asked for."""

    plan: PointPlan
    window: Window
    visits: int


def window_at(plan: PointPlan, at: datetime, zone: tzinfo) -> Window | None:
    """Return the hours that `at` lies in; None outside of them."""
    return next((one for one in _windows(plan, at, zone) if one.since <= at < one.until), None)


def window_before(plan: PointPlan, at: datetime, zone: tzinfo) -> Window:
    """Return the latest hours that have ended at `at`."""
    return max((one for one in _windows(plan, at, zone) if one.until <= at), key=lambda one: one.until)


def next_end(plans: Iterable[PointPlan], at: datetime, zone: tzinfo) -> datetime | None:
    """Return when the next hours of any point end; None without points."""
    ends = (one.until for plan in plans for one in _windows(plan, at, zone) if one.until > at)
    return min(ends, default=None)


def visits_in(point: Point, window: Window) -> int:
    """Return how often the point was visited in these hours."""
    return sum(window.since <= tick.at < window.until for tick in point.ticks)


def missed(
    plans: Iterable[PointPlan], known: Mapping[str, Patrolled], at: datetime, zone: tzinfo
) -> Iterator[Missed]:
    """Yield the latest ended hours of each point that saw too few visits.

    Hours that began before the point was known ask for nothing.
    """
    for plan in plans:
        point = known.get(plan.place)
        window = window_before(plan, at, zone)
        if not isinstance(point, Point) or window.since < point.since or at - window.until > LOOK_BACK:
            continue
        visits = visits_in(point, window)
        if visits < plan.at_least:
            yield Missed(plan, window, visits)


def _windows(plan: PointPlan, at: datetime, zone: tzinfo) -> Iterator[Window]:
    """Yield the hours of the days around a moment, in the zone's own days."""
    local = at.astimezone(zone)
    for days in (-2, -1, 0, 1):
        day = local.date() + timedelta(days=days)
        since = datetime.combine(day, plan.since, tzinfo=zone)
        until = datetime.combine(day, plan.until, tzinfo=zone)
        if plan.until <= plan.since:
            until = datetime.combine(day + timedelta(days=1), plan.until, tzinfo=zone)
        yield Window(since.astimezone(at.tzinfo), until.astimezone(at.tzinfo))
