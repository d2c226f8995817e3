"""A list of lines that scrolls, drawn line by line: its cost does not grow with its length."""

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual.binding import Binding
from textual.events import Click
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip

from tui.palettes import palette_of
from tui.view.line import Line

GUTTER = 1
"""Cells the mark of the cursor takes in a list that has one."""


class _WholeCells(ScrollBarRender):
    """A scroll bar of whole cells: terminals draw block characters in one cell or in two."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "] * 8


ScrollBar.renderer = _WholeCells


class RowList(ScrollView):
    """Lines, and a cursor that belongs to a row's key, not to its place.

    New lines never move the cursor off its row. At the top the list stays at the top, so what is most urgent
    shows; scrolled down, the row at the top of the window stays there.
    """

    BINDINGS = [
        Binding("up", "cursor(-1)", show=False),
        Binding("down", "cursor(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "edge(0)", show=False),
        Binding("end", "edge(-1)", show=False),
    ]

    class Moved(Message):
        """The cursor came to another row."""

        def __init__(self, rows: "RowList", key: str | None, *, by_hand: bool) -> None:
            super().__init__()
            self.rows = rows
            self.key = key
            self.by_hand = by_hand
            """False when its row left the list."""

        @property
        def control(self) -> "RowList":
            """The list it happened in."""
            return self.rows

    def __init__(
        self,
        *,
        id: str,  # noqa: A002 - Textual's word
        has_cursor: bool = True,
        follow: bool = False,
        quiet: bool = False,
    ) -> None:
        """`follow`: keep to the end, like a log; `quiet`: a cursor only while the list has the keys."""
        super().__init__(id=id)
        self.lines: Sequence[Line] = ()
        self.key: str | None = None
        self._follow = follow
        self._has_cursor = has_cursor
        self._quiet = quiet
        self.can_focus = has_cursor
        self.show_horizontal_scrollbar = False

    def show(self, lines: Sequence[Line]) -> None:
        """Draws these lines in place of the last ones."""
        top = self._anchor()
        seen = self._cursor_in_window()
        self.lines = lines
        self.virtual_size = Size(self.size.width, len(lines))
        self._keep_cursor()
        self._keep_window(top, seen=seen)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of the window, `y` cells below its top."""
        at = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if at >= len(self.lines):
            return Strip.blank(width, self.rich_style)
        line = self.lines[at]
        looked_at = self._has_cursor and (self.has_focus or not self._quiet)
        chosen = looked_at and line.key is not None and line.key == self.key
        palette = palette_of(self)
        ground = self.rich_style + palette.chosen if chosen else self.rich_style
        roles = palette.roles
        gutter = (
            [Segment(">" if chosen else " ", ground + roles["bold ink"])]
            if self._has_cursor and not self._quiet
            else []
        )
        segments = gutter + [Segment(piece.text, ground + roles[piece.role]) for piece in line.pieces]
        return Strip(segments).adjust_cell_length(width, ground)

    def go_to(self, key: str) -> None:
        """Moves the cursor to a row, if it is in the list."""
        at = self._index(key)
        if at is not None:
            self._choose(at)

    def take(self, key: str) -> None:
        """Before `show`: the row of this key is what the cursor's row became."""
        self.key = key
        self.post_message(self.Moved(self, key, by_hand=False))

    def action_cursor(self, step: int) -> None:
        """To the next row up or down, passing headings."""
        at = self._index(self.key)
        rows = self._rows()
        if not rows:
            return
        if at is None:
            self._choose(rows[0])
            return
        place = rows.index(at) + step
        self._choose(rows[min(max(place, 0), len(rows) - 1)])

    def action_page(self, step: int) -> None:
        """One window up or down."""
        self.action_cursor(step * max(self.size.height - 1, 1))

    def action_edge(self, end: int) -> None:
        """To the first or last row."""
        rows = self._rows()
        if rows:
            self._choose(rows[end])

    def hidden(self) -> tuple[int, int]:
        """How many rows are above the window, and how many below it."""
        top = self.scroll_offset.y
        bottom = top + self.size.height
        rows = self._rows()
        return sum(at < top for at in rows), sum(at >= bottom for at in rows)

    def on_focus(self) -> None:
        """In a log the newest line is looked at first."""
        if self._follow:
            self.action_edge(-1)

    def on_blur(self) -> None:
        """A quiet cursor is drawn no more."""
        self.refresh()

    def on_click(self, event: Click) -> None:
        """Chooses the row under the mouse."""
        at = event.y + self.scroll_offset.y
        if self._has_cursor and at < len(self.lines) and self.lines[at].key is not None:
            self._choose(at)

    def _rows(self) -> list[int]:
        return [at for at, line in enumerate(self.lines) if line.key is not None]

    def _index(self, key: str | None) -> int | None:
        if key is None:
            return None
        return next((at for at, line in enumerate(self.lines) if line.key == key), None)

    def _choose(self, at: int) -> None:
        self._scroll_into_view(at)
        key = self.lines[at].key
        if key != self.key:
            self.key = key
            self.post_message(self.Moved(self, key, by_hand=True))
        self.refresh()

    def _keep_cursor(self) -> None:
        """When its row left the list, the cursor goes to the row nearest to where that was."""
        if not self._has_cursor:
            return
        at = self._index(self.key)
        if at is not None:
            self._last_index = at
            return
        rows = self._rows()
        nearest = min(rows, key=lambda row: abs(row - self._last_index), default=None)
        key = None if nearest is None else self.lines[nearest].key
        if key != self.key:
            self.key = key
            self.post_message(self.Moved(self, key, by_hand=False))

    _last_index = 0

    def _anchor(self) -> str | None:
        """The key of the row at the top of the window, None at the very top."""
        top = self.scroll_offset.y
        keys = (line.key for line in self.lines[top:])
        return next((key for key in keys if key is not None), None) if top > 0 else None

    def _cursor_in_window(self) -> bool:
        at = self._index(self.key)
        return at is None or self.scroll_offset.y <= at < self.scroll_offset.y + max(self.size.height, 1)

    def _keep_window(self, top: str | None, *, seen: bool) -> None:
        if self._follow and not self.has_focus:
            self.scroll_to(
                y=max(len(self.lines) - self.size.height, 0), animate=False, immediate=True, force=True
            )
            return
        at = self._index(top)
        if at is not None and at != self.scroll_offset.y:
            self.scroll_to(y=at, animate=False, immediate=True, force=True)
        cursor = self._index(self.key)
        if cursor is not None and seen:
            self._scroll_into_view(cursor)

    def _scroll_into_view(self, at: int) -> None:
        top, height = self.scroll_offset.y, max(self.size.height, 1)
        if top <= at < top + height:
            return
        y = at if at < top else at - height + 1
        self.scroll_to(y=y, animate=False, immediate=True, force=True)
