"""The live channel: who is on the air, what was said last, what is being said."""

from textual.app import ComposeResult

from tui.view.line import Line, piece, spread
from tui.view.radio import channel_pieces, fault_pieces, gated, radio_lines
from tui.view.sight import Sight
from tui.view.speaking import speaking_pieces
from tui.widgets.bar import Bar
from tui.widgets.panel import Panel
from tui.widgets.row_list import RowList


class RadioPanel(Panel):
    """A strip of a few lines that keeps to its end."""

    def compose(self) -> ComposeResult:
        """A title over the overs."""
        yield Bar(id="radio-title", classes="title")
        yield RowList(id="radio-rows", follow=True, quiet=True)

    def paint(self, sight: Sight) -> None:
        """Draws the newest overs that fit."""
        rows = self.query_one("#radio-rows", RowList)
        width = self.size.width
        quiet = [Line(None, (piece(f" {sight.words('channel.quiet')}", "dim"),))]
        rows.show(radio_lines(sight, width, rows.size.height) or quiet)
        title = (
            piece(f" {sight.words('channel.title')} ", "title"),
            *channel_pieces(sight),
            *speaking_pieces(sight),
            *fault_pieces(sight),
        )
        right = (piece(f"{gated(sight)} ", "title dim"),)
        self.query_one("#radio-title", Bar).show(spread(title, right, width))
