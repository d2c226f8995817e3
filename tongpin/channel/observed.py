"""What was heard on a channel, as far as its settings depend on it; gathered in bounded memory."""

from collections import Counter, deque
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from gateway.channel.over_events import OverEnded
from tongpin.channel.tails import Tail

_KEPT: Final = 1000
"""Of each kind of finding the last so many; more change no percentile that matters."""
_STEPS: Final = 4
"""Levels are kept to a quarter of a dB."""


@dataclass
class Levels:
    """How often each level occurred."""

    counts: Counter[int] = field(default_factory=Counter)

    def add(self, dbfs: float) -> None:
        """One frame more."""
        self.counts[round(dbfs * _STEPS)] += 1

    def percentile(self, share: float) -> float:
        """The level below which `share` percent of the frames lie; there must be one."""
        levels = np.array(sorted(self.counts)) / _STEPS
        reached = np.cumsum([self.counts[level] for level in sorted(self.counts)])
        return float(levels[np.searchsorted(reached, share / 100 * reached[-1])])

    def __bool__(self) -> bool:
        return bool(self.counts)


@dataclass
class Observed:
    """All that a proposal is made of. Lengths in ms, levels in dBFS.

    `gaps` are silences between two carriers; `kerchunks` and `bursts` keys pressed too short and squelches
    open with nobody there; `closed` the levels while nobody was heard, `noise` those of an open squelch.
    """

    seconds: float = 0.0
    silent: bool = True
    """Nothing but exact zeros so far."""
    closed: Levels = field(default_factory=Levels)
    noise: Levels = field(default_factory=Levels)
    gaps: deque[int] = field(default_factory=lambda: deque(maxlen=_KEPT))
    tails: deque[Tail] = field(default_factory=lambda: deque(maxlen=_KEPT))
    untailed: int = 0
    """Carriers that ended without a tail."""
    overs: deque[OverEnded] = field(default_factory=lambda: deque(maxlen=_KEPT))
    kerchunks: int = 0
    bursts: int = 0
