"""A state as lines of text and back, equal: every map, index and counter of it, the policy left out.

A line is a field's name, a blank, and some of its rows as a JSON array: pairs of key and value of a map, or
the one value of another field. Nothing is derived on reading.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final, get_args, get_origin, get_type_hints

from immutables import Map
from pydantic import TypeAdapter

from intake.dispatch.policy import Policy
from intake.dispatch.state import State

ROWS: Final = 100
"""Rows of a line: what a thread turns into text before it lets others have their turn."""


def _adapter(kind: Any) -> TypeAdapter[list[Any]]:  # noqa: ANN401  the type of any field
    if get_origin(kind) is Map:
        return _pairs(*get_args(kind))
    return TypeAdapter(list[kind])


def _pairs(key: Any, value: Any) -> TypeAdapter[list[Any]]:  # noqa: ANN401  any two types
    return TypeAdapter(list[tuple[key, value]])


_KINDS: Final = {name: kind for name, kind in get_type_hints(State).items() if name != "policy"}
_MAPS: Final = frozenset(name for name, kind in _KINDS.items() if get_origin(kind) is Map)
_ADAPTERS: Final = {name: _adapter(kind) for name, kind in _KINDS.items()}


def lines_of(state: State) -> Iterator[bytes]:
    """Every line, without its end. Raises `ValueError` for rows that would not come back equal."""
    for name, adapter in _ADAPTERS.items():
        value = getattr(state, name)
        rows = iter(value.items() if name in _MAPS else (value,))
        while some := list(islice(rows, ROWS)):
            text = adapter.dump_json(some, exclude_defaults=True)
            if adapter.validate_json(text) != some:
                raise ValueError(f"{name} of the state would not come back from a snapshot as they were")
            yield name.encode() + b" " + text


def state_of(lines: Iterable[bytes], policy: Policy) -> State:
    """The state these lines came from. Raises `ValueError` (pydantic's is one) or `KeyError`."""
    rows: dict[str, list[Any]] = {}
    for line in lines:
        name, _, text = line.partition(b" ")
        rows.setdefault(name.decode(), []).extend(_ADAPTERS[name.decode()].validate_json(text))
    return State(policy=policy, **{name: _whole(name, some) for name, some in rows.items()})


def _whole(name: str, rows: list[Any]) -> Any:  # noqa: ANN401  the value of any field
    return Map(rows) if name in _MAPS else rows[-1]
