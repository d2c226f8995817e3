"""Which rules a state was added up by: other rules make another sum of the same events."""

import hashlib
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Final

from intake.dispatch.policy import Policy


def _digest_of_program() -> bytes:
    # All of the centre: which of its files make the sum is not for this one to know.
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parents[1].rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.digest()


_PROGRAM: Final = _digest_of_program()
"""Of the program as it was started, not of one that is installed meanwhile."""


def fingerprint(policy: Policy) -> str:
    """Of this program and a site's policy, in hexadecimal."""
    return hashlib.sha256(_PROGRAM + repr(_plain(policy)).encode()).hexdigest()


def _plain(value: object) -> object:
    """The same for equal values: sets and mappings have no order of their own."""
    if is_dataclass(value):
        return [(field.name, _plain(getattr(value, field.name))) for field in fields(value)]
    if isinstance(value, Mapping):
        return sorted((str(key), repr(_plain(one))) for key, one in value.items())
    if isinstance(value, AbstractSet):
        return sorted(repr(_plain(one)) for one in value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return str(value)
