"""The keys that are worth a reminder."""

from tui.view.line import Piece, cut, piece
from tui.words import Words

_KEYS = (
    ("F1", "help"),
    ("F4", "history"),
    ("F8", "silence"),
    ("F9", "claim"),
    ("Enter", "enter"),
    ("^N", "report"),
    ("^P", "play"),
    ("^Z", "undo"),
    ("^L", "language"),
    ("^Q", "quit"),
)


def footer_pieces(words: Words, width: int) -> tuple[Piece, ...]:
    """As many as fit, the most needed first."""
    pieces: list[Piece] = []
    for key, name in _KEYS:
        pieces += [piece(f" {key} ", "bold cyan"), piece(f"{words(f'key.{name}')} ", "dim")]
    return cut(pieces, width)
