"""How a transmitter stands, and its limits."""

from dataclasses import dataclass, field

from gateway.transmitter.words import Carrier

HOUR_S = 3600.0
IDLE_S = 0.3
"""So long must a channel be free before anybody but its talkers may key; then a random moment more."""


GRACE_S = 2.0
"""A sound card begins late and ends late; what is on the air so much longer than allowed is cut off."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a site lets its transmitter do."""

    max_s: float = 20.0
    """Longer speech is refused, not cut."""
    duty_s: float = 600.0
    """On the air within an hour."""
    gap_s: float = 2.0
    """Between two of ours, so that others get a word in."""
    limit_s: float = 120.0
    """A request whose time limit is further away is refused: it would outlive what is remembered of it."""
    talk_over: bool = False
    """Priority 0 may be keyed while somebody talks."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request that is not on the air yet; `seconds` once its sound is made."""

    id: str
    priority: int
    until: float
    seconds: float | None = None
    told: bool = False
    """That it waits."""


@dataclass(frozen=True, slots=True)
class OnAir:
    """A request that is on the air."""

    id: str
    since: float


@dataclass(frozen=True, slots=True)
class Spoken:
    """One keying that is over."""

    ended: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Transmitter:
    """All times are seconds of the monotonic clock."""

    limits: Limits = field(default_factory=Limits)
    receive_only: bool = False
    """There is nothing to transmit with."""
    inhibited: bool = False
    carrier: Carrier = "dead"
    free_from: float = 0.0
    """From when an idle channel may be keyed."""
    waiting: tuple[Waiting, ...] = ()
    on_air: OnAir | None = None
    spoken: tuple[Spoken, ...] = ()
    """Of the last hour."""
    known: tuple[tuple[str, float], ...] = ()
    """Ids of requests and when they came; none is taken twice."""

    def is_known(self, request: str) -> bool:
        """Whether it came before."""
        return any(known == request for known, _ in self.known)

    def spent_s(self, now: float) -> float:
        """On the air within the last hour."""
        return sum(each.seconds for each in self.spoken if each.ended > now - HOUR_S)

    def gap_until(self) -> float:
        """From when it may speak again after it spoke."""
        return self.spoken[-1].ended + self.limits.gap_s if self.spoken else 0.0
