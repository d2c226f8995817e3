"""A page of what the centre is asked for, again and again while it is open."""

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar, Generic, TypeVar

from tui.ages import short_age
from tui.screens.list_page import ListPage
from tui.view.sight import Sight

Answer = TypeVar("Answer")


class AskedPage(ListPage, Generic[Answer]):
    """Keeps the last answer and tells its age; what fails to come leaves it standing, growing old."""

    every_s: ClassVar[float] = 5.0
    all_of_it: ClassVar[bool] = True
    """Whether the page shows nothing but the answer."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self.answer: Answer | None = None
        self._told_at: datetime | None = None

    def on_mount(self) -> None:
        """Asks at once, and then again and again."""
        super().on_mount()
        self.look()
        self.set_interval(self.every_s, self.look)

    async def ask(self) -> Answer | None:
        """What the centre says now; None without an answer."""
        raise NotImplementedError

    def look(self) -> None:
        """Asks; a question still on its way is forgotten."""
        self.run_worker(self._look(), group="page.look", exclusive=True, exit_on_error=False)

    def forget(self) -> None:
        """Something else is asked from now on."""
        self.answer = self._told_at = None
        self.again()

    def beside(self, sight: Sight) -> str:
        """How old the answer is."""
        if self._told_at is None:
            return sight.words("asked.waiting")
        return sight.words("asked.age", age=short_age(sight.age(self._told_at)))

    async def _look(self) -> None:
        answer = await self.ask()
        if answer is None:
            return
        first = self._told_at is None
        self.answer, self._told_at = answer, self._now()
        self.again()
        if first and self.all_of_it:
            # What stood there without the answer must not push its beginning out of sight.
            self.rows.action_edge(0)
            self.rows.scroll_home(animate=False, immediate=True, force=True)
