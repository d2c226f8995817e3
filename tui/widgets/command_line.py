"""Where the operator types, what could follow, and the sentence that says what Enter would do."""

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.widgets import Input

from tui.cells import plain, wrap
from tui.state.memory import LONGEST, Memory
from tui.view.line import Piece, piece
from tui.widgets.bar import Bar

_MARGIN = "   "
"""Under the prompt."""

_UNKNOWN = 1_000
"""A width no sentence reaches, before there is a screen."""

_LEAST = 8
"""Cells below which what could follow is not shown."""


class CommandInput(Input):
    """One line that remembers."""

    virtual_size = Reactive(Size(0, 0))
    """Textual's own, but for its layout: that draws every container and scroll bar again, at every letter."""

    BINDINGS = [
        Binding("up", "recall(-1)", show=False),
        Binding("down", "recall(1)", show=False),
        Binding("ctrl+r", "recall_like", show=False),
        Binding("tab", "complete", show=False),
        Binding("escape", "leave", show=False),
    ]

    class Left(Message):
        """Esc: the text stays."""

    class Completing(Message):
        """Tab."""

    class Agreed(Message):
        """`y` to what was asked once more."""

    def __init__(self, memory: Memory) -> None:
        super().__init__(id="command-input", compact=True, select_on_focus=False, max_length=LONGEST)
        self.cursor_blink = False
        self.asking = False
        """Whether `y` is an answer and not a letter."""
        self._memory = memory
        self._place = len(memory.past)
        self._like = ("", "")
        """What earlier lines are searched for, and the one it brought back last."""

    def remember(self, line: str) -> None:
        """Keeps a committed line for the arrows."""
        self._memory.remember(line)
        self._place = len(self._memory.past)

    def put(self, text: str, *, to_replace: bool = False) -> None:
        """Replaces the text, the cursor at its end; `to_replace`: a letter replaces it, an arrow keeps it."""
        self.value = text
        self.cursor_position = len(text)
        if to_replace:
            self.select_all()

    async def _on_key(self, event: events.Key) -> None:
        if self.asking and event.character in ("y", "Y"):
            event.stop()
            event.prevent_default()
            self.post_message(self.Agreed())
            return
        await super()._on_key(event)

    def action_recall(self, step: int) -> None:
        """To an earlier or later line; past the newest, an empty one."""
        past = self._memory.past
        self._place = min(max(self._place + step, 0), len(past))
        self.put(past[self._place] if self._place < len(past) else "")

    def action_recall_like(self) -> None:
        """The newest earlier line that holds what was typed; again, the one before it."""
        wanted, found = self._like
        if self.value != found:
            wanted, self._place = self.value, len(self._memory.past)
        for at in range(self._place - 1, -1, -1):
            line = self._memory.past[at]
            if wanted.lower() in line.lower():
                self._place, self._like = at, (wanted, line)
                self.put(line)
                return

    def action_complete(self) -> None:
        """Asks for what the line could become."""
        self.post_message(self.Completing())

    def action_leave(self) -> None:
        """Back to the board."""
        self.post_message(self.Left())


class CommandLine(Vertical):
    """Prompt, input, what could follow, the seconds left to undo, and the dry run under it."""

    def __init__(self, memory: Memory) -> None:
        super().__init__(id="command")
        self._memory = memory
        self.said = ""
        """The sentence under the line."""

    def compose(self) -> ComposeResult:
        """Two lines."""
        with Horizontal(id="command-row"):
            prompt = Bar(id="command-prompt")
            prompt.show((Piece(" > ", "bold cyan"),))
            yield prompt
            yield CommandInput(self._memory)
            yield Bar(id="command-beside")
            yield Bar(id="command-undo")
        yield Bar(id="command-says")

    @property
    def input(self) -> CommandInput:
        """The line itself."""
        return self.query_one(CommandInput)

    def say(self, text: str, role: str = "dim") -> Piece | None:
        """Shows one sentence under the line; gives what of it needs a second one."""
        self.said = plain(text).strip()
        width = (self.size.width or _UNKNOWN) - len(_MARGIN)
        first, *more = wrap(self.said[: 3 * width], width)
        self.query_one("#command-says", Bar).show((Piece(_MARGIN), Piece(first, role)))
        rest = self.said[len(first) :].strip()
        return piece(_MARGIN + rest, role, width=self.size.width) if more else None

    def show_beside(self, follows: str, undo: str) -> None:
        """What could follow, as far as the typed text leaves room; and what can still be undone."""
        last = self.query_one("#command-undo", Bar)
        self._fill(last, piece(f" {undo} " if undo else "", "green"))
        room = self.size.width - 3 - piece(self.input.value).cells - 2 - last.pieces[0].cells
        told = piece(f" {follows} " if follows and room >= _LEAST else "", "dim", width=max(room, 0))
        self._fill(self.query_one("#command-beside", Bar), told)

    @staticmethod
    def _fill(bar: Bar, told: Piece) -> None:
        bar.styles.width = told.cells
        bar.show((told,))

    @property
    def follows(self) -> str:
        """What is shown beside the line."""
        return self.query_one("#command-beside", Bar).text.strip()
