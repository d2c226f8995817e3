"""What is chosen, sent to the terminal to copy (OSC 52). No terminal tells whether it took it."""

from collections.abc import Sequence

from textual.app import App
from textual.widgets import Input

from tui.screens.board import BoardScreen
from tui.screens.page import Page
from tui.words import Words


def copy_chosen(app: App[None], words: Words, leave: str) -> None:
    """Tells what was sent, and the key that leaves: Ctrl+C does not."""
    lines = _chosen(app)
    if lines:
        app.copy_to_clipboard("\n".join(lines))
    said = words("copy.sent", n=len(lines), keys=leave) if lines else words("copy.nothing", keys=leave)
    app.notify(said, markup=False)


def _chosen(app: App[None]) -> Sequence[str]:
    """What is marked in the field that is typed in, else the row under the cursor in full; no password."""
    field, screen = app.focused, app.screen
    if isinstance(field, Input) and field.selected_text and not field.password:
        return [field.selected_text]
    return screen.in_full if isinstance(screen, BoardScreen | Page) else ()
