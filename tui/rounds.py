"""How patrols stand, as the centre tells it."""

from collections.abc import Sequence

from pydantic import BaseModel, ValidationError

from bus.errors import LinkError
from bus.messages.base import Utc
from bus.messages.verbs import AskPatrol
from tui.errors import NotAnswered
from tui.feed import Feed


class PointState(BaseModel):
    """A point and its hours: `state` is done, due, overdue or free."""

    place: str
    state: str
    visits: int
    at_least: int
    since: Utc
    until: Utc
    last_unit: str | None = None
    last_at: Utc | None = None


class LineState(BaseModel):
    """A line and its last walk."""

    line: str
    points: Sequence[str]
    minutes: float
    walks: int
    last_unit: str | None = None
    ended: Utc | None = None


class CheckState(BaseModel):
    """A check by lot, and who has not been heard since."""

    check: str
    drawn_at: Utc
    due_at: Utc
    units: Sequence[str]
    missing: Sequence[str]


class Coverage(BaseModel):
    """All of it."""

    points: Sequence[PointState] = ()
    lines: Sequence[LineState] = ()
    checks: Sequence[CheckState] = ()


class Rounds:
    """Asks the centre."""

    def __init__(self, feed: Feed) -> None:
        self._desk = feed.desk

    async def coverage(self) -> Coverage | None:
        """As it stands; None when there was no answer."""
        try:
            return Coverage.model_validate((await self._desk.ask(AskPatrol())).result or {})
        except (LinkError, NotAnswered, ValidationError):
            return None
