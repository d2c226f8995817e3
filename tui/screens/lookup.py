"""A page of lines that typing narrows."""

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from tui.cells import wrap
from tui.screens.page import Page, page_key
from tui.view.line import Line, Piece, column, piece
from tui.widgets.bar import Bar
from tui.widgets.row_list import GUTTER, RowList
from tui.widgets.taken_in import taken_in
from tui.words import Words

_LEFT = 18
"""Cells of the keys and short forms."""


class LookupPage(Page):
    """Subclasses say what the lines are; Enter on one calls `chosen` with its key."""

    BINDINGS: ClassVar[list[BindingType]] = [
        page_key("escape", "leave"),
        page_key("enter", "choose"),
        page_key("up", "move(-1)"),
        page_key("down", "move(1)"),
        page_key("pageup", "page(-1)"),
        page_key("pagedown", "page(1)"),
    ]
    while_typing: ClassVar[frozenset[str]] = frozenset({"leave", "choose", "move", "page"})
    name_of_it: ClassVar[str]
    """`<name>.title` and `<name>.keys` of the catalogue stand at its top."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words
        self._wanted = ""
        """What the list is narrowed to."""

    def compose(self) -> ComposeResult:
        """Header, title, where to type, and the list."""
        yield Bar(id="header")
        yield Bar(id="page-title")
        line = Input(compact=True, id="page-input")
        line.cursor_blink = False
        yield line
        yield RowList(id="page-rows")

    def on_mount(self) -> None:
        """Typing narrows at once."""
        self.speak(self.words)
        self.set_focus(self.query_one(Input))

    def speak(self, words: Words) -> None:
        """All of it in this language."""
        self.words = words
        name, keys = words(f"{self.name_of_it}.title"), words(f"{self.name_of_it}.keys")
        self.query_one("#page-title", Bar).show((piece(f" {name} ", "title"), piece(keys, "title dim")))
        self.query_one(Input).placeholder = words("lookup.hint")
        self._fill(self._wanted)

    def on_resize(self) -> None:
        """How much fits on a line depends on the width."""
        self.call_after_refresh(lambda: self._fill(self._wanted))

    def lines(self) -> Iterable[Line]:
        """All of them; headings have no key."""
        raise NotImplementedError

    def chosen(self, key: str) -> None:
        """Enter on the line of this key."""

    def action_move(self, step: int) -> None:
        """The keys stay with the typing, the cursor moves."""
        self._rows.action_cursor(step)

    def action_page(self, step: int) -> None:
        """One window up or down."""
        self._rows.action_page(step)

    @property
    def _rows(self) -> RowList:
        return self.query_one("#page-rows", RowList)

    @on(Input.Changed)
    def _narrowed(self, event: Input.Changed) -> None:
        self._narrow(event.value)

    async def action_choose(self) -> None:
        """The line under the cursor, once all that was typed before has narrowed the list."""
        line = self.query_one(Input)
        await taken_in(line)
        self._narrow(line.value)
        if self._rows.key is not None:
            self.chosen(self._rows.key)

    def _narrow(self, wanted: str) -> None:
        if wanted != self._wanted:
            self._fill(wanted)

    def _fill(self, wanted: str) -> None:
        self._wanted = wanted
        rows = self._rows
        found = narrowed(list(self.lines()), wanted)
        rows.show(
            list(wrapped(found, rows.size.width - GUTTER - 1))
            or [Line(None, (piece(f" {self.words('lookup.nothing')}", "dim"),))]
        )
        rows.action_edge(0)


def wrapped(lines: Iterable[Line], width: int) -> Iterable[Line]:
    """What each line says goes on under itself where it is too long."""
    for line in lines:
        *before, last = line.pieces
        first, *more = wrap(last.text, max(width - _LEFT, _LEFT)) if before else (last.text,)
        yield Line(line.key, (*before, Piece(first, last.role)))
        yield from (Line(None, (column("", _LEFT), Piece(part, last.role))) for part in more)


def narrowed(lines: list[Line], wanted: str) -> list[Line]:
    """The lines that hold every word of `wanted`, and the headings that still have any."""
    words = wanted.lower().split()
    kept: list[Line] = []
    for line in lines:
        if line.key is None and kept and kept[-1].key is None:
            kept.pop()
        if line.key is None or all(word in line.text.lower() for word in words):
            kept.append(line)
    return kept[:-1] if kept and kept[-1].key is None else kept


def head(text: str) -> Line:
    """A heading over lines."""
    return Line(None, (piece(f" {text}", "bold cyan"),))


def entry(key: str, left: str, right: str) -> Line:
    """A line: the key or short form, and what it does."""
    return Line(key, (column(f"  {left}", _LEFT, "bold ink"), piece(right)))
