"""Whoever sits at the counter and types what people come in with."""

import contextlib

from bus.errors import LinkError
from bus.ids import new_id
from bus.messages.verbs import TypedAlarm
from tui.errors import NotAnswered
from tui.feed import Feed


class Counter:
    """Types through the `feed` of a console that is signed in."""

    def __init__(self, feed: Feed) -> None:
        self._feed = feed

    async def take_down(self, text: str) -> None:
        """What is told becomes an alarm in the queue; a centre that does not answer loses it."""
        with contextlib.suppress(LinkError, NotAnswered):
            await self._feed.desk.ask(TypedAlarm(alarm=new_id(), text=text))
