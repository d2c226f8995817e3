"""What the desk sees of patrols: points due and overdue, lines walked, checks answered."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from intake.dispatch.state import State
from intake.patrol.objects import Check, Line, LinePlan, Point, PointPlan
from intake.patrol.schedule import visits_in, window_at, window_before


def coverage(state: State, at: datetime) -> dict[str, Any]:
    """Return points, lines and checks as they stand at `at`, ready for JSON."""
    policy = state.policy
    return {
        "points": [_point(state, plan, at) for plan in policy.points.values()],
        "lines": [_line(state, plan) for plan in policy.lines.values()],
        "checks": list(_checks(state)),
    }


def _point(state: State, plan: PointPlan, at: datetime) -> dict[str, Any]:
    """`state` is done, due (still time), overdue (its last hours saw too few), or free (nothing is asked)."""
    zone, known = state.policy.zone, state.patrol.get(plan.place)
    point = known if isinstance(known, Point) else None
    now, before = window_at(plan, at, zone), window_before(plan, at, zone)
    last = point.ticks[-1] if point and point.ticks else None
    shown = now or before
    visits = visits_in(point, shown) if point else 0
    asked = point is not None and shown.since >= point.since
    if visits >= plan.at_least:
        state_of = "done"
    elif now is not None:
        state_of = "due"
    else:
        state_of = "overdue" if asked else "free"
    return {
        "place": plan.place,
        "state": state_of,
        "visits": visits,
        "at_least": plan.at_least,
        "since": shown.since.isoformat(),
        "until": shown.until.isoformat(),
        "last_unit": last.unit if last else None,
        "last_at": last.at.isoformat() if last else None,
    }


def _line(state: State, plan: LinePlan) -> dict[str, Any]:
    known = state.patrol.get(plan.id)
    walks = known.walks if isinstance(known, Line) else ()
    last = walks[-1] if walks else None
    return {
        "line": plan.id,
        "points": list(plan.points),
        "minutes": plan.minutes,
        "walks": len(walks),
        "last_unit": last.unit if last else None,
        "began": last.began.isoformat() if last else None,
        "ended": last.ended.isoformat() if last else None,
    }


def _checks(state: State) -> Iterator[dict[str, Any]]:
    """Yield the newest first; whoever was heard since the draw has answered."""
    drawn = (one for one in state.patrol.values() if isinstance(one, Check))
    for check in sorted(drawn, key=lambda one: (one.drawn_at, one.id), reverse=True):
        heard = {unit: state.units[unit].last_heard_at for unit in check.units}
        missing = [unit for unit, last in heard.items() if last is None or last < check.drawn_at]
        yield {
            "check": check.id,
            "drawn_at": check.drawn_at.isoformat(),
            "due_at": check.due_at.isoformat(),
            "units": list(check.units),
            "missing": missing,
        }
