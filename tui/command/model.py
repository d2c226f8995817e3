"""What a typed line means."""

from dataclasses import dataclass, field
from typing import Literal

from bus.messages.base import Value

Local = Literal[
    "lang", "theme", "help", "find", "radios", "handover", "patrol", "view", "silence", "paper", "quit"
]


@dataclass(frozen=True)
class Command:
    """Requests to send, and the sentence that says exactly what they do."""

    verb: str
    says: str
    """In the operator's language: the dry run."""
    asks: tuple[Value, ...] = ()
    """Argument models in the order they are sent; each knows its verb."""
    about: frozenset[tuple[str, int]] = field(default_factory=frozenset)
    """Id and version of every row the line refers to, as the operator saw it."""
    undoable: bool = True
    confirm: bool = False
    """Cannot be undone: asked once more."""
    local: tuple[Local, str] | None = None
    """Done by the console itself, with its argument."""


@dataclass(frozen=True)
class Question:
    """The line does nothing yet: what is missing or unclear, in the operator's language."""

    text: str


@dataclass(frozen=True)
class Nothing:
    """An empty line."""


Meaning = Command | Question | Nothing


class Unclear(Exception):
    """A reader cannot go on; becomes a `Question`. `key` names its sentence in the catalogue."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values
