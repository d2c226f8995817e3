"""A flood of signals on the bus, as a box would bring them: new alarms, and rows that change."""

import asyncio
import time
from contextlib import suppress
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
    """One box's signals at a steady rate: first the rows, then one change of a row after the other."""

    def __init__(self, port: int, site: str, clock: Clock) -> None:
        self._topics = Topics(site).gateway(BOX)
        self._clock = clock
        self._seq = count(1)
        self._boot = new_id()
        self._link = Link(
            LinkSettings(port=port), client_id=f"{site}-{BOX}", subscriptions=[(self._topics.receipt, 1)]
        )
        self.rows: list[str] = []
        self.sent = 0

    async def run(self, per_second: float, seconds: float) -> None:
        """Bring the rows, then change one of them so often for so long."""
        async with asyncio.TaskGroup() as tasks:
            running = [tasks.create_task(self._link.run(), name="bench.flood.link")]
            running.append(tasks.create_task(self._drain(), name="bench.flood.receipts"))
            await self._link.wait_connected()
            self.rows = [await self._send(kind="event", event=_event(number)) for number in range(ROWS)]
            began = time.monotonic()
            for number in range(round(per_second * seconds)):
                await asyncio.sleep(began + number / per_second - time.monotonic())
                with suppress(LinkError):
                    await self._send(kind="repeat", repeat_of=self.rows[number % ROWS])
                    self.sent += 1
            for task in running:
                task.cancel()

    async def _drain(self) -> None:
        async for inbound in self._link.messages():
            self._link.ack(inbound)

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
        await self._link.publish(Outbound(self._topics.signal, signal.encode()))
        return signal.id


def _event(number: int) -> PanelEvent:
    return PanelEvent(
        account=f"{5000 + number}", qualifier="new", code_set="contact_id", code="130", zone="001"
    )
