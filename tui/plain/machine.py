"""One JSON object as one line: Chinese stays readable, and nothing in it can command a terminal."""

import json
from typing import Any

from tui.cells import is_unprintable


def json_line(value: dict[str, Any]) -> str:
    """`value` as JSON; control and direction characters in its strings are escapes, as JSON allows."""
    text = json.dumps(value, ensure_ascii=False)
    return text if text.isprintable() else "".join(_escaped(char) for char in text)


def _escaped(char: str) -> str:
    return json.dumps(char)[1:-1] if is_unprintable(char) else char
