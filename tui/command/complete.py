"""What Tab adds: the rest of a verb, a unit, a place, a type or an incident's number."""

from collections.abc import Iterable

from tui.command.parse import VERBS
from tui.view.sight import Sight


def completions(line: str, sight: Sight) -> list[str]:
    """Whole lines that `line` could become, best first; empty when there is nothing to add."""
    head, _, word = line.rpartition(" ")
    if not word:
        return []
    if not head:
        return [f"{verb.name} " for verb in VERBS if _grows(word, verb.name)]
    return [f"{head} {name} " for name in dict.fromkeys(_names(sight)) if _grows(word, name)]


def _grows(word: str, name: str) -> bool:
    return name.lower().startswith(word.lower()) and len(name) > len(word)


def _names(sight: Sight) -> Iterable[str]:
    mirror = sight.mirror
    yield from sorted(key.lower() for key in mirror.units)
    yield from sorted((str(row.no) for row in mirror.incidents.values()), reverse=True)
    yield from sorted(mirror.radios)
    yield from sorted(mirror.names.places)
    yield from sorted(mirror.names.types)
