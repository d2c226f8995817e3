"""Who is signed in where and as what, and this console's settings with where they come from."""

from collections.abc import Callable, Iterable, Mapping
from typing import ClassVar

from tui.feed import Feed
from tui.keys.actions import Where
from tui.screens.asked_page import AskedPage
from tui.seats import Seats, seats_at
from tui.settings import ConsoleSettings
from tui.view.line import Line
from tui.view.seats import seat_lines, settings_of
from tui.view.sight import Sight


class OperatorsScreen(AskedPage[Seats]):
    """Nothing can be changed here; `now` tells what differs from the settings while running."""

    where: Where = "everywhere"
    name_of_it: ClassVar[str] = "seats"

    def __init__(self, feed: Feed, settings: ConsoleSettings, now: Callable[[], Mapping[str, str]]) -> None:
        super().__init__(feed.centre_now)
        self._feed = feed
        self._settings = settings
        self._as_now = now

    async def ask(self) -> Seats | None:
        """Who sits where."""
        return await seats_at(self._feed)

    def lines(self, sight: Sight, width: int) -> Iterable[Line]:
        """People, then settings."""
        settings = settings_of(self._settings, now=dict(self._as_now()))
        return seat_lines(sight, self.answer, settings, self._settings.console.id, width)
