"""Must-arrive points, must-patrol lines and checks by lot, as they stand."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from tui.rounds import Coverage, Rounds
from tui.screens.page import Page
from tui.view.header import Desk, Freshness
from tui.view.line import Line, piece
from tui.view.patrol import patrol_lines
from tui.view.sight import Sight
from tui.widgets.bar import Bar
from tui.widgets.row_list import GUTTER, RowList
from tui.words import Words

LOOK_S = 2.0
"""How often the centre is asked while the page is open."""


class PatrolScreen(Page):
    """Enter on a point begins the line that ticks it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", show=False),
        Binding("enter", "tick", show=False),
    ]

    def __init__(self, words: Words, rounds: Rounds) -> None:
        super().__init__()
        self._words = words
        self._rounds = rounds
        self._seen = Coverage()
        self._sight: Sight | None = None

    def compose(self) -> ComposeResult:
        """A title and a list."""
        title = Bar(id="page-title")
        words = self._words
        title.show((piece(f" {words('patrol.title')} ", "title"), piece(words("patrol.keys"), "title dim")))
        yield title
        yield RowList(id="page-rows")

    def on_mount(self) -> None:
        """The list has the keys; the centre is asked at once and again and again."""
        self.query_one(RowList).focus()
        self._ask()
        self.set_interval(LOOK_S, self._ask)

    def paint(self, sight: Sight, fresh: Freshness, desk: Desk) -> None:  # noqa: ARG002 - neither is shown
        """Draws what was told last; ages go on."""
        self._sight = sight
        self._draw()

    def action_tick(self) -> None:
        """The point under the cursor is to be ticked for a unit."""
        kind, _, place = (self.query_one(RowList).key or "").partition(":")
        if kind == "point":
            self.dismiss(f"tick {place} ")

    def _ask(self) -> None:
        self.run_worker(self._look(), group="patrol.look", exclusive=True, exit_on_error=False)

    async def _look(self) -> None:
        seen = await self._rounds.coverage()
        if seen is not None:
            self._seen = seen
            self._draw()

    def _draw(self) -> None:
        if self._sight is None or not self.is_mounted:
            return
        rows = self.query_one(RowList)
        nothing = [Line(None, (piece(f" {self._words('patrol.none')}", "dim"),))]
        some = self._seen.points or self._seen.lines or self._seen.checks
        lines = patrol_lines(self._sight, self._seen, rows.size.width - GUTTER - 1) if some else nothing
        rows.show(lines)
