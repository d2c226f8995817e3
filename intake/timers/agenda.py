"""What is due next, among thousands of timers: looked at again only where the board was touched."""

import heapq
from collections.abc import Iterable
from datetime import datetime

from intake.dispatch.base import ObjectKind, Ref
from intake.dispatch.state import State
from intake.timers.kinds import running
from intake.timers.timer import Timer

_TIMED = (ObjectKind.ALARM, ObjectKind.INCIDENT, ObjectKind.ASSIGNMENT, ObjectKind.UNIT)


class Agenda:
    """The running timers by their next moment; an entry of the heap that no longer holds is dropped."""

    def __init__(self) -> None:
        self._running: dict[Ref, tuple[Timer, ...]] = {}
        self._heap: list[tuple[datetime, Ref, str]] = []

    def look(self, refs: Iterable[Ref], state: State) -> None:
        """Bring the timers of these objects up to date."""
        for ref in refs:
            if ref.kind not in _TIMED:
                continue
            now, before = running(state, ref), self._running.pop(ref, ())
            if now:
                self._running[ref] = now
            for timer in set(now) - set(before):
                if timer.next_due is not None:
                    heapq.heappush(self._heap, (timer.next_due, ref, timer.kind))

    def look_at_all(self, state: State) -> None:
        """Begin with everything on the board."""
        self.look((Ref(kind, id_) for kind in _TIMED for id_ in state.table(kind)), state)

    def take(self, now: datetime) -> list[Timer]:
        """Take out the timers that have a rung due; the board brings each back when it was reached."""
        taken: list[Timer] = []
        while self._heap and self._heap[0][0] <= now:
            due, ref, kind = heapq.heappop(self._heap)
            found = (one for one in self._running.get(ref, ()) if one.kind == kind and one.next_due == due)
            taken.extend(one for one in found if one not in taken)
        return taken

    def seconds_to_next(self, now: datetime) -> float | None:
        """How long nothing will be due; None when nothing runs."""
        return max(0.0, (self._heap[0][0] - now).total_seconds()) if self._heap else None
