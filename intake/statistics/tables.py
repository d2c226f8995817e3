"""The report of a period: every figure a commander asks for, each with the number it rests on."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from intake.dispatch.base import Exercise
from intake.statistics.accounts import Account, accounts
from intake.statistics.buckets import EDGES, Buckets, buckets
from intake.statistics.groups import Group, dimensions, groups
from intake.statistics.intervals import OF_ALARMS, OF_INCIDENTS, OF_ORDERS, Interval, samples
from intake.statistics.marks import AlarmMarks, Marks, Measured
from intake.statistics.percentiles import Samples, Spread, spread
from intake.statistics.targets import Reached, reached


@dataclass(frozen=True, slots=True)
class Period:
    """From `since` until before `until`; None is open. Hours of the day are those of `zone`, None: here."""

    since: datetime | None = None
    until: datetime | None = None
    zone: tzinfo | None = None

    def holds(self, at: datetime) -> bool:
        """Whether a moment lies in it."""
        return (self.since is None or at >= self.since) and (self.until is None or at < self.until)


@dataclass(frozen=True, slots=True)
class Counts:
    """Alarms and incidents apart; `set_aside` are those of exercises and tests, or of real work."""

    alarms: int
    incidents: int
    orders: int
    system: int
    linked: int
    dismissed: Mapping[str, int]
    waiting: int
    repeats: int
    releases: int
    unarrived: int
    held: int
    held_s: float
    set_aside: int


@dataclass(frozen=True, slots=True)
class Report:
    """Everything of one period. `of` tells whether it speaks of real work, exercises or tests."""

    period: Period
    of: Exercise
    counts: Counts
    samples: Mapping[str, Samples]
    spreads: Mapping[str, Spread]
    targets: tuple[Reached, ...]
    buckets: tuple[Buckets, ...]
    groups: Mapping[str, tuple[Group, ...]]
    accounts: tuple[Account, ...]
    marks: Marks


def report(
    marks: Marks, period: Period, *, of: Exercise = "actual", category: Callable[[str], str] = str
) -> Report:
    """The figures of a period. `category` gives the class a type belongs to.

    An alarm belongs to the period it was queued in, an incident to that of its first alarm, an order to the
    one it was given in. Alarms of source `system` (a box, a line or a channel in fault) are counted and
    listed by source, and left out of everything else: nobody called.
    """
    chosen = _chosen(marks, period, of)
    called = tuple(one for one in chosen.alarms if one.source != "system")
    of_objects: tuple[tuple[Sequence[Measured], tuple[Interval, ...]], ...] = (
        (called, OF_ALARMS),
        (chosen.incidents, OF_INCIDENTS),
        (chosen.assignments, OF_ORDERS),
    )
    measured = {each.name: samples(objects, each) for objects, intervals in of_objects for each in intervals}
    return Report(
        period=period,
        of=of,
        counts=_counts(marks, chosen, called, period),
        samples=measured,
        spreads={name: spread(each) for name, each in measured.items()},
        targets=reached(measured),
        buckets=tuple(buckets(name, measured[name]) for name in EDGES),
        groups={
            name: groups(key, replace(chosen, alarms=chosen.alarms if name == "source" else called))
            for name, key in dimensions(period.zone, category).items()
        },
        accounts=accounts(called),
        marks=chosen,
    )


def _chosen(marks: Marks, period: Period, of: Exercise) -> Marks:
    def inside(one: Measured, mark: str) -> bool:
        return one.exercise == of and period.holds(one.times[mark].at)

    return Marks(
        tuple(one for one in marks.alarms if inside(one, "t1")),
        tuple(one for one in marks.incidents if inside(one, "t1")),
        tuple(one for one in marks.assignments if inside(one, "t4")),
    )


def _counts(marks: Marks, chosen: Marks, called: Sequence[AlarmMarks], period: Period) -> Counts:
    alarms = [one for one in marks.alarms if period.holds(one.times["t1"].at)]
    held = [one.held_s for one in chosen.incidents if one.held_s]
    return Counts(
        alarms=len(called),
        incidents=len(chosen.incidents),
        orders=len(chosen.assignments),
        system=len(chosen.alarms) - len(called),
        linked=sum(one.incident is not None and one.link_kind != "origin" for one in called),
        dismissed=dict(Counter(one.dismissed for one in called if one.dismissed)),
        waiting=sum(one.incident is None and one.dismissed is None for one in called),
        repeats=sum(one.repeats for one in called),
        releases=sum(one.releases for one in called),
        unarrived=sum("t4" in one.times and "t7" not in one.times for one in chosen.incidents),
        held=len(held),
        held_s=sum(held),
        set_aside=len(alarms) - len(chosen.alarms),
    )
