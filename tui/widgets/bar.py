"""One line of coloured text."""

from collections.abc import Iterable

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from tui.palettes import palette_of
from tui.view.line import Piece


class Bar(Widget):
    """Shows pieces on one line; what does not fit is cut."""

    DEFAULT_CSS = "Bar { height: 1; }"

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's word
        super().__init__(id=id, classes=classes)
        self.pieces: tuple[Piece, ...] = ()

    def show(self, pieces: Iterable[Piece]) -> None:
        """Draws these in place of the last ones."""
        pieces = tuple(pieces)
        if pieces != self.pieces:
            self.pieces = pieces
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The only line."""
        roles = palette_of(self).roles
        segments = [
            Segment(piece.text, self.rich_style + roles[piece.role]) for piece in self.pieces if y == 0
        ]
        return Strip(segments).adjust_cell_length(self.size.width, self.rich_style)

    @property
    def text(self) -> str:
        """What it says, without colours."""
        return "".join(piece.text for piece in self.pieces)
