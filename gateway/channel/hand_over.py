"""From a device's thread to the event loop."""

import asyncio
import contextlib
from collections.abc import Callable


def hand_over(loop: asyncio.AbstractEventLoop, take: Callable[[], None]) -> None:
    """Have `take` called on the loop; a thread may outlive the loop for a moment, then nothing happens."""
    with contextlib.suppress(RuntimeError):  # it was closed meanwhile
        loop.call_soon_threadsafe(take)
