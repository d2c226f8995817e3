"""Points due and overdue, lines walked, checks answered."""

from collections.abc import Iterator
from datetime import datetime

from tui.ages import short_age, wall_clock
from tui.rounds import CheckState, Coverage, LineState, PointState
from tui.view.line import Line, column, heading
from tui.view.sight import Sight

ROLES = {"overdue": "bold red", "due": "yellow", "done": "green", "free": "dim"}
_ORDER = tuple(ROLES)
OPEN = ("overdue", "due")


def patrol_lines(sight: Sight, seen: Coverage, width: int) -> list[Line]:
    """What is overdue first; then the lines; then the newest checks."""
    return [
        *_points(sight, seen, width),
        *_lines(sight, seen, width),
        *_checks(sight, seen, width),
    ]


def open_lines(sight: Sight, seen: Coverage, width: int) -> Iterator[Line]:
    """What is still to be done: points overdue and due, and lines nobody has walked."""
    points = [one for one in seen.points if one.state in OPEN]
    lines = [one for one in seen.lines if not one.walks]
    if points or lines:
        yield heading(open_summary(sight, seen), width)
    yield from (_point(sight, one) for one in sorted(points, key=_urgency))
    yield from (_walked(sight, one) for one in lines)


def open_summary(sight: Sight, seen: Coverage) -> str:
    """How many points are overdue and due; nothing where none is."""
    count = {state: sum(one.state == state for one in seen.points) for state in OPEN}
    some = any(count.values()) or any(not one.walks for one in seen.lines)
    return sight.words("patrol.open", **count) if some else ""


def _urgency(one: PointState) -> tuple[int, datetime, str]:
    return _ORDER.index(one.state), one.until, one.place


def _points(sight: Sight, seen: Coverage, width: int) -> Iterator[Line]:
    count = {state: sum(one.state == state for one in seen.points) for state in ROLES}
    yield heading(sight.words("patrol.points", **count), width)
    for one in sorted(seen.points, key=_urgency):
        yield _point(sight, one)


def _point(sight: Sight, one: PointState) -> Line:
    last = "-"
    if one.last_unit and one.last_at:
        last = f"{one.last_unit} {short_age(sight.age(one.last_at))}"
    role = ROLES[one.state]
    return Line(
        f"point:{one.place}",
        (
            column(f" {sight.words(f'patrol.{one.state}')}", 12, role),
            column(sight.place(one.place), 24, "ink"),
            column(f"{one.visits}/{one.at_least}", 7, role),
            column(f"{wall_clock(one.since)[:5]}-{wall_clock(one.until)[:5]}", 13, "dim"),
            column(last, 12, "ink"),
        ),
    )


def _lines(sight: Sight, seen: Coverage, width: int) -> Iterator[Line]:
    if seen.lines:
        yield heading(sight.words("patrol.lines"), width)
    yield from (_walked(sight, one) for one in seen.lines)


def _walked(sight: Sight, one: LineState) -> Line:
    last = "-"
    if one.last_unit and one.ended:
        last = f"{one.last_unit} {short_age(sight.age(one.ended))}"
    points = " > ".join(sight.place(place) for place in one.points)
    return Line(
        f"line:{one.line}",
        (
            column(f" {sight.line(one.line)}", 24, "bold ink"),
            column(sight.words("patrol.walks", n=one.walks), 12, "green" if one.walks else "yellow"),
            column(last, 12, "ink"),
            column(sight.words("patrol.within", minutes=f"{one.minutes:g}"), 12, "dim"),
            column(points, 200, "dim"),
        ),
    )


def _checks(sight: Sight, seen: Coverage, width: int) -> Iterator[Line]:
    if seen.checks:
        yield heading(sight.words("patrol.checks"), width)
    yield from (_check(sight, one) for one in seen.checks)


def _check(sight: Sight, one: CheckState) -> Line:
    late = sight.now > one.due_at
    if one.missing:
        key = "patrol.missing" if late else "patrol.awaited"
        said, role = sight.words(key, units=" ".join(one.missing)), "bold red" if late else "yellow"
    else:
        said, role = sight.words("patrol.all_in", n=len(one.units)), "green"
    until = sight.words("patrol.until", at=wall_clock(one.due_at))
    return Line(
        f"check:{one.check}",
        (
            column(f" {wall_clock(one.drawn_at)}", 12, "dim"),
            column(until, 16, "dim"),
            column(said, 200, role),
        ),
    )
