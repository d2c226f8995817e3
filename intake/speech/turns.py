"""Who is next, when several overs want to be written down at once. Pure: loads and time in, one turn out."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

K = TypeVar("K", bound=Hashable)

Task = Literal["final", "decode", "text"]

LIVE_EVERY_S = 1.0
"""Text of a running over is looked for this often, while somebody speaks."""
LIVE_SHARE = 0.25
"""With some engines text costs a decoding of half a second and more: for one over at most this share of the
time is spent on it."""
PAUSE_S = 0.25
"""No sound for so long is a pause: most likely the last, so its text is looked for at once. The end of the
over, told a hang time later, then finds the text ready."""


@dataclass(frozen=True, slots=True)
class Load:
    """What one over asks of the workers now. Times are monotonic seconds.

    `waiting` counts samples nobody has decoded; `fresh` means that some were decoded since its text was last
    looked for, and that somebody wants to see it; `text_cost_s` is what that took the last time.
    """

    waiting: int
    ended: bool
    fresh: bool
    fed_at: float
    served_at: float
    told_at: float
    text_cost_s: float = 0.0

    def wants(self, now: float) -> Task | None:
        """Its most urgent task."""
        if self.ended:
            return "final"
        if self.waiting:
            return "decode"
        paused = now - self.fed_at >= PAUSE_S
        due = now - self.told_at >= max(LIVE_EVERY_S, self.text_cost_s / LIVE_SHARE)
        return "text" if self.fresh and (paused or due) else None


def next_turn(loads: Mapping[K, Load], now: float) -> tuple[K, Task] | None:
    """Overs that ended come first, then sound that waits, text for people to watch last.

    Among equals it is the turn of whoever was served longest ago.
    """
    wanted = [(over, task) for over, load in loads.items() if (task := load.wants(now)) is not None]
    order: tuple[Task, ...] = ("final", "decode", "text")
    return min(wanted, key=lambda one: (order.index(one[1]), loads[one[0]].served_at), default=None)
