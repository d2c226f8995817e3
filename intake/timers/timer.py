"""A timer that runs: since when, for what, and how far it has come."""

from dataclasses import dataclass
from datetime import datetime

from intake.dispatch.base import Ref


@dataclass(frozen=True, slots=True)
class Timer:
    """`due` has the moment of every rung, those reached included; a muted one waits for the mute's end."""

    kind: str
    about: Ref
    since: datetime
    due: tuple[datetime, ...]
    reached: int = 0
    muted_until: datetime | None = None

    @property
    def next_due(self) -> datetime | None:
        """When the next rung is reached; None once all are."""
        return self.due[self.reached] if self.reached < len(self.due) else None
