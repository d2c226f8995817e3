"""All units: at what and since when, where and how long ago, with which skills, of which agency."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType

from tui.keys.actions import Where
from tui.screens.list_page import ListPage
from tui.screens.page import page_key
from tui.view.line import Line, Piece
from tui.view.roster import Order, roster_columns, roster_lines
from tui.view.sight import Sight
from tui.view.units import counts


class UnitsScreen(ListPage):
    """One key orders the list; Enter begins the line that sets a unit's status."""

    where: Where = "units"
    name_of_it: ClassVar[str] = "roster"
    BINDINGS: ClassVar[list[BindingType]] = [
        page_key("t", "order('team')"),
        page_key("s", "order('state')"),
        page_key("a", "order('since')"),
        page_key("p", "order('place')"),
        page_key("h", "order('heard')"),
        page_key("enter", "status"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._order: Order = "team"

    def beside(self, sight: Sight) -> str:
        """How many are free, at work and off."""
        return sight.words("units.summary", **counts(sight))

    def columns(self, sight: Sight, width: int) -> tuple[Piece, ...]:
        """Names, the one it is ordered by marked."""
        return roster_columns(sight, width, self._order)

    def lines(self, sight: Sight, width: int) -> Iterable[Line]:
        """One a unit."""
        return roster_lines(sight, width, self._order)

    def action_order(self, order: Order) -> None:
        """Another order; the cursor stays on its unit."""
        self._order = order
        self.again()

    def action_status(self) -> None:
        """The unit under the cursor is to get a status."""
        kind, key = self.chosen
        if kind == "unit":
            self.dismiss(f"st {key.lower()} ")
