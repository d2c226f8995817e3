"""What standards ask of a centre, and how much of it was reached.

Sources: NENA-STA-020.1-2020; NFPA 1221 in its editions of 2002, 2010, 2013 and 2016, NFPA 1225-2022, NFPA 72;
the thirty-second rule for signing and the five-minute rule for arriving of Chinese 110 centres.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from intake.statistics.percentiles import Samples


@dataclass(frozen=True, slots=True)
class Target:
    """A share of an interval's samples, in percent, is to be done within `seconds`; None: only told of."""

    standard: str
    interval: str
    seconds: float
    percent: float | None


TARGETS = (
    Target("NFPA 72", "transit", 90, None),
    Target("NENA-STA-020.1", "answer", 15, 90),
    Target("NENA-STA-020.1", "answer", 20, 95),
    Target("NFPA 1221-2002", "answer", 15, 95),
    Target("NFPA 1221-2002", "answer", 40, 99),
    Target("NFPA 1225-2022", "answer", 15, 90),  # some sources print 10 s
    Target("NFPA 1221-2002", "processing", 60, 95),
    Target("NFPA 1221-2002", "processing", 90, 99),
    Target("NFPA 1221-2010", "processing", 60, 90),
    Target("NFPA 1221-2013", "processing", 60, 80),
    Target("NFPA 1221-2013", "processing", 106, 95),
    Target("NFPA 1221-2016/2019", "processing", 64, 90),
    Target("NFPA 1221-2016/2019", "processing", 106, 95),
    Target("NFPA 1225-2022", "processing", 60, 90),
    Target("China 110", "sign", 30, None),
    Target("China 110", "arrival", 5 * 60, None),
)


@dataclass(frozen=True, slots=True)
class Reached:
    """How one target stands: `within` of `n` samples were in time."""

    target: Target
    n: int
    within: int

    @property
    def share(self) -> float | None:
        """Percent in time; None without samples."""
        return 100 * self.within / self.n if self.n else None

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None where it asks for no share, or nothing was measured."""
        if self.target.percent is None or not self.n:
            return None
        return 100 * self.within >= self.target.percent * self.n


def within(samples: Samples, seconds: float) -> int:
    """How many samples took `seconds` or less."""
    return bisect_right(samples.seconds, seconds)


def reached(measured: Mapping[str, Samples]) -> tuple[Reached, ...]:
    """Every target against the samples of its interval, by the interval's name."""
    found = ((target, measured.get(target.interval, Samples())) for target in TARGETS)
    return tuple(Reached(target, len(of.seconds), within(of, target.seconds)) for target, of in found)
