"""To the consoles: changes of the board in order, a beat every two seconds, how the centre is.

A change that cannot be sent is dropped: the next beat shows every console the gap, and it asks for the whole.
"""

import asyncio

from bus.clock import Clock
from bus.errors import LinkError
from bus.link import Link, Outbound
from bus.messages.base import Message
from bus.messages.board import LiveText
from bus.messages.status import CentreStatus
from bus.topics import Topics
from intake.board import Board
from intake.writer import Commit

BEAT_S = 2.0

LIVE_EXPIRY_S = 10

GOODBYE_S = 0.5
"""A broker that does not take our last word in this time gets to say it for us: the will."""


class Telling:
    """Hears of every commit and tells it on."""

    def __init__(self, link: Link, topics: Topics, board: Board, clock: Clock) -> None:
        self._link = link
        self._topics = topics
        self._board = board
        self._clock = clock
        self._changes: asyncio.Queue[Message] = asyncio.Queue()

    def committed(self, commit: Commit) -> None:
        """Queue what this commit changes."""
        change = self._board.change(commit)
        if change:
            self._changes.put_nowait(change)

    async def changes(self) -> None:
        """Send changes for ever, in order."""
        while True:
            await self._send(Outbound(self._topics.board, (await self._changes.get()).encode()))

    async def beats(self) -> None:
        """Beat for ever."""
        while True:
            beat = self._board.beat(self._clock.now())
            await self._send(Outbound(self._topics.beat, beat.encode(), qos=0))
            await asyncio.sleep(BEAT_S)

    async def live(self, text: LiveText) -> None:
        """How a running over is now; nobody wants to know it later."""
        await self._send(Outbound(self._topics.live(text.over), text.encode(), qos=0, expiry_s=LIVE_EXPIRY_S))

    async def status(self, status: CentreStatus) -> None:
        """Leave `status` with the broker."""
        await self._send(self._retained(status))

    async def goodbye(self, status: CentreStatus) -> None:
        """The last word, said in `GOODBYE_S` or not at all."""
        await self._send(self._retained(status), GOODBYE_S)

    def _retained(self, status: CentreStatus) -> Outbound:
        return Outbound(self._topics.centre_status, status.encode(), retain=True)

    async def _send(self, out: Outbound, timeout_s: float = 10) -> None:
        try:
            await self._link.publish(out, timeout_s)
        except LinkError:
            return
