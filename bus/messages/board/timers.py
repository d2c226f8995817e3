"""The timers that run for a row."""

from bus.messages.base import Utc, Value


class TimerRow(Value):
    """One timer that runs for a row: consoles count down themselves."""

    kind: str
    """answer, decide, review, caller, sign, arrival, scene, feedback or contact."""
    since: Utc
    due: tuple[Utc, ...]
    """When each rung is reached, those behind us included."""
    muted_until: Utc | None = None
