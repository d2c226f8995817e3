"""How fast the dispatcher of a drill was, against what the site's own timers ask. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from intake.statistics.intervals import ANSWER, ARRIVAL, PROCESSING, SIGN, Interval
from intake.statistics.marks import AlarmMarks, AssignmentMarks, IncidentMarks, Marks, Measured
from intake.timers.ladders import Ladders

MEASURED = ((ANSWER, "answer"), (PROCESSING, "decide"), (SIGN, "sign"), (ARRIVAL, "arrival"))
"""An interval, and the timer of the site whose first rung is its target."""


@dataclass(frozen=True, slots=True)
class Late:
    """One that took longer than asked."""

    interval: str
    at: datetime
    type: str
    seconds: float
    target: float


@dataclass(frozen=True, slots=True)
class Left:
    """An alarm nobody took."""

    at: datetime
    """When it was queued."""
    type: str
    place: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """One interval: `target` is what most of its samples were asked; None times without samples."""

    interval: str
    target: float
    n: int
    in_time: int
    median: float | None
    worst: float | None


@dataclass(frozen=True, slots=True)
class Score:
    """Of one drill. `unclaimed` alarms nobody took, told in `left`; `unsent` incidents nobody was sent to."""

    alarms: int
    unclaimed: int
    incidents: int
    unsent: int
    lines: tuple[Line, ...]
    late: tuple[Late, ...]
    left: tuple[Left, ...]

    @property
    def reached(self) -> bool:
        """Whether everything was done, and in time."""
        return not (self.unclaimed or self.unsent or self.late)


def score(marks: Marks, ladders: Ladders) -> Score:
    """Exercises only; faults of own devices are no part of it."""
    alarms = [one for one in marks.alarms if one.exercise == "exercise" and one.type != "system"]
    incidents = [one for one in marks.incidents if one.exercise == "exercise"]
    orders = [one for one in marks.assignments if one.exercise == "exercise"]
    of: dict[str, Iterable[Measured]] = {
        ANSWER.name: alarms,
        PROCESSING.name: incidents,
        SIGN.name: orders,
        ARRIVAL.name: orders,
    }
    lines, late = [], list[Late]()
    for interval, timer in MEASURED:
        samples = [found for one in of[interval.name] if (found := _sample(one, interval, timer, ladders))]
        lines.append(_line(interval.name, ladders.of(timer)[0], samples))
        late += (one for one in samples if one.seconds > one.target)
    late.sort(key=lambda one: one.at)
    left = tuple(Left(one.times["t1"].at, one.type, one.place) for one in alarms if not _was_taken(one))
    return Score(
        alarms=len(alarms),
        unclaimed=len(left),
        incidents=len(incidents),
        unsent=sum("t4" not in one.times and "t9" not in one.times for one in incidents),
        lines=tuple(lines),
        late=tuple(late),
        left=left,
    )


def _was_taken(alarm: AlarmMarks) -> bool:
    """Claimed, or joined or dismissed without a claim of its own."""
    return "t2" in alarm.times or alarm.incident is not None or alarm.dismissed is not None


def _sample(one: Measured, interval: Interval, timer: str, ladders: Ladders) -> Late | None:
    start, end = one.times.get(interval.start), one.times.get(interval.end)
    if start is None or end is None or start.inferred or end.inferred:
        return None
    team = one.team if isinstance(one, AssignmentMarks) else None
    if timer == "decide" and isinstance(one, IncidentMarks) and one.priority == 0:
        timer = "decide_priority_0"
    target = ladders.of(timer, type_=one.type, team=team)[0]
    return Late(interval.name, start.at, one.type, (end.at - start.at).total_seconds(), target)


def _line(name: str, target: float, samples: list[Late]) -> Line:
    took = [one.seconds for one in samples]
    return Line(
        name,
        target,
        len(took),
        sum(one.seconds <= one.target for one in samples),
        median(took) if took else None,
        max(took, default=None),
    )
