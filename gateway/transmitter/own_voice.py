"""When what is heard is ourselves: no over is made of it, and it is nobody's carrier.

Nothing is ours for longer than the wire can be keyed: whatever hangs, the box hears its channel again.
"""

from collections import deque

from hardware.keying.guard import LONGEST_S

_AFTER_S = 0.3
"""A radio comes back from transmitting with a click and an open squelch."""
_KEPT = 50


class OwnVoice:
    """Times are seconds of the monotonic clock."""

    def __init__(self) -> None:
        self._since: float | None = None
        self._spoken: deque[tuple[float, float]] = deque(maxlen=_KEPT)

    def began(self, at: float) -> None:
        """We key."""
        self._since = at

    def ended(self, at: float) -> None:
        """We have let go; safe to call twice."""
        if self._since is not None:
            self._spoken.append((self._since, at + _AFTER_S))
            self._since = None

    def is_ours(self, at: float) -> bool:
        """Whether what sounded then was ourselves."""
        if self._since is not None and self._since <= at < self._since + LONGEST_S:
            return True
        return any(since <= at < until for since, until in self._spoken)
