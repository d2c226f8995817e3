"""Keys that come in one piece: each finds what the one before it did."""

from collections.abc import Awaitable, Callable

from textual.app import App
from textual.dom import DOMNode
from textual.events import Key
from textual.widgets import Input

from tui.widgets.taken_in import taken_in


async def in_order(app: App[None], key: Key, hand_on: Callable[[Key], Awaitable[None]]) -> None:
    """Hands a key on, from within the app's own handler.

    Textual does what a field's own key means (Backspace, Ctrl+U, Enter) when it has gone from the field up to
    the app; letters that came with it are in the field long before. A letter on a list begins a line, which
    has the focus only when the letter has gone up to its screen.
    """
    at, field = app.focused or app.screen, app.focused
    if isinstance(field, Input):
        action = _its_own(app, field, key)
        if action is None:
            await hand_on(key)
            return
        await _taken_up(field)
        await app.run_action(action, field)
        await _taken_up(field)
        return
    await hand_on(key)
    if key.is_printable:
        await _taken_up(at)


def _its_own(app: App[None], field: Input, key: Key) -> str | None:
    """What a key does to the field itself."""
    found = app.screen.active_bindings.get(key.key)
    return found.binding.action if found and found.node is field and not key.is_printable else None


async def _taken_up(start: DOMNode) -> None:
    """Until all that was handed to it has gone up to its screen."""
    for step in start.ancestors_with_self[:-1]:
        await taken_in(step)
