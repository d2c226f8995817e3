"""When to sound which tone: one a class of alarm, until it is claimed or the operator asks for quiet."""

from collections.abc import Iterable
from typing import Literal

from bus.messages.board import AlarmRow

REPEAT_S = 5.0
"""Between two tones for the same alarms."""

QUIET_S = 60.0
"""How long quiet lasts without a reason; asked for again, the same alarms need one."""

LONGEST_MIN = 30
"""No reason makes quiet longer than this."""

Tone = Literal["p0", "p1", "other", "system", "drill"]

STROKES: dict[Tone, int] = {"p0": 3, "p1": 2, "other": 1, "system": 1, "drill": 1}
"""Strokes of the terminal's bell where no program plays tones; what is loudest first."""


def tone_of(alarm: AlarmRow) -> Tone:
    """The class an alarm sounds as."""
    if alarm.exercise != "actual":
        return "drill"
    if alarm.source == "system":
        return "system"
    return "p0" if alarm.priority == 0 else "p1" if alarm.priority == 1 else "other"


class Tones:
    """Decides; others make the sound. Quiet covers the alarms it was asked for, and ends by itself."""

    def __init__(self) -> None:
        self._hushed: frozenset[str] = frozenset()
        self._had_quiet: frozenset[str] = frozenset()
        """Alarms that were quiet for a while without a reason: more needs one."""
        self._until = 0.0
        self._why = ""
        self._rung_at: float | None = None
        self._known: frozenset[str] = frozenset()

    def due(self, waiting: Iterable[AlarmRow], now: float) -> Tone | None:
        """The tone to sound now: of the most urgent class that waits; None for silence."""
        if now >= self._until:
            self.ring_again()
        loud = [row for row in waiting if row.id not in self._hushed]
        ids = frozenset(row.id for row in loud)
        fresh, self._known = bool(ids - self._known), ids
        if not loud:
            self._rung_at = None
            return None
        if not fresh and self._rung_at is not None and now - self._rung_at < REPEAT_S:
            return None
        self._rung_at = now
        classes = {tone_of(row) for row in loud}
        return next(tone for tone in STROKES if tone in classes)

    def hush(self, waiting: Iterable[AlarmRow], now: float) -> bool:
        """Quiet for a minute. False: these were quiet before, and now it needs a reason."""
        ids = frozenset(row.id for row in waiting)
        if ids and ids <= self._had_quiet:
            return False
        self._had_quiet |= ids
        self._quiet(ids, now + QUIET_S, "")
        return True

    def hush_for(self, waiting: Iterable[AlarmRow], now: float, minutes: int, why: str) -> None:
        """Quiet for longer, for a reason that stands in the header."""
        self._quiet(frozenset(row.id for row in waiting), now + 60 * min(minutes, LONGEST_MIN), why)

    def ring_again(self) -> None:
        """Quiet ends."""
        self._quiet(frozenset(), float("inf"), "")

    def quiet(self, waiting: Iterable[AlarmRow], now: float) -> tuple[int, str] | None:
        """Seconds left and the reason while alarms wait without a tone, else None."""
        ids = {row.id for row in waiting}
        if not ids or not ids <= self._hushed or now >= self._until:
            return None
        return round(self._until - now), self._why

    def _quiet(self, ids: frozenset[str], until: float, why: str) -> None:
        self._hushed, self._until, self._why = ids, until, why
