"""Esc and a key typed right after it: terminals send them as they send Alt with the key."""

from collections.abc import Iterable

from textual._xterm_parser import XTermParser
from textual.events import Key

_ESC = "\x1b"

_WORDWISE = {"ctrl+left": "b", "ctrl+right": "f"}
"""What Textual reads Esc b and Esc f as; it means something only in a field."""

_as_textual_reads = XTermParser._sequence_to_key_events  # noqa: SLF001 - Textual names no other place


def _told_apart(parser: XTermParser, sequence: str, *, alt: bool = False) -> Iterable[Key]:
    """The keys of a sequence; none of the console's has Alt.

    Textual keeps the Esc only before a letter, drops it before anything else, and makes a foreign sign of it
    and a digit.
    """
    after_esc = len(sequence) > 1 and sequence[0] == _ESC and sequence[1:].isdigit()
    if alt or after_esc:
        yield Key("escape", _ESC)
    yield from _as_textual_reads(parser, sequence[1:] if after_esc else sequence)


setattr(XTermParser, _as_textual_reads.__name__, _told_apart)


def untangled(key: Key, *, typing: bool) -> Iterable[Key]:
    """The keys that were meant."""
    letter = None if typing else _WORDWISE.get(key.key)
    return (key,) if letter is None else (Key("escape", _ESC), Key(letter, letter))
