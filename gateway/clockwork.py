"""Is the machine's clock kept right by the network? A small box has no clock battery."""

import ctypes
import functools
import sys

from bus.messages.signal import Clockwork

_TIMEX_BYTES = 512
"""More than any `struct timex`; all zero means: change nothing, only tell."""
_TIME_ERROR = 5
"""adjtimex(2): the clock is not synchronised to a reliable server."""


def clockwork() -> Clockwork:
    """What the kernel knows; `unsynced` where it cannot be asked."""
    adjtimex = _adjtimex()
    if adjtimex is None:
        return "unsynced"
    state = adjtimex(ctypes.create_string_buffer(_TIMEX_BYTES))
    return "synced" if 0 <= state < _TIME_ERROR else "unsynced"


@functools.cache
def _adjtimex() -> "ctypes._NamedFuncPointer | None":
    if not sys.platform.startswith("linux"):
        return None
    function: ctypes._NamedFuncPointer | None = getattr(ctypes.CDLL(None), "adjtimex", None)
    return function
