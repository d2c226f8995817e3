"""Every key, command and mark, made from the tables the program works by."""

from collections.abc import Iterable
from typing import ClassVar

from tui.command.parse import VERBS
from tui.keys.actions import Where, first_here
from tui.keys.keymap import Keymap
from tui.screens.lookup import LookupPage, entry, head
from tui.view.line import Line
from tui.words import Words

_MARKS = (
    ("!", "alarm"),
    ("~", "mine"),
    (".", "other"),
    ("x2?rvc2", "flags"),
    ("E 14:03:05?", "inferred"),
)


class HelpScreen(LookupPage):
    """One page that scrolls and is searched by typing."""

    name_of_it: ClassVar[str] = "help"

    def __init__(self, words: Words, keymap: Keymap, here: Where) -> None:
        super().__init__(words)
        self._keymap = keymap
        self._here = here

    def lines(self) -> Iterable[Line]:
        """The page."""
        return help_lines(self.words, self._keymap, self._here)


def help_lines(words: Words, keymap: Keymap, here: Where) -> Iterable[Line]:
    """Keys, those of the place where help was asked for first; then commands and marks."""
    yield head(words("help.keys_section"))
    for action in first_here(here):
        yield entry(f"key:{action.name}", keymap.shown(action), words(f"does.{action.name}"))
    yield head(words("help.commands"))
    for verb in VERBS:
        yield entry(f"verb:{verb.name}", " ".join((*verb.short, verb.name)), words(f"verb.{verb.name}"))
    yield entry("dot", ".", words("help.dot"))
    yield head(words("help.marks"))
    for mark, name in _MARKS:
        yield entry(f"mark:{name}", mark, words(f"help.mark_{name}"))
