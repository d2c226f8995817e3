"""From the bus into the journal: read, store, acknowledge, give a receipt, in that order.

    broker → read → writer.store → (committed) → ack to the broker, receipt to the box

Messages are handed to the writer in the order they came and settled in the same order, so one line's signals
keep theirs. Nothing gets a receipt that is not committed: kill the centre anywhere and the box still has it.
"""

import asyncio
from dataclasses import dataclass

import structlog

from bus.link import Inbound, Link
from intake.arrivals.arrival import Arrival
from intake.dispatch.refusals import Refusal
from intake.errors import JournalUnwritable
from intake.reading import Reader, compares
from intake.receipts import Receipts
from intake.writer import Outcome, Stored, Writer

IN_HAND = 200
"""Messages read and not yet committed; the broker holds the rest back by its receive window."""


@dataclass(frozen=True)
class _InHand:
    inbound: Inbound
    arrival: Arrival
    done: asyncio.Future[Outcome]


class Inbox:
    """Two tasks: `take` reads and hands to the writer, `settle` acknowledges what is committed."""

    def __init__(self, link: Link, reader: Reader, writer: Writer, receipts: Receipts) -> None:
        self._link = link
        self._reader = reader
        self._writer = writer
        self._receipts = receipts
        self._in_hand: asyncio.Queue[_InHand] = asyncio.Queue(maxsize=IN_HAND)
        self._newest: asyncio.Future[Outcome] | None = None
        self._log = structlog.get_logger("inbox")

    async def take(self) -> None:
        """Read for ever."""
        async for inbound in self._link.messages():
            if self._newest and compares(inbound.topic):
                await asyncio.wait({self._newest})
            arrival = await self._read(inbound)
            if arrival is None:
                self._link.ack(inbound)
                continue
            self._newest = await self._writer.store(arrival.cause, *arrival.commands)
            await self._in_hand.put(_InHand(inbound, arrival, self._newest))

    async def settle(self) -> None:
        """Acknowledge for ever."""
        while True:
            message = await self._in_hand.get()
            outcome = await message.done
            stored = not isinstance(outcome, Refusal) or await self._keep_refused(message.inbound, outcome)
            self._link.ack(message.inbound)
            if message.arrival.ticket and stored:
                self._receipts.give(message.arrival.ticket)
            repeated = isinstance(outcome, Stored) and outcome.repeated
            self._log.info("stored" if stored else "not stored", id=message.arrival.cause, repeated=repeated)

    async def _read(self, inbound: Inbound) -> Arrival | None:
        try:
            return await asyncio.to_thread(self._reader.read, inbound)
        except JournalUnwritable as error:
            # Its box keeps what has no receipt and sends it again; waiting here would hold up alarms.
            self._log.error("recording not stored", topic=inbound.topic, why=str(error))
            return None

    async def _keep_refused(self, inbound: Inbound, refusal: Refusal) -> bool:
        """The rules refuse people, not sources: what they cannot place is an alarm. Whether it is stored."""
        try:
            arrival = await asyncio.to_thread(self._reader.refused, inbound, refusal.en)
        except JournalUnwritable as error:
            self._log.error("refused and not stored", topic=inbound.topic, why=str(error))
            return False
        outcome = await (await self._writer.store(arrival.cause, *arrival.commands))
        return isinstance(outcome, Stored)
