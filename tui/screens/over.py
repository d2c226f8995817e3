"""The page over the board: one at a time, opened by its name."""

from collections.abc import Callable, Mapping

from textual.app import App

from tui.screens.page import Opener, Page
from tui.screens.sign_in import SignInScreen


def pages() -> Mapping[str, Callable[[Opener, str], Page]]:
    """Read once the console is there, or a page is wanted sooner: the first picture needs none of them."""
    from tui.screens.pages import PAGES  # noqa: PLC0415

    return PAGES


class Over:
    """`paint` draws what is on top now, `left` takes the line that a page left for the operator to finish."""

    def __init__(self, app: App[None], paint: Callable[[], None], left: Callable[[str], None]) -> None:
        self._app = app
        self._paint = paint
        self._take_line = left
        self._name = ""

    async def open(self, opener: Opener, name: str, argument: str = "") -> bool:
        """In place of any other; asked for again, it closes. Whether it is there now, to be drawn."""
        if isinstance(self._app.screen, SignInScreen):
            return False
        page, before = pages()[name](opener, argument), self._name
        self.close()
        if before == name:
            return False
        self._name = name
        await self._app.push_screen(page, self._left)
        return True

    def close(self) -> None:
        """The board is on top again, unless the form to sign in is."""
        if isinstance(self._app.screen, Page):
            self._name = ""
            self._app.pop_screen()
            self._paint()

    def _left(self, line: str | None) -> None:
        self._name = ""
        self._paint()
        if line is not None:
            self._take_line(line)
