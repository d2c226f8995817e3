"""A site file for training: the site's own, but nothing of it is real, and its name says so. Pure."""

import re

MARKS = {"en": "EXERCISE", "zh": "演练"}

_TABLE = re.compile(r"^\[site\][^\n]*\n", re.MULTILINE)
_NAME = re.compile(r'\b(en|zh)(\s*=\s*")')


def sandbox(site: str) -> str:
    """The text of a site file, valid before, as one of a sandbox."""
    begin = _TABLE.search(site)
    if begin is None:
        return site
    head, rest = site[: begin.end()], site[begin.end() :]
    kept = [line for line in rest.split("\n") if not re.match(r"exercise\s*=", line)]
    renamed = [_named(line) if re.match(r"name\s*=", line) else line for line in _until_table(kept)]
    return "\n".join([head + "exercise = true", *renamed, *kept[len(renamed) :]])


def _until_table(lines: list[str]) -> list[str]:
    end = next((n for n, line in enumerate(lines) if line.startswith("[")), len(lines))
    return lines[:end]


def _named(line: str) -> str:
    return _NAME.sub(lambda found: f"{found[0]}{MARKS[found[1]]} ", line)
