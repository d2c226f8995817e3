"""A console without a screen: its picture of the board, and the moment something of it changes."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from pydantic import SecretStr

from bus.clock import Clock
from bus.errors import NotConnected
from bus.ids import new_id
from tui.advice import Advice
from tui.errors import NotSignedIn
from tui.feed import Feed
from tui.look import look
from tui.settings import ConsoleSettings
from tui.view.sight import Sight
from tui.words import Words

READY_S = 10.0
"""After this long without a live board the centre counts as out of reach."""

COALESCE_S = 0.1
"""However many changes come, they are told at most ten times a second."""


class Seat:
    """Who sits here, what they see, in which language."""

    def __init__(self, settings: ConsoleSettings, clock: Clock) -> None:
        self.words = Words(settings.console.language)
        self.clock = clock
        self.feed = Feed(settings, clock, self._changed, beside=new_id()[-8:])
        self.advice: Advice | None = None
        self.view: str | None = None
        """The agency whose matters are told; None: everybody's."""
        self._where = f"{settings.broker.host}:{settings.broker.port}"
        self._more = asyncio.Event()

    @property
    def sight(self) -> Sight:
        """The board as of now; only after `ready`."""
        sight = look(self.feed, self.words, view=self.view, advice=self.advice)
        if sight is None:
            raise RuntimeError("looked at a board that was never fetched")
        return sight

    async def ready(self, patience_s: float) -> None:
        """Until the board is live. Raises `NotSignedIn`, or `NotConnected` after `patience_s`."""
        try:
            async with asyncio.timeout(patience_s):
                while not self.feed.freshness().live:
                    self._refused()
                    await self.changed()
        except TimeoutError:
            why = self.words(f"trouble.{self.feed.freshness().trouble or 'silent'}")
            detail = self.feed.freshness().detail
            raise NotConnected(
                f"no board from the centre over {self._where} within {patience_s:.0f} s: "
                f"{': '.join(filter(None, (why, detail)))}"
            ) from None

    async def changed(self) -> None:
        """Until something may have changed."""
        await self._more.wait()
        self._more.clear()

    def _changed(self) -> None:
        self._more.set()

    def _refused(self) -> None:
        problem = self.feed.problem
        if problem is not None:
            raise NotSignedIn(problem.zh if self.words.language == "zh" else problem.en)


@contextlib.asynccontextmanager
async def seated(
    settings: ConsoleSettings, who: tuple[str, SecretStr], clock: Clock, *, patience_s: float = READY_S
) -> AsyncIterator[Seat]:
    """A seat with a live board for the length of a block. Raises as `Seat.ready`."""
    seat = Seat(settings, clock)
    seat.feed.sign_in_as(*who)
    async with asyncio.TaskGroup() as tasks:
        feed = tasks.create_task(seat.feed.run(), name="console.feed")
        try:
            await seat.ready(patience_s)
            yield seat
        finally:
            feed.cancel()
