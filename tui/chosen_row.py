"""What the centre is asked about the row under the cursor: its whole history, and whom to send to it."""

import asyncio
from collections.abc import Callable

from textual.app import App

from bus.clock import Clock
from tui.advice import Advice
from tui.adviser import Adviser
from tui.feed import Feed
from tui.screens.board import BoardScreen

REST_S = 0.3
"""A cursor that stays this long has found its row."""

ADVICE_S = 10.0
"""Whom to send is asked anew this often for the chosen row."""


class ChosenRow:
    """Asks in workers of the app. `on_advice` is called whenever there is another."""

    def __init__(
        self, app: App[None], board: BoardScreen, feed: Feed, clock: Clock, on_advice: Callable[[], None]
    ) -> None:
        self._app = app
        self._board = board
        self._feed = feed
        self._clock = clock
        self._on_advice = on_advice
        self._adviser = Adviser(feed)
        self.advice: Advice | None = None
        """The last answer to whom to send."""
        self._advised_at = 0.0

    def chosen(self, key: str) -> None:
        """The cursor came to this row."""
        self._app.run_worker(self._recall(key), group="console.recall", exit_on_error=False)

    def ask_whom_to_send(self, key: str) -> None:
        """Now, to the row of this key."""
        self._app.run_worker(self._advise(key), group="console.advise", exit_on_error=False)

    def refresh_advice(self) -> None:
        """Units move: what stands beside the chosen row is asked anew, unless its digits are being typed."""
        about = self.advice.about if self.advice else None
        old = self._clock.monotonic() - self._advised_at >= ADVICE_S
        if about and old and self._board.rows.key == about and self._board.advised is None:
            self.ask_whom_to_send(about)

    async def _recall(self, key: str) -> None:
        """The row's whole history, once the cursor rests: whoever runs down the queue asks nothing.

        A worker replaced before it began would leave its coroutine unawaited, so each looks for itself
        whether it is still wanted.
        """
        await asyncio.sleep(REST_S)
        if self._board.rows.key == key:
            await self._feed.recall(key.partition(":")[2])
            await self._advise(key)

    async def _advise(self, key: str) -> None:
        """An answer for another row than the line is about comes too late."""
        advice = await self._adviser.ask(key)
        if advice is not None and self._board.advised in (None, key):
            self.advice, self._advised_at = advice, self._clock.monotonic()
            self._on_advice()
