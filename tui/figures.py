"""How fast the centre and its units were, as the centre tells it."""

from collections.abc import Mapping, Sequence
from typing import Literal

from pydantic import BaseModel, ValidationError

from bus.errors import LinkError
from bus.messages.verbs import AskStatistics
from tui.errors import NotAnswered
from tui.feed import Feed

Of = Literal["actual", "exercise"]


class Spread(BaseModel):
    """Percentiles in seconds; `inferred` and `backward` samples were left out."""

    n: int
    inferred: int = 0
    backward: int = 0
    p50: float | None = None
    p75: float | None = None
    p90: float | None = None
    p95: float | None = None
    p99: float | None = None


class Target(BaseModel):
    """What a standard asks; `percent` None: it only tells a limit."""

    standard: str
    interval: str
    seconds: float
    percent: float | None
    n: int
    share: float | None
    met: bool | None


class Buckets(BaseModel):
    """Shares of an interval between edges in seconds."""

    interval: str
    edges: Sequence[float]
    counts: Sequence[int]
    shares: Sequence[float]


class Group(BaseModel):
    """One line of a dimension."""

    key: str
    alarms: int
    incidents: int
    orders: int


class Counts(BaseModel):
    """What the figures rest on."""

    alarms: int
    incidents: int
    orders: int
    system: int = 0
    linked: int = 0
    dismissed: Mapping[str, int] = {}
    waiting: int = 0
    set_aside: int = 0


class Figures(BaseModel):
    """Of some hours until now."""

    counts: Counts
    intervals: Mapping[str, Spread]
    targets: Sequence[Target]
    buckets: Sequence[Buckets]
    groups: Mapping[str, Sequence[Group]]


class Statistics:
    """Asks the centre."""

    def __init__(self, feed: Feed) -> None:
        self._desk = feed.desk

    async def of(self, hours: int, of: Of) -> Figures | None:
        """Of the last hours; None when there was no answer."""
        try:
            reply = await self._desk.ask(AskStatistics(hours=hours, of=of))
            return Figures.model_validate(reply.result or {})
        except (LinkError, NotAnswered, ValidationError):
            return None
