"""Panels on the network, with an IP line of the box at the near end."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

from bus.clock import SystemClock
from bus.messages.signal import PanelSignal
from gateway.ip.ip_line import IpLine
from gateway.ip.limits import IpLimits
from gateway.spool.spool import Spool
from hardware.panels.sia_dc09.cipher import Keys
from hardware.panels.sia_dc09.encode import message_frame
from hardware.panels.sia_dc09.message import Message, read
from tests.support.panel_port import BOX

KEY = bytes(range(16))
KEYS: Keys = {"4711": KEY}
NAME = "network-1"


class SetClock(SystemClock):
    """The machine's clock, set by hand."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def now(self) -> datetime:
        """With what it was turned forward."""
        return super().now() + timedelta(seconds=self.ahead)

    def monotonic(self) -> float:
        """With what it was turned forward."""
        return super().monotonic() + self.ahead


class Network:
    """An IP line under test, and what it did."""

    def __init__(
        self, line: IpLine, spool: Spool, clock: SetClock, troubles: asyncio.Queue[str | None]
    ) -> None:
        self.line = line
        self.spool = spool
        self.clock = clock
        self.troubles = troubles

    async def trouble(self) -> str | None:
        """The next change of the line's trouble."""
        return await asyncio.wait_for(self.troubles.get(), 5)

    async def signals(self) -> list[PanelSignal]:
        """What is in the spool."""
        rows = await self.spool.oldest(1000, source=NAME)
        return [PanelSignal.decode(row.draft.payload) for row in rows]

    @contextlib.asynccontextmanager
    async def connection(self) -> AsyncIterator["Connection"]:
        """A panel's connection."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.line.port)
        try:
            yield Connection(reader, writer)
        finally:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()


class Connection:
    """A panel's end of a connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    async def asks(self, data: bytes) -> Message:
        """Send; the answer."""
        self.writer.write(data)
        return await self.answer()

    async def answer(self) -> Message:
        """The next answer."""
        return understood(await asyncio.wait_for(self.reader.readuntil(b"\r"), 3))

    async def ends(self, within_s: float = 3) -> bool:
        """Whether the box ends the connection, without another word."""
        with contextlib.suppress(ConnectionError):
            return await asyncio.wait_for(self.reader.read(), within_s) == b""
        return True


def understood(answer: bytes, keys: Keys = KEYS) -> Message:
    """An answer, read."""
    message = read(answer[9:-1], keys)
    assert message is not None
    return message


def event(
    sequence: int, *, at: datetime | None = None, key: bytes | None = None, account: str = "4711"
) -> bytes:
    """A burglary, stamped now if not told otherwise."""
    return message_frame(
        "ADM-CID", "1130 01 015", sequence=sequence, account=account, at=at or datetime.now(UTC), key=key
    )


@contextlib.asynccontextmanager
async def network_with(
    spool: Spool, *, keys: Keys = KEYS, limits: IpLimits | None = None, port: int = 0
) -> AsyncIterator[Network]:
    """A line that listens on a free port of this machine and stores in `spool`."""
    clock, troubles = SetClock(), asyncio.Queue[str | None]()
    line = IpLine(
        NAME,
        box=BOX,
        host="127.0.0.1",
        port=port,
        keys=keys,
        spool=spool,
        clock=clock,
        limits=limits or IpLimits(),
        on_trouble=troubles.put_nowait,
    )
    async with asyncio.TaskGroup() as group:
        task = group.create_task(line.run(), name="line")
        if port == 0:
            await asyncio.wait_for(line.listening.wait(), 5)
        yield Network(line, spool, clock, troubles)
        task.cancel()
