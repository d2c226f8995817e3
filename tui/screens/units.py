"""All units: at what and since when, where and how long ago, with which skills, of which agency."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType

from tui.keys.actions import Where
from tui.screens.list_page import ListPage
from tui.view.line import Line, Piece
from tui.view.roster import Order, roster_columns, roster_lines
from tui.view.sight import Sight
from tui.view.units import counts


class UnitsScreen(ListPage):
    """One key orders the list; Enter begins the line that sets a unit's status."""

    where: Where = "units"
    name_of_it: ClassVar[str] = "roster"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "order('team')", show=False),
        Binding("s", "order('state')", show=False),
        Binding("a", "order('since')", show=False),
        Binding("p", "order('place')", show=False),
        Binding("h", "order('heard')", show=False),
        Binding("enter", "status", show=False),
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
