"""Everything that was said: searched, played, and where the gate kept it out, put into the queue by hand."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from bus.messages.board import OverRow
from bus.messages.verbs import Find
from tui.archive import Archive
from tui.command.model import Unclear
from tui.command.search import search_for
from tui.findings import PAGE, Findings
from tui.keys.actions import Where
from tui.plain.lines import over_line
from tui.screens.page import Page, page_key
from tui.view import header
from tui.view.history import history_line
from tui.view.line import Line, piece
from tui.view.sight import Sight
from tui.widgets.bar import Bar
from tui.widgets.long_list import LazyLines, LongList, key_at, place_of
from tui.widgets.row_list import GUTTER
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

    def __init__(self, words: Words, archive: Archive, query: str = "") -> None:
        super().__init__(id="history")
        self._words = words
        self._archive = archive
        self._query = query
        self._find: Find | None = None
        self._sight: Sight | None = None
        self._found: Findings | None = None

    @property
    def in_full(self) -> list[str]:
        """The over under the cursor, with all its words."""
        over = self._over()
        return [over_line(self._sight, over)] if self._sight and over else []

    def compose(self) -> ComposeResult:
        """Top to bottom."""
        yield Bar(id="header")
        yield Bar(id="history-title", classes="title")
        yield LongList(id="history-rows")
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
    def rows(self) -> LongList:
        """The list of overs."""
        return self.query_one("#history-rows", LongList)

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
        if self._ask(event.value):
            self.set_focus(self.rows)

    @on(LongList.Looking)
    def _looking(self) -> None:
        """What comes into the window is fetched, and what a key more would bring."""
        if self._found is None or not self.rows.size.height:
            return
        for page in self._found.wanted(self.rows.scroll_offset.y, self.rows.size.height):
            self._found = self._found.awaiting(page)
            self.run_worker(self._further(self._found, page), group="history.find", exit_on_error=False)

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
            self.order(self._archive.pull(over, self._words))

    def _over(self) -> OverRow | None:
        place = place_of(self.rows.key)
        return self._found.over(place) if self._found and place is not None else None

    def _ask(self, query: str) -> bool:
        """Whether it is clear; what is typed before the first look at the board is asked then."""
        self._query = query
        if self._sight is None:
            return True
        try:
            self._find = search_for(query, self._sight).model_copy(update={"limit": PAGE})
        except Unclear as unclear:
            self.tell(self._words(unclear.key, **unclear.values))
            return False
        self.tell(self._words("history.searching"))
        self.run_worker(self._first(self._find), group="history.find", exit_on_error=False)
        return True

    async def _first(self, find: Find) -> None:
        """What was found stands in place of what was found before, from its newest."""
        page = await self._archive.find(find, self._words)
        if self._find is not find:
            return
        if page.problem:
            self.tell(page.problem)
            return
        asked = find.model_copy(update={"upto": page.upto})
        self._found = Findings(asked, page.count, {0: page.rows})
        self._tell_how_many()
        self._draw()
        self.rows.action_edge(0)

    async def _further(self, found: Findings, number: int) -> None:
        """A page more, unless something else was searched for meanwhile."""
        page = await self._archive.find(found.asking(number), self._words)
        if self._found is None or self._found.asked is not found.asked:
            return
        if page.problem:
            self._found = self._found.without(number)
            self.tell(page.problem)
            return
        self._found = self._found.with_page(number, page.rows)
        self._draw()

    def _tell_how_many(self) -> None:
        if self._found is not None:
            self.tell(self._words("history.found", n=self._found.count))

    def tell(self, said: str) -> None:
        """Under the list."""
        if self.is_mounted:
            self.query_one("#history-says", Bar).show((piece(f" {said}", "dim"),))

    def _draw(self) -> None:
        if self._sight is None or not self.is_mounted:
            return
        words, rows = self._words, self.rows
        title = (piece(f" {words('history.title')}  ", "title"), piece(words("history.keys"), "title dim"))
        self.query_one("#history-title", Bar).show(title)
        rows.show(self._lines(self._sight, rows.size.width - GUTTER - 1))
        self._looking()

    def _lines(self, sight: Sight, width: int) -> Sequence[Line]:
        found = self._found
        if found is None or not found.count:
            return [Line(None, (piece(f" {self._words('history.nothing')}", "dim"),))]
        return LazyLines(
            found.count, lambda at: history_line(sight, found.over(at), width, key_at("over", at))
        )
