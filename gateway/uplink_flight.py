"""Which rows of one source are under way to the centre. Pure: times and ids go in, decisions come out.

Order within a source must survive a broker that loses what it acknowledged. So after every new start, and
after every receipt that did not come, one row goes alone and proves the way before the next follow.
"""

from dataclasses import dataclass, replace

from gateway.spool.rows import Row

WINDOW = 8
"""Rows of one source under way at once; the rest waits on disk, where it is safe."""


@dataclass(frozen=True)
class Flight:
    """One source. `after`: `n` of the last row sent; `sent`: ids under way and when each was sent."""

    after: int = 0
    window: int = 1
    sent: tuple[tuple[str, float], ...] = ()

    @property
    def room(self) -> int:
        """How many more rows may be sent now."""
        return max(0, self.window - len(self.sent))

    def took_off(self, row: Row, now: float) -> "Flight":
        """A row was handed to the broker."""
        return replace(self, after=row.n, sent=(*self.sent, (row.id, now)))

    def landed(self, ids: frozenset[str]) -> "Flight":
        """The centre has these; if one of them was ours, the way is proved."""
        left = tuple(one for one in self.sent if one[0] not in ids)
        if len(left) == len(self.sent):
            return self
        return replace(self, sent=left, window=WINDOW)

    def due_at(self, patience_s: float) -> float | None:
        """When the oldest row under way has waited too long for its receipt."""
        return min(at for _, at in self.sent) + patience_s if self.sent else None

    def restarted(self) -> "Flight":
        """Everything without a receipt is to be sent again, in order."""
        return Flight()
