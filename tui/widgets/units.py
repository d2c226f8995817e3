"""The unit board, as a list where there is room and as chips where there is not."""

from textual.app import ComposeResult

from tui.view.line import piece, spread
from tui.view.sight import Sight
from tui.view.units import counts, unit_chips, unit_lines
from tui.widgets.bar import Bar
from tui.widgets.panel import Panel
from tui.widgets.row_list import RowList

ROOM_FOR_LIST = 6
"""Lines below which every unit is shown as a chip."""


class UnitPanel(Panel):
    """Who is there, and at what."""

    def compose(self) -> ComposeResult:
        """A title over the rows."""
        yield Bar(id="units-title", classes="title")
        yield RowList(id="units-rows", has_cursor=False)

    def paint(self, sight: Sight) -> None:
        """Draws all units."""
        rows = self.query_one("#units-rows", RowList)
        width, height = self.size.width, rows.size.height
        lines = unit_lines(sight, width, height) if height >= ROOM_FOR_LIST else unit_chips(sight, width)
        rows.show(lines)
        words = sight.words
        summary = words("units.summary", **counts(sight))
        left = (piece(f" {words('units.title')} ", "title"), piece(f" {summary}", "title dim"))
        self.query_one("#units-title", Bar).show(spread(left, (), width))
