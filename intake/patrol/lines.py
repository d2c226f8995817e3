"""Whether a line was walked: its points in order, by one unit, in time."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from intake.patrol.objects import Line, LinePlan, Patrolled, Point, Walk


def walked(plan: LinePlan, known: Mapping[str, Patrolled], unit: str, at: datetime) -> Walk | None:
    """Return the walk that the unit's visit of the last point at `at` completes, if it does.

    Going back from the end, each point was last visited before the one after it; visits of other points in
    between do not matter, and no visit counts for two walks of one unit.
    """
    after = _last_walk_end(known.get(plan.id), unit)
    moment = at
    for place in reversed(plan.points[:-1]):
        earlier = _last_visit(known.get(place), unit, before=moment)
        if earlier is None:
            return None
        moment = earlier
    too_early = after is not None and moment <= after
    if too_early or at - moment > timedelta(minutes=plan.minutes):
        return None
    return Walk(unit=unit, began=moment, ended=at)


def _last_walk_end(line: Patrolled | None, unit: str) -> datetime | None:
    walks = line.walks if isinstance(line, Line) else ()
    return max((walk.ended for walk in walks if walk.unit == unit), default=None)


def _last_visit(point: Patrolled | None, unit: str, *, before: datetime) -> datetime | None:
    ticks = point.ticks if isinstance(point, Point) else ()
    return max((tick.at for tick in ticks if tick.unit == unit and tick.at < before), default=None)
