"""What Tab adds, and what is shown beside the line while it is typed. Pure."""

import re
from collections.abc import Iterable

from tui.command.names import names_of
from tui.command.parse import VERBS, Verb, choices
from tui.view.sight import Sight

_LONGEST = 40
"""Characters of a name: how far back from the end of the line one may begin."""

_BREAK = re.compile(r"[\s,，、]")


def completions(line: str, sight: Sight) -> list[str]:
    """Whole lines that `line` could become, best first; empty when there is nothing to add."""
    verb, _, rest = line.lstrip().partition(" ")
    if not verb:
        return []
    if not rest and not line.endswith(" "):
        return [f"{one.name} " for one in VERBS if _grows(verb, one.name)]
    found = choices(verb)
    return [f"{line[:at]}{name} " for at, name in _fitting(line, found[0], sight)] if len(found) == 1 else []


def completed(line: str, sight: Sight) -> str:
    """`line` as far as all its completions agree; as it is when there are none."""
    found = completions(line, sight)
    if len(found) == 1:
        return found[0]
    agreed = 0
    for letters in zip(*(one.lower() for one in found), strict=False):
        if len(set(letters)) > 1:
            break
        agreed += 1
    return found[0][:agreed] if agreed > len(line) else line


def beside(line: str, sight: Sight) -> str:
    """The names the line could go on with; without any, how its command is written."""
    verb, _, rest = line.lstrip().partition(" ")
    if not verb:
        return ""
    found = choices(verb)
    if len(found) > 1:
        return "  ".join(one.name for one in found)
    if not found:
        return ""
    fitting = [name for _, name in _fitting(line, found[0], sight)] if rest else []
    return "  ".join(fitting) or re.split("[:：]", sight.words(f"verb.{found[0].name}"), maxsplit=1)[0]


def _fitting(line: str, verb: Verb, sight: Sight) -> list[tuple[int, str]]:
    """Where in the line a name begins that it breaks off in, and the whole name. The longest wins."""
    start = len(line) - len(line.lstrip()) + len(line.lstrip().partition(" ")[0]) + 1
    for at in range(max(start, len(line) - _LONGEST), len(line)):
        if _may_begin(line, at):
            found = list(dict.fromkeys(_growing(line[at:], verb, sight)))
            if found:
                return [(at, name) for name in found]
    return []


def _growing(begun: str, verb: Verb, sight: Sight) -> Iterable[str]:
    """Of each thing the verb takes, the first name that goes on from what was begun."""
    for kind in verb.takes:
        for names in names_of(kind, sight):
            grown = next((name for name in names if _grows(begun, name)), None)
            if grown is not None:
                yield grown


def _may_begin(line: str, at: int) -> bool:
    """After a separator; between Chinese characters anywhere."""
    return not _BREAK.match(line[at]) and bool(_BREAK.match(line[at - 1]) or not line[at].isascii())


def _grows(begun: str, name: str) -> bool:
    return name.lower().startswith(begun.lower()) and len(name) > len(begun)
