"""The keys that are worth a reminder."""

from tui.keys.actions import ACTIONS
from tui.keys.keymap import Keymap
from tui.view.line import Piece, piece
from tui.words import Words


def footer_pieces(words: Words, keymap: Keymap, width: int) -> tuple[Piece, ...]:
    """As many as fit, the most needed first."""
    pieces: list[Piece] = []
    for action in ACTIONS:
        if action.footer:
            key = keymap.shown(action).replace("Ctrl+", "^")
            pair = [piece(f" {key} ", "bold cyan"), piece(f"{words(f'key.{action.name}')} ", "dim")]
            if sum(one.cells for one in (*pieces, *pair)) > width:
                break
            pieces += pair
    return tuple(pieces)
