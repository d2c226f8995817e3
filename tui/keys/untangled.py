"""Esc and a letter typed right after it: terminals send them as they send Alt with the letter."""

from collections.abc import Iterable

from textual.events import Key

_ALT = "alt+"

_WORDWISE = {"ctrl+left": "b", "ctrl+right": "f"}
"""What Textual reads Esc b and Esc f as; it means something only in a field."""


def untangled(key: Key, *, typing: bool) -> Iterable[Key]:
    """The keys that were meant: none of the console has Alt, so it is Esc and a letter of what follows."""
    letter = key.character if key.key.startswith(_ALT) and key.is_printable else None
    if not typing:
        letter = _WORDWISE.get(key.key, letter)
    if letter is None:
        return (key,)
    return Key("escape", "\x1b"), Key(letter, letter)
