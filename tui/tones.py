"""When to ring: for each class of alarm until somebody claims it, or the operator asks for quiet."""

from collections.abc import Iterable

from bus.messages.board import AlarmRow

REPEAT_S = 5.0
"""Between two rings for the same alarm."""


class Tones:
    """Decides; ringing is somebody else's work. Quiet lasts until an alarm comes that was not hushed."""

    def __init__(self) -> None:
        self._hushed: frozenset[str] = frozenset()
        self._rung_at: float | None = None
        self._known: frozenset[str] = frozenset()

    def rings(self, waiting: Iterable[AlarmRow], now: float) -> int:
        """How many strokes to ring now: 3 for priority 0, 2 for 1, else 1; 0 for silence."""
        loud = {row.id: row.priority for row in waiting if row.id not in self._hushed}
        fresh = bool(loud.keys() - self._known)
        self._known = frozenset(loud)
        if not loud:
            self._rung_at = None
            return 0
        if not fresh and self._rung_at is not None and now - self._rung_at < REPEAT_S:
            return 0
        self._rung_at = now
        return max(3 - min(loud.values()), 1)

    def hush(self, waiting: Iterable[AlarmRow]) -> None:
        """No more ringing for these."""
        self._hushed = frozenset(row.id for row in waiting)

    def hushed(self, waiting: Iterable[AlarmRow]) -> bool:
        """Whether alarms wait without ringing."""
        ids = {row.id for row in waiting}
        return bool(ids) and ids <= self._hushed
