"""How an object changes: a copy with some fields new, its version raised and its changer named."""

from typing import Any, TypeVar

from intake.dispatch.base import Frozen, Versioned
from intake.dispatch.source_events import BaseEvent

V = TypeVar("V", bound=Versioned)
F = TypeVar("F", bound=Frozen)


def changed(thing: V, event: BaseEvent, **fields: Any) -> V:  # noqa: ANN401  fields of any object
    """Return the object as somebody changed it: what others saw of it is now stale."""
    stamp = {"version": thing.version + 1, "changed_by": event.by.name, "changed_at": event.at}
    return thing.model_copy(update=fields | stamp)


def observed(thing: F, **fields: Any) -> F:  # noqa: ANN401  fields of any object
    """Return the object with what a source added: no version, no undo."""
    return thing.model_copy(update=fields)
