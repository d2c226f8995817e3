"""Every name people use for the site's things, and the longest one at a place in a line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bus.messages.board import Names

Entries = tuple[tuple[str, str], ...]
"""Lower-case name and id, longest name first, so that `waiting hall a` wins over `waiting hall`."""


@dataclass(frozen=True)
class Vocabulary:
    """The names of one site, in all its languages at once: nobody switches to type a call sign."""

    units: Entries
    teams: Entries
    agencies: Entries
    places: Entries
    types: Entries


def vocabulary(names: Names) -> Vocabulary:
    """The vocabulary of a site; kept, because it is asked at every key."""
    return _built(names.model_dump_json())


@lru_cache(maxsize=2)
def _built(names_json: str) -> Vocabulary:
    names = Names.model_validate_json(names_json)
    return Vocabulary(
        units=_entries(names.units, {}),
        teams=_entries(names.teams, {}),
        agencies=_entries(names.agencies, {}),
        places=_entries(names.places, names.spoken),
        types=_entries(names.types, {key: _parts(called) for key, called in names.types.items()}),
    )


def longest(entries: Entries, text: str, at: int) -> tuple[str, int] | None:
    """The id of the longest name that starts at `at`, and where it ends. `text` is lower case."""
    for name, key in entries:
        end = at + len(name)
        if text.startswith(name, at) and not _inside_word(text, end):
            return key, end
    return None


def anywhere(entries: Entries, text: str) -> str | None:
    """The id of the first name in `text`, wherever it stands."""
    for at in range(len(text)):
        if at and _inside_word(text, at):
            continue
        found = longest(entries, text, at)
        if found is not None:
            return found[0]
    return None


def _inside_word(text: str, at: int) -> bool:
    """Whether a word or number goes on across `at`; Chinese has no breaks, so there it never does."""
    return 0 < at < len(text) and _is_word(text[at - 1]) and _is_word(text[at])


def _is_word(char: str) -> bool:
    return char.isascii() and (char.isalnum() or char == "-")


def _entries(named: Mapping[str, Mapping[str, str]], spoken: Mapping[str, Iterable[str]]) -> Entries:
    pairs = {
        (name.strip().lower(), key)
        for key, called in named.items()
        for name in (key, key.replace("-", " "), *called.values(), *spoken.get(key, ()))
        if name.strip()
    }
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))


def _parts(called: Mapping[str, str]) -> tuple[str, ...]:
    """`theft or pickpocket` answers to either."""
    return tuple(part for name in called.values() for part in name.split(" or "))
