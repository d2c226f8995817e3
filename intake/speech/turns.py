"""Who is next, when several overs want to be written down at once. Pure: loads and time in, one turn out."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

K = TypeVar("K", bound=Hashable)

Task = Literal["final", "decode", "pause", "text"]
"""What a turn does; `pause` and `text` both look for the text so far."""

_ORDER: tuple[Task, ...] = ("final", "decode", "pause", "text")

LIVE_EVERY_S = 1.0
"""Text of a running over is looked for this often, while somebody speaks."""
LIVE_SHARE = 0.25
"""With some engines text costs a decoding of half a second and more: at most this share of the time is spent
on it while people speak, however many channels they speak on."""
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

    def wants(self, now: float, speaking: int) -> Task | None:
        """Its most urgent task; `speaking` overs, this one among them, share the time for live text."""
        if self.ended:
            return "final"
        if self.waiting:
            return "decode"
        if not self.fresh:
            return None
        if now - self.fed_at >= PAUSE_S:
            return "pause"
        due = now - self.told_at >= max(LIVE_EVERY_S, self.text_cost_s * speaking / LIVE_SHARE)
        return "text" if due else None


def next_turn(loads: Mapping[K, Load], now: float) -> tuple[K, Task] | None:
    """Overs that ended come first, then sound that waits, then what is most likely about to end.

    Text for people to watch comes last. Among equals it is the turn of whoever was served longest ago.
    """
    speaking = sum(not load.ended for load in loads.values())
    wanted = [(over, task) for over, load in loads.items() if (task := load.wants(now, speaking)) is not None]
    return min(wanted, key=lambda one: (_ORDER.index(one[1]), loads[one[0]].served_at), default=None)
