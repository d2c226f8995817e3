"""The console's own keys: those of the table, or what the settings put in their place."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from tui.keys.actions import ACTIONS, EVERYWHERE, Action

_FREE = re.compile(r"f([1-9]|1[0-2])|ctrl\+[bcglnopqstyz]")
"""Keys every terminal passes on and no field needs for editing; a letter alone would begin a command."""

_SHORT = {"enter": "Enter", "escape": "Esc", "space": "Space", "tab": "Tab", "home": "Home", "up": "Up"}
_SHORT |= {"slash": "/", "a": "A"}


@dataclass(frozen=True)
class Keymap:
    """Which key does what."""

    own: Mapping[str, str] = field(default_factory=dict)
    """Action to key, where the settings chose another."""

    def key(self, action: Action) -> str:
        """Its key, as Textual writes it."""
        return self.own.get(action.name, action.key)

    def shown(self, action: Action) -> str:
        """Its key as people write it: `F1`, `Ctrl+N`."""
        key = self.key(action)
        return _SHORT.get(key) or "+".join(part.capitalize() for part in key.split("+"))

    def named(self, name: str) -> str:
        """The same of the action called `name`."""
        return next(self.shown(action) for action in ACTIONS if action.name == name)


def checked(own: Mapping[str, str]) -> dict[str, str]:
    """The settings' `[keys]`, in small letters. Raises `ValueError` with one sentence."""
    names = [action.name for action in EVERYWHERE]
    keys = {name: key.strip().lower().replace(" ", "") for name, key in own.items()}
    for name, key in keys.items():
        if name not in names:
            raise ValueError(f'there is no action "{name}"; there are {", ".join(names)}')
        if not _FREE.fullmatch(key):
            raise ValueError(
                f'{name} = "{key}" cannot be: f1 to f12, or ctrl+ and one of b c g l n o p q s t y z'
            )
    taken: dict[str, str] = {}
    for action in EVERYWHERE:
        key = keys.get(action.name, action.key)
        if key in taken:
            raise ValueError(
                f"{key} cannot be both {taken[key]} and {action.name}; give one of them another key"
            )
        taken[key] = action.name
    return keys
