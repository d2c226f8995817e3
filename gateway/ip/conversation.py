"""One connection of a panel, from its first byte to the reason it ended."""

import asyncio
from collections.abc import Awaitable, Callable

from gateway.ip.limits import IpLimits
from hardware.panels.frame import MAX_FRAME
from hardware.panels.sia_dc09.reader import Reader, Reading

_WRITE_S = 2.0
"""An answer of a few bytes that cannot leave within this meets a peer that does not read."""
_NONSENSE = 16
"""Readings in a row without a sound frame; a panel on a bad line still gets one through."""

Take = Callable[[Reading], Awaitable[bytes]]
"""Keeps a reading and says what it is answered."""


async def converse(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, stream: Reader, take: Take, limits: IpLimits
) -> str:
    """Talk until the peer leaves or has to; why, in a few words. What it left unfinished is kept."""
    try:
        return await _converse(reader, writer, stream, take, limits)
    except TimeoutError:
        return "unfinished frame" if stream.waiting else "silent or not reading"
    except OSError as error:
        return f"broken: {error.strerror or error}"
    finally:
        for reading in stream.flush():
            await take(reading)


async def _converse(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, stream: Reader, take: Take, limits: IpLimits
) -> str:
    clock = asyncio.get_running_loop()
    began: float | None = None
    """When the unfinished frame began: a peer that sends a byte now and then gains nothing."""
    nonsense = 0
    while True:
        until = clock.time() + limits.idle_s if began is None else began + limits.frame_s
        async with asyncio.timeout_at(until):
            data = await reader.read(MAX_FRAME)
        if not data:
            return "closed by the panel"
        began = clock.time() if began is None else began
        for reading in stream.feed(data):
            began = clock.time()
            nonsense = 0 if reading.message else nonsense + 1
            if answer := await take(reading):
                await _write(writer, answer)
            if reading.overlong:
                return "frame too long"
            if nonsense == _NONSENSE:
                return "nothing but nonsense"
        began = began if stream.waiting else None


async def _write(writer: asyncio.StreamWriter, answer: bytes) -> None:
    writer.write(answer)
    async with asyncio.timeout(_WRITE_S):
        await writer.drain()
