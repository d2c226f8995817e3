"""Keys that come in one piece: each finds what the one before it did."""

from collections.abc import Awaitable, Callable

from textual.app import App
from textual.dom import DOMNode
from textual.events import Key
from textual.widgets import Input

from tui.widgets.taken_in import taken_in


async def in_order(app: App[None], key: Key, hand_on: Callable[[Key], Awaitable[None]]) -> None:
    """Hands a key on, from within the app's own handler.

    Textual does what a field's or a list's own key means (Backspace, Enter, Home) when it has gone from there
    up to the app; letters that came with it are in a field long before, and then it is the field's. A letter
    on a list begins a line, which has the focus only when the letter has gone up to its screen.
    """
    at = app.focused or app.screen
    action = _its_own(app, at, key)
    if action is not None:
        await _taken_up(at)
        await app.run_action(action, at)
        await _taken_up(at)
        return
    await hand_on(key)
    if key.is_printable and not isinstance(at, Input):
        await _taken_up(at)


def _its_own(app: App[None], at: DOMNode, key: Key) -> str | None:
    """What a key does to what has the keys."""
    found = app.screen.active_bindings.get(key.key)
    return found.binding.action if found and found.node is at and not key.is_printable else None


async def _taken_up(start: DOMNode) -> None:
    """Until all that was handed to it has gone up to its screen."""
    for step in start.ancestors_with_self[:-1]:
        await taken_in(step)
