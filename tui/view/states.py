"""A state's colour. Its word and letter are in the catalogues."""

from tui.view.line import Piece, column
from tui.words import Words

ROLES = {
    "received": "bold red",
    "queued": "bold red",
    "claimed": "cyan",
    "pending": "bold yellow",
    "unsent": "bold yellow",
    "held": "violet",
    "resolved": "dim",
    "reserved": "violet",
    "sent": "blue",
    "dispatched": "blue",
    "committed": "blue",
    "signed": "cyan",
    "enroute": "yellow",
    "onscene": "red",
    "available": "green",
    "available_mobile": "green",
    "available_post": "green",
    "busy": "violet",
    "emergency": "urgent",
    "no_contact": "bold yellow",
}
"""After the boards of practice: blue sent, yellow en route, red on scene, green available."""


def state_column(words: Words, code: str, width: int) -> Piece:
    """Letter, word and colour of a state in `width` cells."""
    role = ROLES.get(code.lower(), "dim")
    return column(f"{words.letter(code)} {words.state(code)}", width, role)
