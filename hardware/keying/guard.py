"""When a keyed transmitter is let go without being told. Pure: the clock comes in."""

from dataclasses import dataclass, replace
from typing import Final

BEAT_S: Final = 0.25
"""How often the box says that it is still there and still speaking."""
MISSED_S: Final = 0.75
"""Two beats may come late on a busy machine; a third is a box that hangs."""
LONGEST_S: Final = 60.0
"""Whatever the box says: no single keying lasts longer. A radio's own timer is longer still."""


@dataclass(frozen=True, slots=True)
class Guard:
    """Keyed since when, and when the box was last heard of; seconds of the monotonic clock.

    Once it had to let go by itself it is `barred`: the beats of a box that was late key nothing anew.
    """

    since: float | None = None
    beat: float = 0.0
    barred: bool = False

    @property
    def keyed(self) -> bool:
        """Whether the transmitter is to be keyed."""
        return self.since is not None

    @property
    def until(self) -> float | None:
        """When it is let go if no more is heard."""
        return None if self.since is None else min(self.beat + MISSED_S, self.since + LONGEST_S)

    def beaten(self, now: float) -> "Guard":
        """The box wants it keyed."""
        if self.barred:
            return self
        return replace(self, since=now if self.since is None else self.since, beat=now)

    def passed(self, now: float) -> "Guard":
        """It is `now`, and nothing was heard."""
        return Guard(barred=True) if self.until is not None and now >= self.until else self
