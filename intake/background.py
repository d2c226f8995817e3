"""Work that may wait: done only with processor time nobody else wants."""

import contextlib
import os
import threading
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from intake.aside import aside

T = TypeVar("T")

_LEAST = 19
"""setpriority(2): the nicest a thread can be."""


async def in_background(name: str, work: Callable[[], T]) -> T:
    """As `aside`, in a thread that steps back behind every other; so do the threads `work` starts."""
    return await aside(name, partial(_nicely, work))


def _nicely(work: Callable[[], T]) -> T:
    # Linux takes a thread's own number here; a system that does not leaves the thread as urgent as others.
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _LEAST)
    return work()
