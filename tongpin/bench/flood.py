"""A flood of signals on the bus, as a box would bring them: new alarms, and rows that change."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from itertools import count
from typing import Any

from bus.clock import Clock
from bus.errors import LinkError
from bus.ids import new_id
from bus.link import Link, LinkSettings, Outbound
from bus.messages.signal import PanelEvent, PanelSignal
from bus.topics import Topics

ROWS = 50
"""Alarms that keep changing: each repeat of a frame counts on its alarm's row."""

BOX = "bench-box"


class Flood:
    """One box's signals. Use `flooding`."""

    def __init__(self, link: Link, topics: Topics, clock: Clock) -> None:
        self._link = link
        self._topic = topics.gateway(BOX).signal
        self._clock = clock
        self._seq = count(1)
        self._account = count(5000)
        self._turn = count()
        self._boot = new_id()
        self.rows: list[str] = []
        self.alarms = 0
        self.changes = 0

    async def begin(self) -> None:
        """Bring the rows."""
        self.rows = [await self._new() for _ in range(ROWS)]

    async def bring(self, per_second: float, seconds: float) -> None:
        """New alarms at this rate for so long, at least one."""
        self.alarms += await _steadily(self._new, per_second, seconds)

    async def change(self, per_second: float, seconds: float) -> None:
        """One change of a row after the other."""
        self.changes += await _steadily(self._repeat, per_second, seconds)

    async def _new(self) -> str:
        event = PanelEvent(
            account=f"{next(self._account)}", qualifier="new", code_set="contact_id", code="130", zone="001"
        )
        return await self._send(kind="event", event=event)

    async def _repeat(self) -> str:
        return await self._send(kind="repeat", repeat_of=self.rows[next(self._turn) % ROWS])

    async def _send(self, **fields: Any) -> str:  # noqa: ANN401 - a message's fields are of any type
        signal = PanelSignal(
            id=new_id(),
            gateway=BOX,
            line="alarms-1",
            protocol="surgard",
            seq=next(self._seq),
            boot=self._boot,
            said_at=self._clock.now(),
            clock="synced",
            raw="31",
            **fields,
        )
        await self._link.publish(Outbound(self._topic, signal.encode()))
        return signal.id


@asynccontextmanager
async def flooding(port: int, site: str, clock: Clock) -> AsyncIterator[Flood]:
    """A box with its link up, within the block."""
    topics = Topics(site)
    receipts = [(topics.gateway(BOX).receipt, 1)]
    link = Link(LinkSettings(port=port), client_id=f"{site}-{BOX}", subscriptions=receipts)
    running = [
        asyncio.create_task(link.run(), name="bench.flood.link"),
        asyncio.create_task(_drain(link), name="bench.flood.receipts"),
    ]
    try:
        await link.wait_connected()
        yield Flood(link, topics, clock)
    finally:
        for task in running:
            task.cancel()
        await asyncio.wait(running)


async def _drain(link: Link) -> None:
    async for inbound in link.messages():
        link.ack(inbound)


async def _steadily(send: Callable[[], Awaitable[str]], per_second: float, seconds: float) -> int:
    """How many went out."""
    began, sent = time.monotonic(), 0
    for number in range(max(round(per_second * seconds), 1)):
        await asyncio.sleep(began + number / per_second - time.monotonic())
        with suppress(LinkError):
            await send()
            sent += 1
    await asyncio.sleep(began + seconds - time.monotonic())
    return sent
