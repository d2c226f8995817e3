"""Which reports to compare a new one with: those under the same keys, the newest few of each, never all."""

from collections.abc import Iterable, Iterator

from immutables import Map

from intake.correlation.distance import within
from intake.correlation.report import Report
from intake.correlation.rules import Rules

PER_KEY = 24
"""Newest entries kept under a key: what bounds the work one alarm can cause."""

Index = Map[str, tuple[str, ...]]
"""Key → ids, oldest first."""


def keys_of(report: Report, rules: Rules) -> Iterator[str]:
    """The keys a report is found under."""
    if report.account is not None:
        yield f"account:{report.account}"
    if report.radio is not None:
        yield f"radio:{report.radio}"
    if report.place is not None and not rules.is_institution(report.place):
        yield f"place:{rules.whole(report.place)}"


def keys_near(report: Report, rules: Rules) -> Iterator[str]:
    """The keys to look under: its own, and those of places near enough to count."""
    yield from keys_of(report, rules)
    at = rules.located.get(report.place or "")
    if at is None:
        return
    reach = max((limit for limit, _ in rules.metres.steps), default=0.0)
    for place, other in rules.located.items():
        if place != report.place and within(at, other, reach):
            yield f"place:{rules.whole(place)}"


def entered(index: Index, keys: Iterable[str], id_: str) -> Index:
    """The index with an id under these keys, each kept at `PER_KEY`."""
    for key in keys:
        ids = tuple(other for other in index.get(key, ()) if other != id_)
        index = index.set(key, (*ids, id_)[-PER_KEY:])
    return index


def left(index: Index, keys: Iterable[str], id_: str) -> Index:
    """The index without an id under these keys."""
    for key in keys:
        ids = index.get(key, ())
        if id_ in ids:
            kept = tuple(other for other in ids if other != id_)
            index = index.set(key, kept) if kept else index.delete(key)
    return index


def found(index: Index, keys: Iterable[str]) -> tuple[str, ...]:
    """Every id under these keys, each once, the newest of each key first."""
    return tuple(dict.fromkeys(id_ for key in dict.fromkeys(keys) for id_ in reversed(index.get(key, ()))))
