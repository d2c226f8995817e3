"""Must-arrive points, must-patrol lines and checks by lot, as they stand."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType

from tui.feed import Feed
from tui.rounds import Coverage, Rounds
from tui.screens.asked_page import AskedPage
from tui.screens.page import page_key
from tui.view.line import Line
from tui.view.patrol import patrol_lines
from tui.view.sight import Sight


class PatrolScreen(AskedPage[Coverage]):
    """Enter on a point begins the line that ticks it."""

    name_of_it: ClassVar[str] = "patrol"
    every_s: ClassVar[float] = 2.0
    BINDINGS: ClassVar[list[BindingType]] = [page_key("enter", "tick")]

    def __init__(self, feed: Feed) -> None:
        super().__init__(feed.centre_now)
        self._rounds = Rounds(feed)

    async def ask(self) -> Coverage | None:
        """As it stands."""
        return await self._rounds.coverage()

    def lines(self, sight: Sight, width: int) -> Iterable[Line]:
        """Nothing where the site has neither points nor lines, and nothing was drawn."""
        seen = self.answer
        some = seen is not None and (seen.points or seen.lines or seen.checks)
        return patrol_lines(sight, seen, width) if seen is not None and some else ()

    def action_tick(self) -> None:
        """The point under the cursor is to be ticked for a unit."""
        kind, place = self.chosen
        if kind == "point":
            self.dismiss(f"tick {place} ")
