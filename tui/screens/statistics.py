"""How fast we were: plots, percentiles with the number they rest on, targets."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType

from tui.feed import Feed
from tui.figures import Figures, Of, Statistics
from tui.keys.actions import Where
from tui.screens.asked_page import AskedPage
from tui.screens.page import page_key
from tui.view.line import Line
from tui.view.sight import Sight
from tui.view.statistics import statistics_lines


class StatisticsScreen(AskedPage[Figures]):
    """One key chooses the hours; exercises are never mixed with real work."""

    where: Where = "statistics"
    name_of_it: ClassVar[str] = "figures"
    every_s: ClassVar[float] = 30.0
    BINDINGS: ClassVar[list[BindingType]] = [
        page_key("s", "last(12)"),
        page_key("d", "last(24)"),
        page_key("w", "last(168)"),
        page_key("m", "last(744)"),
        page_key("e", "drills"),
    ]

    def __init__(self, feed: Feed) -> None:
        super().__init__(feed.centre_now)
        self._statistics = Statistics(feed)
        self._hours = 24
        self._of: Of = "actual"

    async def ask(self) -> Figures | None:
        """Of the hours chosen."""
        return await self._statistics.of(self._hours, self._of)

    def beside(self, sight: Sight) -> str:
        """Of what and of when."""
        of = sight.words(f"figures.{self._of}", hours=self._hours)
        return f"{of}, {super().beside(sight)}"

    def lines(self, sight: Sight, width: int) -> Iterable[Line]:
        """Everything that is known."""
        return statistics_lines(sight, self.answer, width) if self.answer else ()

    def action_last(self, hours: int) -> None:
        """Other hours: what stood there is of others and goes at once."""
        self._hours = hours
        self._anew()

    def action_drills(self) -> None:
        """Exercises, or real work again."""
        self._of = "actual" if self._of == "exercise" else "exercise"
        self._anew()

    def _anew(self) -> None:
        self.forget()
        self.look()
