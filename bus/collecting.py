"""Python's search for cycles, kept away while what is there to stay is read."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_NEVER: Final = 1_000_000
"""Looks at what is younger, before one at everything: days of them."""


@contextmanager
def loading() -> Iterator[None]:
    """Within, nothing is looked through, nor what is there at the end ever after.

    Frozen values have no cycles, and a million of them make every look a matter of seconds.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


def only_when_asked() -> None:
    """From now on what has lived for long is looked through by `look_through` alone, of this program.

    With some ten thousand things on a board it takes a twentieth of a second, always at a bad moment.
    """
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, _NEVER)


def look_through() -> None:
    """Free what holds itself, now."""
    gc.collect()
