"""Notices a squelch that flaps, and then asks for more carrier before believing it."""

from collections import deque

from gateway.channel.squelch import FRAME_MS

_FLAPS = 5
_SHORT_MS = 300
_WITHIN_MS = 2_000
_REQUIRED_MS = 500
_FOR_MS = 10_000
"""Five openings under 300 ms within 2 s ask for 500 ms of carrier during the next 10 s, as repeater
controllers do."""


class FlapGuard:
    """Counts openings that came to nothing; time passes by `tick`, once a frame."""

    def __init__(self, minimum_ms: int) -> None:
        self._minimum_ms = minimum_ms
        self._now_ms = 0
        self._until_ms = 0
        self._flaps: deque[int] = deque(maxlen=_FLAPS)

    @property
    def required_ms(self) -> int:
        """Carrier needed before an opening counts as an over."""
        return max(self._minimum_ms, _REQUIRED_MS) if self._now_ms < self._until_ms else self._minimum_ms

    def tick(self) -> None:
        """One frame has passed."""
        self._now_ms += FRAME_MS

    def opened_for(self, carrier_ms: int) -> None:
        """An opening ended after this much carrier without becoming an over."""
        if carrier_ms >= _SHORT_MS:
            return
        self._flaps.append(self._now_ms)
        if len(self._flaps) == _FLAPS and self._now_ms - self._flaps[0] <= _WITHIN_MS:
            self._until_ms = self._now_ms + _FOR_MS
