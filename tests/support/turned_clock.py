"""The machine's clock, turned forward by a test."""

from datetime import datetime, timedelta

from bus.clock import SystemClock


class TurnedClock(SystemClock):
    """Durations stay real; the time of day is ahead by what the test says."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self) -> datetime:
        """The machine's, and `ahead`."""
        return super().now() + self.ahead

    def turn(self, seconds: float) -> None:
        """Let time pass at once."""
        self.ahead += timedelta(seconds=seconds)
