"""The names of everything a command may take, for completing them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal

from tui.view.sight import Sight, number_of

Kind = Literal["unit", "team", "agency", "incident", "place", "type", "radio"]

Takes = Kind | Mapping[str, tuple[str, ...]]
"""Things on the board, or a few words of the command's own, each with its other spellings."""


Names = Iterator[tuple[str, ...]]
"""Of each thing its names, the one to offer first at the beginning."""


def names_of(kind: Takes, sight: Sight) -> Names:
    """Of everything of a kind."""
    if isinstance(kind, str):
        yield from _KINDS[kind](sight)
    else:
        yield from ((key, *others) for key, others in kind.items())


def _units(sight: Sight) -> Names:
    for key in sorted(sight.mirror.units):
        yield (key.lower(), *_called(sight, sight.mirror.names.units, key))


def _teams(sight: Sight) -> Names:
    teams = sight.mirror.names.teams
    for key in teams:
        yield tuple(f"*{name}" for name in (key, *_called(sight, teams, key)))


def _agencies(sight: Sight) -> Names:
    agencies = sight.mirror.names.agencies
    for key in agencies:
        yield (key, *_called(sight, agencies, key))


def _incidents(sight: Sight) -> Names:
    for number in sorted(map(number_of, sight.mirror.incidents.values()), reverse=True):
        yield (number,)


def _places(sight: Sight) -> Names:
    names = sight.mirror.names
    for key in names.places:
        yield (*_called(sight, names.places, key), *names.spoken.get(key, ()), key)


def _types(sight: Sight) -> Names:
    types = sight.mirror.names.types
    for key in types:
        called = _called(sight, types, key)
        yield (key, *(part for name in called for part in name.split(" or ")))


def _radios(sight: Sight) -> Names:
    yield from ((key,) for key in sorted(sight.mirror.radios))


def _called(sight: Sight, names: Mapping[str, Mapping[str, str]], key: str) -> Iterable[str]:
    """In the operator's language, then in the others."""
    called = names.get(key, {})
    own = sight.words.language
    return dict.fromkeys(called[one] for one in sorted(called, key=lambda one: one != own))


_KINDS: Mapping[Kind, Callable[[Sight], Names]] = {
    "unit": _units,
    "team": _teams,
    "agency": _agencies,
    "incident": _incidents,
    "place": _places,
    "type": _types,
    "radio": _radios,
}
