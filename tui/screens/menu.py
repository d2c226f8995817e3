"""Everything that can be done, found by typing and done with Enter."""

from collections.abc import Iterable
from typing import ClassVar

from tui.command.parse import VERBS
from tui.keys.actions import EVERYWHERE
from tui.keys.keymap import Keymap
from tui.screens.lookup import LookupPage, entry, head
from tui.view.line import Line
from tui.words import Words


class MenuScreen(LookupPage):
    """An action is done at once; a command is begun, to be finished in the command line."""

    name_of_it: ClassVar[str] = "menu"

    def __init__(self, words: Words, keymap: Keymap) -> None:
        super().__init__(words)
        self._keymap = keymap

    def lines(self) -> Iterable[Line]:
        """Actions, then commands."""
        words = self.words
        yield head(words("help.keys_section"))
        for action in EVERYWHERE:
            if action.name != "menu":
                yield entry(f"key:{action.name}", self._keymap.shown(action), words(f"does.{action.name}"))
        yield head(words("help.commands"))
        for verb in VERBS:
            yield entry(f"verb:{verb.name}", " ".join((*verb.short, verb.name)), words(f"verb.{verb.name}"))

    def chosen(self, key: str) -> None:
        """Leaves, and does it or begins its line."""
        kind, _, name = key.partition(":")
        self.dismiss(f"{name} " if kind == "verb" else None)
        for action in EVERYWHERE:
            if kind == "key" and action.name == name:
                self.app.call_later(self.app.run_action, f"app.{action.does}")
