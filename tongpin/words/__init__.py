"""What reports, replays and simulations say: `en.toml` and `zh.toml` hold the same keys."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Language = Literal["en", "zh"]


class Words:
    """One language: `words("report.title")`. An unknown key raises `KeyError`."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._texts = catalogue(language)

    def __call__(self, key: str, **values: object) -> str:
        """The text of `key` with its places filled."""
        return self._texts[key].format(**values)

    def name(self, kind: str, code: str) -> str:
        """What a code is called; one the catalogue does not know as it came."""
        return self._texts.get(f"{kind}.{code}", code)


@cache
def catalogue(language: Language) -> dict[str, str]:
    """Dotted key to text."""
    texts = (files(__package__) / f"{language}.toml").read_text(encoding="utf-8")
    return dict(_flat(tomllib.loads(texts)))


def _flat(table: Mapping[str, Any], start: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, str):
            yield f"{start}{key}", value
        else:
            yield from _flat(value, f"{start}{key}.")
