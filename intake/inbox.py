"""From the bus into the journal: read, store, acknowledge, give a receipt, in that order.

    broker → read → writer.store → (committed) → ack to the broker, receipt to the box

Messages are handed to the writer in the order they came and settled in the same order, so one line's signals
keep theirs. Nothing is acknowledged that is not committed: kill the centre anywhere and the box still has it.
"""

import asyncio
from dataclasses import dataclass

import structlog

from bus.link import Inbound, Link
from intake.arrivals.arrival import Arrival
from intake.dispatch.refusals import Refusal
from intake.errors import JournalUnwritable
from intake.reading import Reader
from intake.receipts import Receipts
from intake.writer import RETRY_S, Outcome, Stored, Writer

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
        self._log = structlog.get_logger("inbox")
        self.trouble: str | None = None
        """One sentence while recordings cannot be stored."""

    async def take(self) -> None:
        """Read for ever."""
        async for inbound in self._link.messages():
            arrival = await self._read(inbound)
            if arrival is None:
                self._link.ack(inbound)
                continue
            done = await self._writer.store(arrival.cause, *arrival.commands)
            await self._in_hand.put(_InHand(inbound, arrival, done))

    async def settle(self) -> None:
        """Acknowledge for ever."""
        while True:
            message = await self._in_hand.get()
            outcome = await message.done
            if isinstance(outcome, Refusal):
                await self._keep_refused(message.inbound, outcome)
            self._link.ack(message.inbound)
            if message.arrival.ticket:
                self._receipts.give(message.arrival.ticket)
            self._log.info("stored", id=message.arrival.cause, repeated=outcome == Stored(repeated=True))

    async def _read(self, inbound: Inbound) -> Arrival | None:
        while True:
            try:
                arrival = await asyncio.to_thread(self._reader.read, inbound)
            except JournalUnwritable as error:
                self.trouble = str(error)
                await asyncio.sleep(RETRY_S)
            else:
                self.trouble = None
                return arrival

    async def _keep_refused(self, inbound: Inbound, refusal: Refusal) -> None:
        # The rules refuse people, not sources; should they ever refuse a source, its words are an alarm.
        arrival = self._reader.unreadable(inbound, refusal.en)
        await (await self._writer.store(arrival.cause, *arrival.commands))
