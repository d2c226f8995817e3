"""When to ask a panel that says nothing by itself, or says it only once. Pure: times in, questions out.

The whole state is asked for whenever something may have been missed: after each opening of the port, after
a panel was dumb for two questions, and after something it said could not be stored. So questions go on while
storage is down: they keep the line alive, and what they cost is asked for again.
"""

from dataclasses import dataclass, replace
from typing import Final

from hardware.panels.asking import Asking

ANSWERED_S: Final = 10.0
"""How long a whole state takes to tell: an IT-100 says some 200 lines of 12 bytes at 9600 baud in 3 s."""
_DUMB: Final = 2
"""Questions without an answer after which a panel that speaks again may have missed telling something."""


@dataclass(frozen=True)
class Inquiry:
    """One line's questions. `opening` is the port's, None while it is closed; times are monotonic seconds."""

    opening: int | None = None
    quiet_since: float = 0.0
    asked_at: float | None = None
    """When the whole state was last asked for."""
    missed_at: float | None = None
    """Since when something may have been missed."""
    unanswered: int = 0

    def opened(self, now: float, opening: int) -> "Inquiry":
        """The port is open: all that was said before is missed."""
        return Inquiry(opening, now, missed_at=now - ANSWERED_S)

    def closed(self) -> "Inquiry":
        """The port is gone; there is nobody to ask."""
        return Inquiry()

    def heard(self, now: float) -> "Inquiry":
        """The panel said something; if it had been dumb, it may have been switched off meanwhile."""
        missed = now - ANSWERED_S if self.unanswered > _DUMB else self.missed_at
        return replace(self, quiet_since=now, unanswered=0, missed_at=missed)

    def unstored(self, now: float) -> "Inquiry":
        """What it said did not reach the disk."""
        return replace(self, missed_at=now if self.missed_at is None else self.missed_at)

    def reconciles(self, now: float) -> bool:
        """Whether what is said now may be an answer to a question for the whole state."""
        return self.asked_at is not None and now - self.asked_at <= ANSWERED_S

    def due(self, now: float, asking: Asking) -> tuple["Inquiry", bytes]:
        """What to ask now, if anything, and the inquiry with it asked."""
        if self.opening is None:
            return self, b""
        asked = replace(self, quiet_since=now, unanswered=self.unanswered + 1)
        if asking.start and self.missed_at is not None and now - self.missed_at >= ANSWERED_S:
            return replace(asked, asked_at=now, missed_at=None), asking.start
        if asking.poll is not None and now - self.quiet_since >= asking.poll.quiet_s:
            return asked, asking.poll.question
        return self, b""
