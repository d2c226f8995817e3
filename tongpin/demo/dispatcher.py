"""A dispatcher without a screen: works the board through the same requests a console sends."""

import asyncio
from dataclasses import dataclass, field

from bus.errors import LinkError
from bus.messages.base import Value
from tongpin.demo.moves import next_move
from tui.errors import NotAnswered
from tui.feed import Feed

PACE_S = 0.25
"""A person needs longer; a shorter pause would only hide how the queue fills."""


@dataclass
class Dispatcher:
    """Signs in as `login` through `feed` and keeps the board clear until cancelled."""

    feed: Feed
    login: str
    refused: set[Value] = field(default_factory=set)

    async def run(self) -> None:
        """Work for ever."""
        while True:
            await asyncio.sleep(PACE_S)
            board = self.feed.mirror
            move = next_move(board, self.login, self.refused) if board else None
            if move:
                await self._ask(move)

    async def _ask(self, move: Value) -> None:
        try:
            reply = await self.feed.desk.ask(move)
        except (LinkError, NotAnswered):
            return
        if reply.error:
            self.refused.add(move)
