"""A Textual app with the console's keys: those of the table, as they were meant and in their order."""

from collections.abc import Mapping
from typing import ClassVar

from textual import events
from textual.app import App
from textual.binding import Binding, BindingType
from textual.widgets import Input

from bus.clock import Clock
from tui.keys.actions import EVERYWHERE
from tui.keys.in_order import in_order
from tui.keys.keymap import Keymap
from tui.keys.untangled import untangled


class KeyedApp(App[None]):
    """Subclasses do what the table names."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(action.key, action.does, id=action.name, priority=True, show=False) for action in EVERYWHERE
    ]

    def __init__(self, own_keys: Mapping[str, str], clock: Clock, *, ansi_color: bool) -> None:
        super().__init__(ansi_color=ansi_color)
        self.keymap = Keymap(own_keys)
        self.set_keymap(self.keymap.own)
        self._everywhere = frozenset(map(self.keymap.key, EVERYWHERE))
        self._clock = clock
        self.typed_at = clock.monotonic()
        """When the last key came."""

    async def on_event(self, event: events.Event) -> None:
        """Keys as they were meant; everything else as it came."""
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
            return
        self.typed_at = self._clock.monotonic()
        for key in untangled(event, typing=isinstance(self.focused, Input)):
            if key.key in self._everywhere:
                await super().on_event(key)  # before a field's own: Ctrl+C there would copy a password
            else:
                await in_order(self, key, super().on_event)
