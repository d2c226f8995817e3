"""How the clock of a sound card runs against the clock of the machine."""

from typing import Final

_SETTLING_S: Final = 2.0
"""Buffers fill at the start; what they hold arrives in a burst that says nothing about a clock."""


class ClockFit:
    """A straight line through (machine's clock, samples heard), by least squares, in constant memory.

    Blocks arrive late by tens of milliseconds, never early; over ten minutes their average says the drift
    to a few parts in a million.
    """

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._began: float | None = None
        self._origin = (0.0, 0)
        self._n = 0
        self._x = self._y = self._xx = self._xy = 0.0

    def note(self, at: float, samples: int) -> None:
        """`samples` had been heard when the machine's clock was at `at` seconds."""
        if self._began is None:
            self._began = at
        if at - self._began < _SETTLING_S:
            return
        if not self._n:
            self._origin = (at, samples)
        x, y = at - self._origin[0], (samples - self._origin[1]) / self._rate
        self._n += 1
        self._x += x
        self._y += y
        self._xx += x * x
        self._xy += x * y

    @property
    def drift_ppm(self) -> float | None:
        """How much faster the card runs than the machine; None while too little was heard to say."""
        spread = self._n * self._xx - self._x * self._x
        if self._n < 2 or spread <= 0:  # noqa: PLR2004 - two points make a line
            return None
        return ((self._n * self._xy - self._x * self._y) / spread - 1) * 1e6
