"""Every radio id heard, whose it is, and when it was last heard."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from tui.screens.page import Page
from tui.view.callers import radio_lines
from tui.view.header import Desk, Freshness
from tui.view.line import Line, piece
from tui.view.sight import Sight
from tui.widgets.bar import Bar
from tui.widgets.row_list import GUTTER, RowList
from tui.words import Words


class RadiosScreen(Page):
    """Leaves with the line that names the radio under the cursor, or with none."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", show=False),
        Binding("enter", "name", show=False),
    ]

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words

    def compose(self) -> ComposeResult:
        """A title and a list."""
        words = self._words
        title = Bar(id="page-title")
        title.show((piece(f" {words('radios.title')} ", "title"), piece(words("radios.keys"), "title dim")))
        yield title
        yield RowList(id="page-rows")

    def on_mount(self) -> None:
        """The list has the keys."""
        self.query_one(RowList).focus()

    def paint(self, sight: Sight, fresh: Freshness, desk: Desk) -> None:  # noqa: ARG002 - neither is shown
        """Draws the radios as they are now."""
        rows = self.query_one(RowList)
        nothing = [Line(None, (piece(f" {self._words('radios.none')}", "dim"),))]
        rows.show(radio_lines(sight, rows.size.width - GUTTER) or nothing)

    def action_name(self) -> None:
        """The radio under the cursor is to get a unit."""
        kind, _, key = (self.query_one(RowList).key or "").partition(":")
        if kind == "radio":
            self.dismiss(f"radio {key} ")
