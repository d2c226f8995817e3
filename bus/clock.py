"""The one place a program asks what time it is."""

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Two clocks: one for people, one for durations."""

    def now(self) -> datetime:
        """UTC, to the millisecond. May be wrong, may jump."""
        ...

    def monotonic(self) -> float:
        """Seconds since some moment. Never jumps."""
        ...


class SystemClock:
    """The machine's own clocks."""

    def now(self) -> datetime:
        """UTC, cut to the millisecond so that what is stored equals what is sent."""
        return to_ms(datetime.now(UTC))

    def monotonic(self) -> float:
        """`time.monotonic`."""
        return time.monotonic()


def to_ms(at: datetime) -> datetime:
    """The same moment cut to the millisecond, in UTC."""
    at = at.astimezone(UTC)
    return at.replace(microsecond=at.microsecond // 1000 * 1000)
