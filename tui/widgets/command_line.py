"""Where the operator types, and the sentence that says what Enter would do."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input

from tui.view.line import Piece, piece
from tui.widgets.bar import Bar

REMEMBERED = 100
"""Lines the arrows bring back."""


class CommandInput(Input):
    """One line that remembers."""

    BINDINGS = [
        Binding("up", "recall(-1)", show=False),
        Binding("down", "recall(1)", show=False),
        Binding("tab", "complete", show=False),
        Binding("escape", "leave", show=False),
    ]

    class Left(Message):
        """Esc: the text stays."""

    class Completing(Message):
        """Tab."""

    def __init__(self) -> None:
        super().__init__(id="command-input", compact=True, select_on_focus=False)
        self.cursor_blink = False
        self._past: list[str] = []
        self._place = 0

    def remember(self, line: str) -> None:
        """Keeps a committed line for the arrows."""
        self._past = [*(past for past in self._past if past != line), line][-REMEMBERED:]
        self._place = len(self._past)

    def put(self, text: str) -> None:
        """Replaces the text, the cursor at its end."""
        self.value = text
        self.cursor_position = len(text)

    def action_recall(self, step: int) -> None:
        """To an earlier or later line; past the newest, an empty one."""
        self._place = min(max(self._place + step, 0), len(self._past))
        self.put(self._past[self._place] if self._place < len(self._past) else "")

    def action_complete(self) -> None:
        """Asks for what the line could become."""
        self.post_message(self.Completing())

    def action_leave(self) -> None:
        """Back to the board."""
        self.post_message(self.Left())


class CommandLine(Vertical):
    """Prompt, input, and the dry run under it."""

    def __init__(self) -> None:
        super().__init__(id="command")

    def compose(self) -> ComposeResult:
        """Two lines."""
        with Horizontal(id="command-row"):
            prompt = Bar(id="command-prompt")
            prompt.show((Piece(" > ", "bold cyan"),))
            yield prompt
            yield CommandInput()
        yield Bar(id="command-says")

    @property
    def input(self) -> CommandInput:
        """The line itself."""
        return self.query_one(CommandInput)

    def say(self, text: str, role: str = "dim") -> None:
        """Shows one sentence under the line."""
        self.query_one("#command-says", Bar).show((Piece("   "), piece(text, role)))

    @property
    def said(self) -> str:
        """The sentence under the line."""
        return self.query_one("#command-says", Bar).text.strip()
