"""What came into the queue while a line was being typed: counted, so that it need not move anything."""

from tui.view.queue import waiting_alarms
from tui.view.sight import Sight


class Arrivals:
    """Counts from the first character of a line until the line is empty again."""

    def __init__(self) -> None:
        self._before: frozenset[str] | None = None

    def look(self, sight: Sight, *, typing: bool) -> int:
        """How many alarms wait now that did not when the line was begun."""
        waiting = frozenset(row.id for row in waiting_alarms(sight))
        if not typing:
            self._before = None
            return 0
        if self._before is None:
            self._before = waiting
        return len(waiting - self._before)
