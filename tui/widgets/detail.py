"""The chosen row in full: facts on the left, what happened on the right."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal

from tui.view.detail import detail_title, fact_lines
from tui.view.line import Line, piece, spread
from tui.view.sight import Sight
from tui.view.timeline import row_lines, rows_of
from tui.widgets.bar import Bar
from tui.widgets.panel import Panel
from tui.widgets.row_list import RowList

ROOM_FOR_TWO = 100
"""Cells from which facts and timeline stand side by side."""


_BAR = 1
"""Cells the scroll bar takes of a list that is longer than its window."""


class DetailPanel(Panel):
    """Follows the cursor of the queue."""

    key: str | None = None
    _told: tuple[str | None, int, str, int, int] | None = None
    _lines: Sequence[Line] = ()
    """The timeline drawn last, and what it was made of: row, width, language, how many, up to which."""

    def compose(self) -> ComposeResult:
        """Two lists side by side; in a narrow terminal one below the other in the first."""
        yield Bar(id="detail-title", classes="title")
        with Horizontal(id="detail-body"):
            yield RowList(id="detail-facts", has_cursor=False)
            yield RowList(id="detail-timeline", follow=True, quiet=True)

    def choose(self, key: str | None) -> None:
        """Shows another row."""
        self.key = key
        if self._sight is not None:
            self.query_one("#detail-facts", RowList).scroll_home(animate=False)
            self.show(self._sight)

    def page(self, step: int) -> None:
        """One window of the facts up or down."""
        facts = self.query_one("#detail-facts", RowList)
        scroll = facts.scroll_page_down if step > 0 else facts.scroll_page_up
        scroll(animate=False)

    @property
    def _is_open(self) -> bool:
        return self.screen.has_class("detail-open")

    def paint(self, sight: Sight) -> None:
        """Draws the row as it is now."""
        width = self.size.width
        facts, timeline = (
            self.query_one("#detail-facts", RowList),
            self.query_one("#detail-timeline", RowList),
        )
        words = sight.words
        left = (
            piece(f" {words('detail.title')} ", "title"),
            piece(f" {detail_title(sight, self.key)}", "title"),
        )
        right = (piece(f"{words('detail.keys')} ", "title dim"),) if self._is_open else ()
        self.query_one("#detail-title", Bar).show(spread(left, right, width))
        timeline.display = width >= ROOM_FOR_TWO
        if timeline.display:
            facts.show(fact_lines(sight, self.key, width // 2 - 1 - _BAR))
            timeline.show(self._timeline(sight, width - width // 2 - _BAR) or _empty(sight))
        else:
            inner = width - _BAR
            facts.show([*fact_lines(sight, self.key, inner), *self._timeline(sight, inner)])

    def _timeline(self, sight: Sight, width: int) -> Sequence[Line]:
        """As it was told before, where nothing was added: a row amid a flood has hundreds of lines."""
        rows = rows_of(sight, self.key)
        told = (self.key, width, sight.words.language, len(rows), rows[-1].seq if rows else 0)
        if told != self._told:
            self._told, self._lines = told, row_lines(sight, rows, width)
        return self._lines


def _empty(sight: Sight) -> list[Line]:
    return [Line(None, (piece(f" {sight.words('detail.empty')}", "dim"),))]
