"""A screen that is opened over the board with one key and left with Esc."""

from collections.abc import Coroutine, Mapping
from typing import Any, ClassVar, Protocol

from textual.binding import Binding
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input

from tui.cells import plain
from tui.feed import Feed
from tui.half_note import HalfNote
from tui.keys.actions import Where
from tui.keys.keymap import Keymap
from tui.leaving import ORDERS
from tui.orders import Answer
from tui.ringing import Ringing
from tui.settings import ConsoleSettings
from tui.view.header import Desk, Freshness, header_pieces
from tui.view.sight import Sight
from tui.widgets.bar import Bar
from tui.widgets.row_list import RowList
from tui.words import Words


def page_key(keys: str, action: str) -> Binding:
    """A key of a page, done before the next key is handed to anybody: that one may be for another place."""
    return Binding(keys, action, show=False, priority=True)


class Page(ModalScreen[str | None]):
    """Only one is open at a time. It may leave with the beginning of a line for the operator to finish."""

    class Playing(Message):
        """The chosen recording is to be heard, or to stop."""

    where: Where = "everywhere"
    """Whose keys help lists first."""

    while_typing: ClassVar[frozenset[str]] = frozenset({"leave"})
    """What its keys do also while something is typed on it; all others are letters then."""

    @property
    def clip(self) -> str | None:
        """The recording of the chosen row, on pages that have any."""
        return None

    @property
    def in_full(self) -> list[str]:
        """The row under the cursor as text, on pages that have a list."""
        return [line.text.strip() for rows in self.query(RowList) if (line := rows.line) is not None][:1]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a key means this now."""
        del parameters
        return action in self.while_typing or not isinstance(self.focused, Input)

    def speak(self, words: Words) -> None:
        """Another language from now on. A page that keeps no words is drawn in it at the next look."""

    def tell(self, said: str) -> None:
        """Shows what became of an order, on pages that give any."""

    def order(self, asking: Coroutine[Any, Any, Answer]) -> None:
        """Carries out what was ordered here, also when the page is left before it is answered."""
        self.app.run_worker(self._ordered(asking), group=ORDERS, exit_on_error=False)

    async def _ordered(self, asking: Coroutine[Any, Any, Answer]) -> bool:
        answer = await asking
        if self in self.app.screen_stack:
            self.tell(answer.says)
        elif answer.says:
            self.app.notify(plain(answer.says), severity="warning", markup=False)
        return answer.done

    def action_leave(self) -> None:
        """Back to the board."""
        self.dismiss(None)

    def paint(self, sight: Sight, fresh: Freshness, desk: Desk) -> None:
        """Draws the board as it is now; a page that shows nothing else of it draws the header."""
        if self.is_mounted:
            pieces = header_pieces(sight, fresh, desk, sight.words, sight.now, self.size.width)
            self.query_one("#header", Bar).show(pieces)


class Opener(Protocol):
    """What a page is made from."""

    @property
    def words(self) -> Words:
        """In the operator's language."""

    @property
    def feed(self) -> Feed:
        """The board and the centre."""

    @property
    def ringing(self) -> Ringing:
        """How the console sounds."""

    @property
    def half_note(self) -> HalfNote:
        """A note that is not left yet."""

    @property
    def settings(self) -> ConsoleSettings:
        """The settings file."""

    @property
    def as_now(self) -> Mapping[str, str]:
        """Settings that were changed or found while running, by `table.name`."""

    @property
    def keymap(self) -> Keymap:
        """The console's keys."""

    @property
    def where(self) -> Where:
        """Where the operator is when the page is opened."""
