"""Every key, command and mark, made from the tables the program works by."""

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen

from tui.command.parse import VERBS
from tui.theme import Palette
from tui.view.line import Line, column, piece
from tui.widgets.bar import Bar
from tui.widgets.row_list import RowList
from tui.words import Words

KEYS = (
    ("F1", "help"),
    ("F2", "board"),
    ("F4", "history"),
    ("F8", "silence"),
    ("F9", "claim"),
    ("Ctrl+Y", "accept"),
    ("Ctrl+O", "keep_apart"),
    ("Ctrl+N", "report"),
    ("Ctrl+P", "play"),
    ("Ctrl+Z", "undo"),
    ("Ctrl+L", "language"),
    ("Home", "oldest"),
    ("Space", "space"),
    ("Enter", "enter"),
    ("Tab", "tab"),
    ("Esc", "escape"),
    ("Ctrl+Q", "quit"),
)
"""Key and what it is called in the catalogue."""


class HelpScreen(ModalScreen[None]):
    """One page that scrolls; Esc leaves it."""

    BINDINGS = [Binding("escape,f1,q", "dismiss", show=False)]

    def __init__(self, words: Words, palette: Palette) -> None:
        super().__init__()
        self._words = words
        self._palette = palette

    def compose(self) -> ComposeResult:
        """A title and a list."""
        title = Bar(self._palette, id="help-title")
        title.show(
            (piece(f" {self._words('help.title')} ", "title"), piece(self._words("help.close"), "title dim"))
        )
        yield title
        yield RowList(self._palette, id="help-rows")

    def on_mount(self) -> None:
        """Filled once: nothing here changes."""
        rows = self.query_one(RowList)
        rows.show(list(help_lines(self._words)))
        rows.focus()


def help_lines(words: Words) -> Iterable[Line]:
    """The page."""
    yield _head(words("help.keys"))
    for key, name in KEYS:
        yield _line(f"key:{name}", key, words(f"key.{name}"))
    yield _head(words("help.commands"))
    for verb in VERBS:
        yield _line(f"verb:{verb.name}", " ".join((*verb.short, verb.name)), words(f"verb.{verb.name}"))
    yield _line("dot", ".", words("help.dot"))
    yield _head(words("help.marks"))
    marks = (("!", "alarm"), ("~", "mine"), (".", "other"), ("x2?rvc2", "flags"), ("E 14:03:05?", "inferred"))
    for mark, name in marks:
        yield _line(f"mark:{name}", mark, words(f"help.mark_{name}"))


def _head(text: str) -> Line:
    return Line(None, (piece(f" {text}", "bold cyan"),))


def _line(key: str, left: str, right: str) -> Line:
    return Line(key, (column(f"  {left}", 18, "bold ink"), piece(right)))
