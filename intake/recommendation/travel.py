"""How many minutes it takes from place to place, by the ways a site names. Pure."""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping

from intake.correlation.distance import metres
from intake.recommendation.rules import Way

WALK_M_MIN = 80.0
"""Metres a minute on foot in a crowd, where only coordinates are known (about 1.3 m/s)."""


def minutes_to(place: str, ways: Iterable[Way]) -> Mapping[str, float]:
    """Return the least minutes to `place` from each place that ways connect with it, itself at 0."""
    near: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)
    for one, other, minutes in ways:
        near[one].append((minutes, other))
        near[other].append((minutes, one))
    reached: dict[str, float] = {}
    edge = [(0.0, place)]
    while edge:
        minutes, at = heapq.heappop(edge)
        if at in reached:
            continue
        reached[at] = minutes
        for more, other in near[at]:
            heapq.heappush(edge, (minutes + more, other))
    return reached


def as_the_crow_flies(
    one: str | None, other: str | None, located: Mapping[str, tuple[float, float]]
) -> float | None:
    """Return minutes on foot by coordinates, None where one of the two has none."""
    start, end = located.get(one or ""), located.get(other or "")
    return metres(start, end) / WALK_M_MIN if start and end else None
