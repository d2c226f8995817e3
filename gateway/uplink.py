"""From the spool to the centre: in order, a handful at a time, freed only by the centre's receipt.

A broker's acknowledgement frees nothing: brokers lose acknowledged messages when they are killed. What was
sent is remembered in memory only; after a restart all of it goes again, which the ids make harmless.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable

import structlog

from bus.clock import Clock
from bus.errors import LinkError
from bus.link import Link, Outbound
from gateway.errors import SpoolError
from gateway.spool.rows import Row
from gateway.spool.spool import Spool
from gateway.uplink_flight import Flight

log = structlog.get_logger()

RESEND_AFTER_S = 10.0
"""A receipt takes milliseconds; ten seconds without one and something on the way has forgotten."""
_IDLE_S = 1.0
_FREED_AT_ONCE = 100
_PUBLISH_S = 10.0


Greeting = Callable[[], Awaitable[None]]


async def _no_greeting() -> None:
    return


class Uplink:
    """Sends until cancelled. `receipt` is called with what the centre says on the receipt topic."""

    def __init__(
        self,
        spool: Spool,
        link: Link,
        clock: Clock,
        *,
        greet: Greeting = _no_greeting,
        resend_after_s: float = RESEND_AFTER_S,
    ) -> None:
        """`greet` speaks first on every new connection, before any row."""
        self._spool = spool
        self._link = link
        self._clock = clock
        self._greet = greet
        self._patience_s = resend_after_s
        self._flights: dict[str, Flight] = {}
        self._generation = -1
        self._landed: deque[str] = deque()
        """Ids with a receipt whose rows are still in the spool."""
        self._receipts = asyncio.Event()

    async def run(self) -> None:
        """Send what waits, for ever."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._free_landed(), name="uplink.free")
            while True:
                await self._link.wait_connected()
                self._spool.news.clear()
                try:
                    await self._round(group)
                except SpoolError as error:
                    log.error("spool cannot be read", problem=str(error))  # noqa: TRY400 (one sentence)
                await self._pause()

    def receipt(self, ids: Iterable[str]) -> None:
        """The centre has these in its journal."""
        landed = frozenset(ids)
        self._landed.extend(landed)
        self._flights = {name: flight.landed(landed) for name, flight in self._flights.items()}
        self._receipts.set()
        self._spool.news.set()

    def wake(self) -> None:
        """The link came up: what had no receipt goes again now, not at the next look."""
        self._spool.news.set()

    async def _round(self, group: asyncio.TaskGroup) -> None:
        if self._generation != self._link.generation:
            self._generation = self._link.generation
            self._flights = {name: flight.restarted() for name, flight in self._flights.items()}
            await self._greet()
        now = self._clock.monotonic()
        for name in await self._spool.names():
            flight = self._flights.setdefault(name, Flight())
            due = flight.due_at(self._patience_s)
            if due is not None and due <= now:
                log.warning("no receipt, sending again", source=name, ids=[one for one, _ in flight.sent])
                self._flights[name] = flight.restarted()
            await self._send(name, group)

    async def _send(self, name: str, group: asyncio.TaskGroup) -> None:
        flight = self._flights[name]
        if not flight.room:
            return
        landed = frozenset(self._landed)
        rows = await self._spool.oldest(flight.room + len(landed), source=name, after=flight.after)
        if self._generation != self._link.generation:
            # A new connection came up meanwhile: these would overtake those lost with the old one.
            return
        for row in rows:
            flight = self._flights[name]
            if row.id in landed:
                continue
            if not flight.room:
                break
            self._flights[name] = flight.took_off(row, self._clock.monotonic())
            group.create_task(self._publish(row), name=f"uplink.publish[{row.id}]")

    async def _publish(self, row: Row) -> None:
        """Hand one row to the broker. Failing is no news: the missing receipt brings it again."""
        sent = self._clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z")
        user = {**row.draft.user, "sent": sent}
        try:
            await self._link.publish(Outbound(row.draft.topic, row.draft.payload, user=user), _PUBLISH_S)
        except LinkError as error:
            log.info("not sent", id=row.id, reason=str(error))
        else:
            log.info("sent", id=row.id, source=row.source, seq=row.seq)

    async def _pause(self) -> None:
        """Until there is news, or a receipt is overdue."""
        dues = [due for flight in self._flights.values() if (due := flight.due_at(self._patience_s))]
        wait_s = min([due - self._clock.monotonic() for due in dues], default=_IDLE_S)
        try:
            async with asyncio.timeout(min(max(wait_s, 0.0), _IDLE_S)):
                await self._spool.news.wait()
        except TimeoutError:
            return

    async def _free_landed(self) -> None:
        """Forget what the centre has. A spool that cannot delete now is asked again."""
        said: str | None = None
        while True:
            await self._receipts.wait()
            self._receipts.clear()
            while ids := [self._landed[i] for i in range(min(len(self._landed), _FREED_AT_ONCE))]:
                try:
                    await self._spool.free(ids)
                except SpoolError as error:
                    if said != (said := str(error)):
                        log.error("spool cannot be emptied", problem=said)  # noqa: TRY400 (one sentence)
                    await asyncio.sleep(_IDLE_S)
                    continue
                said = None
                for _ in ids:
                    self._landed.popleft()
