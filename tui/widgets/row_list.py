"""A list of lines that scrolls, drawn line by line: its cost does not grow with its length."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import zip_longest
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip

from tui.palettes import PALETTES, palette_of
from tui.view.line import Line, Piece

GUTTER = 1
"""Cells the mark of the cursor takes in a list that has one."""


class _WholeCells(ScrollBarRender):
    """A scroll bar of whole cells: terminals draw block characters in one cell or in two."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "] * 8


ScrollBar.renderer = _WholeCells


@lru_cache(maxsize=2048)
def _strip(pieces: tuple[Piece, ...], width: int, ground: Style, theme: str) -> Strip:
    """Kept, for most lines are the same at the next drawing."""
    roles = PALETTES[theme].roles
    segments = [Segment(piece.text, ground + roles[piece.role]) for piece in pieces]
    return Strip(segments).adjust_cell_length(width, ground)


class _Window(NamedTuple):
    """The cursor's row, and the lines that are seen, from which on."""

    key: str | None
    top: int
    lines: Sequence[Line]


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
        """Draws these lines in place of the last ones, if any that is seen is another."""
        before = self._window()
        top = self._anchor()
        seen = self._cursor_in_window()
        self.lines = lines
        self.virtual_size = Size(self.size.width, len(lines))
        self._keep_cursor()
        self._keep_window(top, seen=seen)
        self._redraw_after(before)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The window, or a part of it."""
        self._ground = self.rich_style
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One line of the window, `y` cells below its top."""
        at = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if at >= len(self.lines):
            return Strip.blank(width, self._ground)
        line, palette = self.lines[at], palette_of(self)
        looked_at = self._has_cursor and (self.has_focus or not self._quiet)
        chosen = looked_at and line.key is not None and line.key == self.key
        ground = self._ground + palette.chosen if chosen else self._ground
        gutter = (Piece(">" if chosen else " ", "bold ink"),) if self._has_cursor and not self._quiet else ()
        return _strip((*gutter, *line.pieces), width, ground, palette.name)

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
        place = bisect_left(rows, at) + step
        self._choose(rows[min(max(place, 0), len(rows) - 1)])

    def action_page(self, step: int) -> None:
        """One window up or down."""
        self.action_cursor(step * max(self.size.height - 1, 1))

    def action_edge(self, end: int) -> None:
        """To the first or last row."""
        rows = self._rows()
        if rows:
            self._choose(rows[end])

    @property
    def line(self) -> Line | None:
        """The row under the cursor."""
        at = self._index(self.key)
        return None if at is None else self.lines[at]

    def hidden(self) -> tuple[int, int]:
        """How many rows are above the window, and how many below it."""
        top = self.scroll_offset.y
        bottom = top + self.size.height
        rows = self._rows()
        return bisect_left(rows, top), len(rows) - bisect_left(rows, bottom)

    def on_focus(self) -> None:
        """In a log the newest line is looked at first; a quiet cursor is drawn."""
        self.refresh()
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

    def _rows(self) -> Sequence[int]:
        """The places of the lines that have a key, in order."""
        return [at for at, line in enumerate(self.lines) if line.key is not None]

    def _index(self, key: str | None) -> int | None:
        if key is None:
            return None
        return next((at for at, line in enumerate(self.lines) if line.key == key), None)

    def _choose(self, at: int) -> None:
        top, left = self.scroll_offset.y, self._index(self.key)
        self._scroll_into_view(at)
        key = self.lines[at].key
        if key != self.key:
            self.key = key
            self.post_message(self.Moved(self, key, by_hand=True))
        if self.scroll_offset.y != top:
            self.refresh()
        else:
            self._redraw({at} if left is None else {left, at})

    def _redraw(self, places: Iterable[int]) -> None:
        """Have Textual draw these lines again, and no others."""
        top, width = self.scroll_offset.y, self.size.width
        lines = [Region(0, at - top, width, 1) for at in places]
        if lines:
            self.refresh(*lines)

    def _redraw_after(self, before: _Window) -> None:
        """Have Textual draw what is seen now and was not seen before."""
        now = self._window()
        if now[:2] != before[:2]:
            self.refresh()
            return
        pairs = enumerate(zip_longest(before.lines, now.lines), start=now.top)
        self._redraw(at for at, (old, new) in pairs if old != new)

    def _keep_cursor(self) -> None:
        """When its row left the list, the cursor goes to the row nearest to where that was."""
        if not self._has_cursor:
            return
        at = self._index(self.key)
        if at is not None:
            self._last_index = at
            return
        nearest = self._nearest(self._last_index)
        key = None if nearest is None else self.lines[nearest].key
        if key != self.key:
            self.key = key
            self.post_message(self.Moved(self, key, by_hand=False))

    _last_index = 0
    _ground = Style()
    """The list's own, asked for once a drawing: Textual makes it out of all that it lies in."""

    def _window(self) -> _Window:
        top = self.scroll_offset.y
        return _Window(self.key, top, self.lines[top : top + self.size.height])

    def _anchor(self) -> str | None:
        """The key of the row at the top of the window, None at the very top."""
        top, rows = self.scroll_offset.y, self._rows()
        first = bisect_left(rows, top)
        return self.lines[rows[first]].key if top > 0 and first < len(rows) else None

    def _nearest(self, at: int) -> int | None:
        rows = self._rows()
        here = bisect_left(rows, at)
        return min(rows[max(here - 1, 0) : here + 1], key=lambda row: abs(row - at), default=None)

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
