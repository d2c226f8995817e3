"""What the desk calls each code of the two common sets, in both languages.

The names are `contact_id.toml` and `sia.toml` beside this file; what a code is (type, priority, what
becomes of it) its class says, in `panel_codes`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class CodeName:
    """A few words that may follow a colon: small first letter, no full stop, at most 40 cells wide."""

    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class CodeNames:
    """`name` what happened; `how` the manner of an opening or a closing, before 布防 and after "Closed"."""

    name: Mapping[str, CodeName]
    how: Mapping[str, CodeName]


@cache
def contact_id_names() -> CodeNames:
    """By the three digits of the code, of every qualifier."""
    return _load("contact_id.toml")


@cache
def sia_names() -> CodeNames:
    """By the two letters of the code, capitals; SIA has no `how`."""
    return _load("sia.toml")


def _load(file: str) -> CodeNames:
    tables = tomllib.loads(resources.files(__name__).joinpath(file).read_text("utf-8"))
    return CodeNames(name=_names(tables["name"]), how=_names(tables.get("how", {})))


def _names(table: Mapping[str, Mapping[str, str]]) -> Mapping[str, CodeName]:
    return MappingProxyType({code: CodeName(**words) for code, words in table.items()})
