"""Everything that was said: searched, played, and where the gate kept it out, put into the queue by hand."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Input

from bus.messages.board import OverRow
from bus.messages.request import Find
from tui.archive import Archive
from tui.command.model import Unclear
from tui.command.search import search_for
from tui.keys.actions import Where
from tui.screens.page import Page, page_key
from tui.view import header
from tui.view.history import history_lines
from tui.view.line import Line, piece
from tui.view.sight import Sight
from tui.widgets.bar import Bar
from tui.widgets.row_list import GUTTER, RowList
from tui.words import Words


class HistoryScreen(Page):
    """A list over a line to search with; Esc leaves it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        page_key("escape", "leave"),
        page_key("slash", "search"),
        page_key("a", "pull"),
        page_key("enter,space", "play"),
    ]

    where: Where = "history"

    class Playing(Message):
        """The chosen recording is to be heard, or to stop."""

    def __init__(self, words: Words, archive: Archive, query: str = "") -> None:
        super().__init__(id="history")
        self._words = words
        self._archive = archive
        self._query = query
        self._find: Find | None = None
        self._sight: Sight | None = None
        self._rows: list[OverRow] = []
        self._more = False
        self._said = words("history.searching")

    def compose(self) -> ComposeResult:
        """Top to bottom."""
        yield Bar(id="header")
        yield Bar(id="history-title", classes="title")
        yield RowList(id="history-rows")
        yield Bar(id="history-says")
        line = Input(value=self._query, placeholder=self._words("history.hint"), compact=True)
        line.cursor_blink = False
        yield line

    def on_mount(self) -> None:
        """The list has the keys."""
        self.set_focus(self.rows)

    def speak(self, words: Words) -> None:
        """Another language from now on."""
        self._words = words
        self.query_one(Input).placeholder = words("history.hint")
        self._tell_how_many()

    @property
    def rows(self) -> RowList:
        """The list of overs."""
        return self.query_one("#history-rows", RowList)

    @property
    def clip(self) -> str | None:
        """The recording under the cursor."""
        over = self._over()
        return over.clip if over else None

    def paint(self, sight: Sight, fresh: header.Freshness, desk: header.Desk) -> None:
        """Draws what was found as the board knows it now; the first time it asks."""
        if not self.is_mounted:
            return
        first, self._sight = self._sight is None, sight
        super().paint(sight, fresh, desk)
        if first:
            self._ask(self._query)
        self._draw()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        self._ask(event.value)

    @on(RowList.Moved)
    def _moved(self, event: RowList.Moved) -> None:
        """At the last row the next page is fetched."""
        last = self._rows[-1] if self._rows else None
        if self._more and self._find and last and event.key == f"over:{last.id}":
            self._more = False
            self._fetch(self._find.model_copy(update={"skip": len(self._rows)}))

    def action_play(self) -> None:
        """The recording of the row, or silence."""
        self.post_message(self.Playing())

    def action_search(self) -> None:
        """To the line."""
        self.set_focus(self.query_one(Input))

    def action_pull(self) -> None:
        """The over under the cursor becomes an alarm."""
        over = self._over()
        if over is not None:
            self.run_worker(self._pull(over), name="history.pull", exit_on_error=False)

    def _over(self) -> OverRow | None:
        key = (self.rows.key or "").partition(":")[2]
        return next((row for row in self._rows if row.id == key), None)

    def _ask(self, query: str) -> None:
        if self._sight is None:
            return
        try:
            self._find = search_for(query, self._sight)
        except Unclear as unclear:
            self._tell(self._words(unclear.key, **unclear.values))
            return
        self._tell(self._words("history.searching"))
        self._fetch(self._find)
        self.set_focus(self.rows)

    def _fetch(self, find: Find) -> None:
        self.run_worker(self._found(find), group="history.find", exit_on_error=False)

    async def _found(self, find: Find) -> None:
        """A first page stands in place of what was found before, a further one below it."""
        page = await self._archive.find(find, self._words)
        if self._find != find.model_copy(update={"skip": 0}):
            return
        if page.problem:
            self._tell(page.problem)
            return
        self._rows = [*self._rows[: find.skip], *page.rows]
        self._more = page.more
        self._tell_how_many()

    def _tell_how_many(self) -> None:
        self._tell(self._words("history.found_more" if self._more else "history.found", n=len(self._rows)))

    async def _pull(self, over: OverRow) -> None:
        self._tell(await self._archive.pull(over, self._words))

    def _tell(self, said: str) -> None:
        self._said = said
        self._draw()

    def _draw(self) -> None:
        if self._sight is None or not self.is_mounted:
            return
        words, rows = self._words, self.rows
        title = (piece(f" {words('history.title')}  ", "title"), piece(words("history.keys"), "title dim"))
        self.query_one("#history-title", Bar).show(title)
        self.query_one("#history-says", Bar).show((piece(f" {self._said}", "dim"),))
        lines = history_lines(self._sight, self._rows, rows.size.width - GUTTER - 1)
        rows.show(lines or [Line(None, (piece(f" {words('history.nothing')}", "dim"),))])
