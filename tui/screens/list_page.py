"""A page of lines over the whole screen, under the header that tells how fresh they are."""

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from tui.screens.page import Page, page_key
from tui.view.header import Desk, Freshness
from tui.view.line import Line, Piece, heading, piece, spread
from tui.view.sight import Sight
from tui.widgets.bar import Bar
from tui.widgets.row_list import GUTTER, RowList


class ListPage(Page):
    """Subclasses say what the lines are; they are drawn again with every look at the board."""

    BINDINGS: ClassVar[list[BindingType]] = [page_key("escape,q", "leave")]

    name_of_it: ClassVar[str]
    """`<name>.title`, `<name>.keys` and `<name>.none` of the catalogue."""

    def __init__(self) -> None:
        super().__init__()
        self._last: tuple[Sight, Freshness, Desk] | None = None

    def compose(self) -> ComposeResult:
        """Header, title, names of the columns, lines."""
        yield Bar(id="header")
        yield Bar(id="page-title")
        yield Bar(id="page-columns", classes="title")
        yield RowList(id="page-rows")

    def on_mount(self) -> None:
        """The list has the keys."""
        self.set_focus(self.rows)

    def on_resize(self) -> None:
        """Columns depend on the width."""
        self.call_after_refresh(self.again)

    @property
    def rows(self) -> RowList:
        """The list."""
        return self.query_one("#page-rows", RowList)

    @property
    def chosen(self) -> tuple[str, str]:
        """Kind and id of the row under the cursor; empty where there is none."""
        kind, _, key = (self.rows.key or "").partition(":")
        return kind, key

    def beside(self, sight: Sight) -> str:
        """What stands beside the page's name; nothing unless a page says so."""
        del sight
        return ""

    def columns(self, sight: Sight, width: int) -> tuple[Piece, ...]:
        """The names of the columns; none unless a page says so."""
        del sight, width
        return ()

    def lines(self, sight: Sight, width: int) -> Iterable[Line]:
        """What the page shows, each line `width` cells wide."""
        raise NotImplementedError

    def paint(self, sight: Sight, fresh: Freshness, desk: Desk) -> None:
        """Draws the page as of this look."""
        self._last = (sight, fresh, desk)
        self.again()

    def again(self) -> None:
        """Draws the last look once more: something of the page's own has changed."""
        if self._last is None or not self.is_mounted or not self.size.width:
            return
        super().paint(*self._last)
        sight, width = self._last[0], self.size.width
        words = sight.words
        left = (
            piece(f" {words(f'{self.name_of_it}.title')} ", "title"),
            piece(f" {self.beside(sight)} ", "title dim"),
        )
        keys = (piece(f" {words(f'{self.name_of_it}.keys')} ", "title dim"),)
        self.query_one("#page-title", Bar).show(spread(left, keys, width))
        inner = width - GUTTER - 1
        named, bar = self.columns(sight, inner), self.query_one("#page-columns", Bar)
        bar.show((Piece(" " * GUTTER), *named))
        bar.display = bool(named)
        self.rows.show(list(self.lines(sight, inner)) or [heading(words(f"{self.name_of_it}.none"), inner)])
