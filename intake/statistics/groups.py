"""The same few figures for each category, source, team, agency and hour of the day."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import tzinfo

from intake.statistics.intervals import ANSWER, ARRIVAL, RESPONSE, SIGN, samples
from intake.statistics.marks import AlarmMarks, AssignmentMarks, Marks, Measured
from intake.statistics.percentiles import Spread, spread

KeyOf = Callable[[Measured], str | None]
"""What an object is listed under; None where the dimension does not apply to it."""


@dataclass(frozen=True, slots=True)
class Group:
    """One line of a table: how many of each, and how long they took."""

    key: str
    alarms: int
    incidents: int
    orders: int
    answer: Spread
    sign: Spread
    arrival: Spread
    response: Spread


def dimensions(zone: tzinfo | None, category: Callable[[str], str]) -> Mapping[str, KeyOf]:
    """Name of each dimension → its key; teams and agencies are those of the units sent."""
    return {
        "category": lambda one: category(one.type),
        "source": lambda one: one.source,
        "team": lambda one: one.team if isinstance(one, AssignmentMarks) else None,
        "agency": lambda one: one.agency if isinstance(one, AssignmentMarks) else None,
        "hour": lambda one: f"{_begin(one, zone):02d}",
    }


def groups(key_of: KeyOf, marks: Marks) -> tuple[Group, ...]:
    """One line for each key, by key."""
    everything: tuple[Measured, ...] = (*marks.alarms, *marks.incidents, *marks.assignments)
    lines: dict[str, list[Measured]] = {}
    for one in everything:
        key = key_of(one)
        if key is not None:
            lines.setdefault(key, []).append(one)
    return tuple(_group(key, lines[key]) for key in sorted(lines))


def _group(key: str, objects: list[Measured]) -> Group:
    alarms = [one for one in objects if isinstance(one, AlarmMarks)]
    orders = [one for one in objects if isinstance(one, AssignmentMarks)]
    incidents = [one for one in objects if not isinstance(one, AlarmMarks | AssignmentMarks)]
    return Group(
        key=key,
        alarms=len(alarms),
        incidents=len(incidents),
        orders=len(orders),
        answer=spread(samples(alarms, ANSWER)),
        sign=spread(samples(orders, SIGN)),
        arrival=spread(samples(orders, ARRIVAL)),
        response=spread(samples(incidents, RESPONSE)),
    )


def _begin(one: Measured, zone: tzinfo | None) -> int:
    first = one.times["t4" if isinstance(one, AssignmentMarks) else "t1"]
    return first.at.astimezone(zone).hour
