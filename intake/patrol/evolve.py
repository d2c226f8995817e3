"""What each event makes of points, lines and checks, and of the unit that was there."""

from typing import Any

from intake.dispatch.changes import changed
from intake.dispatch.state import State, Thing
from intake.patrol.events import CheckDrawn, LineEnrolled, LineWalked, PointEnrolled, PointTicked
from intake.patrol.objects import KEPT, Check, Line, Point, Tick, Walk


def _point(_: State, event: PointEnrolled) -> tuple[Thing, ...]:
    made = {"changed_by": event.by.name, "changed_at": event.at, "since": event.at}
    return (Point(id=event.place, **made),)


def _line(_: State, event: LineEnrolled) -> tuple[Thing, ...]:
    return (Line(id=event.enrolled, changed_by=event.by.name, changed_at=event.at, walks=()),)


def _ticked(state: State, event: PointTicked) -> tuple[Thing, ...]:
    """The visit, and where the unit is; an earlier visit told later moves nobody."""
    point, unit = state.patrol[event.point], state.units[event.unit]
    tick = Tick(unit=event.unit, at=event.said_at, evidence=event.evidence)
    visits = sorted((*point.ticks, tick), key=lambda one: one.at) if isinstance(point, Point) else []
    visited = changed(point, event, ticks=tuple(visits[-KEPT:]))
    if unit.place_at is not None and unit.place_at > event.said_at:
        return (visited,)
    where = {"place": event.point, "place_at": event.said_at, "place_source": event.evidence or "desk"}
    return (visited, changed(unit, event, **where))


def _walked(state: State, event: LineWalked) -> tuple[Thing, ...]:
    line = state.patrol[event.line]
    walk = Walk(unit=event.unit, began=event.began, ended=event.ended)
    walks = (*line.walks, walk) if isinstance(line, Line) else (walk,)
    return (changed(line, event, walks=walks[-KEPT:]),)


def _drawn(_: State, event: CheckDrawn) -> tuple[Thing, ...]:
    made = {"changed_by": event.by.name, "changed_at": event.at, "drawn_at": event.at}
    return (Check(id=event.check_id, units=event.units, due_at=event.due_at, **made),)


AFTER: dict[type, Any] = {
    PointEnrolled: _point,
    LineEnrolled: _line,
    PointTicked: _ticked,
    LineWalked: _walked,
    CheckDrawn: _drawn,
}
