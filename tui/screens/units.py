"""All units: at what and since when, where and how long ago, with which skills; and the patrols they owe."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType

from tui.feed import Feed
from tui.keys.actions import Where
from tui.rounds import Coverage, Rounds
from tui.screens.asked_page import AskedPage
from tui.screens.page import page_key
from tui.view.line import Line, Piece
from tui.view.patrol import open_lines, open_summary
from tui.view.roster import Order, roster_columns, roster_lines
from tui.view.sight import Sight
from tui.view.units import counts


class UnitsScreen(AskedPage[Coverage]):
    """One key orders the list; Enter begins the line that sets a unit's status, or ticks a point."""

    where: Where = "units"
    name_of_it: ClassVar[str] = "roster"
    all_of_it: ClassVar[bool] = False
    BINDINGS: ClassVar[list[BindingType]] = [
        page_key("t", "order('team')"),
        page_key("s", "order('state')"),
        page_key("a", "order('since')"),
        page_key("p", "order('place')"),
        page_key("h", "order('heard')"),
        page_key("enter", "status"),
    ]

    def __init__(self, feed: Feed) -> None:
        super().__init__(feed.centre_now)
        self._rounds = Rounds(feed)
        self._order: Order = "team"

    async def ask(self) -> Coverage | None:
        """How patrols stand."""
        return await self._rounds.coverage()

    def beside(self, sight: Sight) -> str:
        """How many are free, at work and off, and what of the patrols is still to be done."""
        owed = open_summary(sight, self.answer) if self.answer else ""
        return "  ".join(filter(None, (sight.words("units.summary", **counts(sight)), owed)))

    def columns(self, sight: Sight, width: int) -> tuple[Piece, ...]:
        """Names, the one it is ordered by marked."""
        return roster_columns(sight, width, self._order)

    def lines(self, sight: Sight, width: int) -> Iterable[Line]:
        """One a unit; below, points and lines that are due."""
        yield from roster_lines(sight, width, self._order)
        if self.answer is not None:
            yield from open_lines(sight, self.answer, width)

    def action_order(self, order: Order) -> None:
        """Another order; the cursor stays on its unit."""
        self._order = order
        self.again()

    def action_status(self) -> None:
        """The unit under the cursor is to get a status, or the point is to be ticked."""
        kind, key = self.chosen
        if kind == "point":
            self.dismiss(f"tick {key} ")
        if kind == "unit":
            self.dismiss(f"st {key.lower()} ")
