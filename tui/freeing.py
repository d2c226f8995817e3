"""When memory is looked through for what can be freed: it stops everything, so only while nobody types."""

from bus.clock import Clock
from bus.collecting import look_through

CALM_S, LOOK_EVERY_S = 3.0, 60.0
"""Memory is looked through when nobody has typed for so long, and not more often than that."""


class Freeing:
    """Asked again and again whether this is a moment for it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._looked_at = clock.monotonic()

    def look(self, typed_at: float) -> None:
        """Does it if it is; `typed_at` is when the last key came, in monotonic seconds."""
        now = self._clock.monotonic()
        if now - typed_at >= CALM_S and now - self._looked_at >= LOOK_EVERY_S:
            self._looked_at = now
            look_through()
