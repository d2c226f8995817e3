"""The buckets in which Chinese 110 bulletins print signing, rolling out and feedback (Ankang, two weeks)."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from intake.statistics.percentiles import Samples
from intake.statistics.targets import within

_MINUTE, _HOUR = 60, 3600

EDGES: Mapping[str, tuple[float, ...]] = {
    "sign": (30, 60, 120, 180),
    "roll-out": (5 * _MINUTE, 10 * _MINUTE, 15 * _MINUTE, 30 * _MINUTE),
    "feedback": (30 * _MINUTE, _HOUR, 2 * _HOUR, 4 * _HOUR),
}
"""Interval → upper ends in seconds, each in its own bucket; one more bucket holds what took longer."""


@dataclass(frozen=True, slots=True)
class Buckets:
    """How many samples of an interval lie between its edges: one count more than there are edges."""

    interval: str
    edges: tuple[float, ...]
    counts: tuple[int, ...]

    @property
    def n(self) -> int:
        """All samples."""
        return sum(self.counts)

    @property
    def shares(self) -> tuple[float, ...]:
        """Percent a bucket; all 0 without samples."""
        return tuple(100 * count / self.n if self.n else 0.0 for count in self.counts)


def buckets(interval: str, samples: Samples, edges: tuple[float, ...] | None = None) -> Buckets:
    """The samples of an interval between the edges bulletins use, or others."""
    ends = EDGES[interval] if edges is None else edges
    upto = (0, *(within(samples, end) for end in ends), len(samples.seconds))
    return Buckets(interval, ends, tuple(after - before for before, after in pairwise(upto)))
