"""Every radio id heard, whose it is, and when it was last heard."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from tui.theme import Palette
from tui.view.callers import radio_lines
from tui.view.line import Line, piece
from tui.view.sight import Sight
from tui.widgets.bar import Bar
from tui.widgets.row_list import GUTTER, RowList
from tui.words import Words


class RadiosScreen(ModalScreen[str | None]):
    """Leaves with the key of the radio to name, or with none."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", show=False),
        Binding("enter", "name", show=False),
    ]

    def __init__(self, words: Words, palette: Palette) -> None:
        super().__init__()
        self._words = words
        self._palette = palette

    def compose(self) -> ComposeResult:
        """A title and a list."""
        words = self._words
        title = Bar(self._palette, id="help-title")
        title.show((piece(f" {words('radios.title')} ", "title"), piece(words("radios.keys"), "title dim")))
        yield title
        yield RowList(self._palette, id="help-rows")

    def on_mount(self) -> None:
        """The list has the keys."""
        self.query_one(RowList).focus()

    def paint(self, sight: Sight) -> None:
        """Draws the radios as they are now."""
        rows = self.query_one(RowList)
        nothing = [Line(None, (piece(f" {self._words('radios.none')}", "dim"),))]
        rows.show(radio_lines(sight, rows.size.width - GUTTER) or nothing)

    def action_name(self) -> None:
        """The radio under the cursor is to get a unit."""
        kind, _, key = (self.query_one(RowList).key or "").partition(":")
        if kind == "radio":
            self.dismiss(key)
