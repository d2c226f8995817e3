"""What the console says, in English and Chinese: `en.toml` and `zh.toml` hold the same keys."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any, Literal

Language = Literal["en", "zh"]

LANGUAGES: tuple[Language, ...] = ("en", "zh")


class Words:
    """One language's catalogue: `words("link.ok", age="0.2")`. An unknown key raises `KeyError`."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._texts = catalogue(language)

    def __call__(self, key: str, **values: object) -> str:
        """The sentence of `key` with its places filled."""
        return self._texts[key].format(**values)

    def fill(self, key: str, values: Mapping[str, str]) -> str:
        """The sentence of `key`; a place nobody fills stays empty."""
        return self._texts[key].format_map(_Sparse(values))

    def __contains__(self, key: str) -> bool:
        return key in self._texts

    def state(self, code: str) -> str:
        """A state code as a word; one the catalogue does not know as it came."""
        return self._texts.get(f"state.{code.lower()}", code.lower().replace("_", " "))

    def letter(self, code: str) -> str:
        """The one letter a state is known by, the same in every language."""
        return self._texts.get(f"letter.{code.lower()}", "?")

    def all(self, prefix: str) -> dict[str, str]:
        """Every key under `prefix.`, without it."""
        start = f"{prefix}."
        return {key.removeprefix(start): text for key, text in self._texts.items() if key.startswith(start)}


class _Sparse(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


@cache
def catalogue(language: Language) -> dict[str, str]:
    """Dotted key to template."""
    letters = tomllib.loads((files(__package__) / "letters.toml").read_text(encoding="utf-8"))
    texts = tomllib.loads((files(__package__) / f"{language}.toml").read_text(encoding="utf-8"))
    return dict(_flat({**letters, **texts}))


def fields(template: str) -> set[str]:
    """The names of the places a template fills."""
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def _flat(tree: dict[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for key, value in tree.items():
        name = f"{prefix}{key}"
        pairs += _flat(value, f"{name}.") if isinstance(value, dict) else [(name, str(value))]
    return pairs
