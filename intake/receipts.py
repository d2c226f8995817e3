"""Receipts to the boxes: these ids are committed, forget them.

Best effort on purpose: a lost receipt makes the box send again, and gets it another receipt.
"""

import asyncio

from bus.errors import LinkError
from bus.link import Link, Outbound
from bus.messages.status import Receipt
from bus.topics import Topics
from intake.arrivals.arrival import Ticket


class Receipts:
    """Collects what is committed while the last receipt is on its way, one message a box."""

    def __init__(self, link: Link, topics: Topics) -> None:
        self._link = link
        self._topics = topics
        self._waiting: dict[str, list[str]] = {}
        self._more = asyncio.Event()

    def give(self, ticket: Ticket) -> None:
        """Tell the box soon."""
        self._waiting.setdefault(ticket.gateway, []).append(ticket.id)
        self._more.set()

    async def run(self) -> None:
        """Send for ever."""
        while True:
            await self._more.wait()
            self._more.clear()
            waiting, self._waiting = self._waiting, {}
            for gateway, ids in waiting.items():
                await self._send(gateway, tuple(ids))

    async def _send(self, gateway: str, ids: tuple[str, ...]) -> None:
        receipt = Outbound(self._topics.gateway(gateway).receipt, Receipt(ids=ids).encode())
        try:
            await self._link.publish(receipt)
        except LinkError:
            return
