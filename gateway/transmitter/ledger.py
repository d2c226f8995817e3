"""What a transmitter remembers over a restart, in the memory of its spool source.

Requests are known by their ids, so that none is spoken twice, and those without a last word get one at the
next start; what was on the air counts against the hour; a mute stays. Times are UTC, in seconds.
"""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from bus.messages.transmit import TxProgress
from gateway.transmitter.state import HOUR_S, Spoken, Transmitter
from gateway.transmitter.words import FINALS


class Ledger(BaseModel):
    """Only what is younger than an hour; a request lives two minutes at most."""

    model_config = ConfigDict(frozen=True)

    asked: dict[str, float] = {}
    """Request and when it came."""
    open: tuple[str, ...] = ()
    """Requests without a last word."""
    spoken: tuple[tuple[float, float], ...] = ()
    """When a keying ended, and how long it was."""
    muted: bool = False

    @classmethod
    def of(cls, memory: str) -> "Ledger":
        """What the spool remembers; nothing when it cannot be read."""
        try:
            return cls.model_validate_json(memory) if memory else cls()
        except ValidationError:
            return cls()

    def asked_for(self, request: str, at: datetime) -> "Ledger":
        """A request came."""
        young = {known: when for known, when in self.asked.items() if when > at.timestamp() - HOUR_S}
        return self._with(asked={**young, request: at.timestamp()}, open=(*self.open, request))

    def told(self, progress: TxProgress) -> "Ledger":
        """The centre is told of this."""
        if progress.state not in FINALS:
            return self
        left = tuple(request for request in self.open if request != progress.request)
        now = progress.at.timestamp()
        young = tuple(each for each in self.spoken if each[0] > now - HOUR_S)
        spoken = (*young, (now, progress.seconds_keyed)) if progress.seconds_keyed else young
        return self._with(open=left, spoken=spoken)

    def muted_as(self, on: bool) -> "Ledger":  # noqa: FBT001 - the only thing said
        """The operator muted the transmitter, or let it speak again."""
        return self._with(muted=on)

    def restored(self, state: Transmitter, now: datetime, monotonic: float) -> Transmitter:
        """The transmitter as it was, on this run's clock."""
        ahead = monotonic - now.astimezone(UTC).timestamp()
        return replace(
            state,
            inhibited=self.muted or state.inhibited,
            spoken=tuple(Spoken(at + ahead, seconds) for at, seconds in self.spoken),
            known=tuple((request, at + ahead) for request, at in self.asked.items()),
        )

    def _with(self, **changes: Any) -> "Ledger":  # noqa: ANN401 - the fields above
        return self.model_copy(update=changes)
