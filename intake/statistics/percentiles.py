"""Percentiles by the nearest rank: each is a time that was really measured, never one between two.

The p-th percentile of n sorted values is the one of rank ceil(p/100 * n), from 1.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

PERCENTS = (50, 75, 90, 95, 99)
FEW = 20
"""Fewer samples than this carry a warning (domain page, statistics)."""


@dataclass(frozen=True, slots=True)
class Samples:
    """Seconds from one mark to another, ascending; `inferred` and `backward` are how many were left out.

    Inferred: nobody reported one of the two marks. Backward: clocks disagree, the end lies before the start.
    """

    seconds: tuple[float, ...] = ()
    inferred: int = 0
    backward: int = 0


@dataclass(frozen=True, slots=True)
class Spread:
    """What percentiles say of samples; None where there are none. `few` is the warning."""

    n: int
    inferred: int
    backward: int
    p50: float | None
    p75: float | None
    p90: float | None
    p95: float | None
    p99: float | None

    @property
    def few(self) -> bool:
        """Whether there are too few samples to lean on."""
        return self.n < FEW


def percentile(ascending: Sequence[float], percent: int) -> float | None:
    """The value of the nearest rank, `percent` in 1..100; None of nothing."""
    if not ascending:
        return None
    return ascending[math.ceil(percent * len(ascending) / 100) - 1]


def spread(samples: Samples) -> Spread:
    """The percentiles of samples."""
    return Spread(
        len(samples.seconds),
        samples.inferred,
        samples.backward,
        *(percentile(samples.seconds, percent) for percent in PERCENTS),
    )
