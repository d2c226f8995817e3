"""Keys are handed to a field and taken in a little later; who acts on what was typed waits for it."""

import asyncio
import contextlib

from textual.message_pump import MessagePump

_AT_MOST_S = 1.0
"""A field that is being taken away answers no more."""


async def taken_in(field: MessagePump) -> None:
    """Until the field has taken in every key it was handed so far."""
    done = asyncio.Event()
    if field.call_later(done.set):
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(done.wait(), _AT_MOST_S)
