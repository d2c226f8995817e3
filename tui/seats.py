"""Who sits at which console, as the centre tells it."""

from collections.abc import Sequence

from pydantic import BaseModel, ValidationError

from bus.errors import LinkError
from bus.messages.base import Utc
from bus.messages.verbs import AskOperators
from tui.errors import NotAnswered
from tui.feed import Feed


class SeatState(BaseModel):
    """The last who signed in at a console."""

    console: str
    login: str
    name: str
    role: str
    agency: str | None = None
    team: str | None = None
    since: Utc
    heard_at: Utc


class Seats(BaseModel):
    """All of them."""

    seats: Sequence[SeatState] = ()


async def seats_at(feed: Feed) -> Seats | None:
    """As it stands; None when there was no answer."""
    try:
        return Seats.model_validate((await feed.desk.ask(AskOperators())).result or {})
    except (LinkError, NotAnswered, ValidationError):
        return None
