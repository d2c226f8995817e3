"""Python's search for cycles, kept away while what is there to stay is read."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


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
