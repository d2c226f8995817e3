"""The panel protocols by name.

A protocol is one module (or package) of this folder that has a function `codec(**options)`; adding the file
is all it takes.
"""

import difflib
import inspect
import pkgutil
from functools import cache
from importlib import import_module
from typing import Protocol, cast

from hardware import panels
from hardware.errors import CodecOptionError, UnknownProtocolError
from hardware.panels.frame import Codec


def names() -> tuple[str, ...]:
    """Return the names of all protocols, sorted."""
    return tuple(sorted(_factories()))


def codec(name: str, **options: object) -> Codec:
    """Return a fresh codec for one line.

    Raises `UnknownProtocolError` for a name that is not in `names()` and `CodecOptionError` for an option
    this protocol does not take.
    """
    factory = _factories().get(name)
    if factory is None:
        nearest = difflib.get_close_matches(name.lower(), names(), n=1, cutoff=0.4)
        raise UnknownProtocolError(name, names(), nearest[0] if nearest else None)
    accepted = inspect.signature(factory).parameters
    if strange := sorted(set(options) - set(accepted)):
        takes = ", ".join(accepted) or "none"
        raise CodecOptionError(f"The {name} protocol has no option {strange[0]!r}; its options are: {takes}.")
    return factory(**options)


class _Factory(Protocol):
    """What a protocol's module calls `codec`; each names its own options."""

    def __call__(self, **options: object) -> Codec: ...


@cache
def _factories() -> dict[str, _Factory]:
    """Find the modules of the folder that offer a codec; the registry itself is not one."""
    found = {}
    for module in pkgutil.iter_modules(panels.__path__):
        factory = getattr(import_module(f"{panels.__name__}.{module.name}"), "codec", None)
        if factory is not None and module.name != "registry":
            found[module.name] = cast("_Factory", factory)
    return found
