"""When the screen is drawn again: not for every change, and with room for keys in between."""

from collections.abc import Callable

from bus.clock import Clock

LOOK_S = 0.1
"""However many changes come, the screen is drawn at most ten times a second."""

TIMES_APART = 10
"""Times as long as the last drawing took, until the next one at the soonest: keys find the console free."""

LONGEST_APART_S = 0.2
"""Two consoles show the same within half a second, however slow they draw."""


class Pacing:
    """Asked every `LOOK_S`."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.is_due = True
        """Whether something was not drawn yet."""
        self._not_before = 0.0

    def changed(self) -> None:
        """There is something new to be seen."""
        self.is_due = True

    def draw_if_due(self, draw: Callable[[], None]) -> bool:
        """Draws what changed once it is time to; whether it did."""
        began = self._clock.monotonic()
        if not self.is_due or began < self._not_before:
            return False
        self.is_due = False
        draw()
        took = self._clock.monotonic() - began
        self._not_before = began + min(TIMES_APART * took, LONGEST_APART_S)
        return True
