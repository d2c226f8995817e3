"""One connection to the broker as the event loop sees it, from CONNECT to its end; never reused.

A fresh client for each connection carries nothing over by itself: no offline publishes sent past the
in-flight limit, no packet id that means two things.
"""

import asyncio
from collections.abc import Callable
from typing import Any

from bus.clock import Clock
from bus.errors import NotAcknowledged, NotConnected
from bus.link_messages import Ending, Inbound, Introduction, Outbound
from bus.link_settings import LinkSettings
from bus.link_wire import Wire

HANDSHAKE_S = 10.0
"""From the first byte to SUBACK."""

GOODBYE_S = 1.0
"""For flushing DISCONNECT before the socket is shut."""


class Connection:
    """Opened once, ended once."""

    def __init__(
        self,
        settings: LinkSettings,
        introduction: Introduction,
        *,
        generation: int,
        clock: Clock,
        deliver: Callable[[Inbound], None],
        max_inflight: int,
    ) -> None:
        self.generation = generation
        self._where = f"{settings.host}:{settings.port}"
        self._deliver = deliver
        self._loop = asyncio.get_running_loop()
        self._ready: asyncio.Future[None] = self._loop.create_future()
        self._ended: asyncio.Future[Ending] = self._loop.create_future()
        self._pending: dict[int, asyncio.Future[None]] = {}
        self._safe: dict[int, bool] = {}
        """Packet ids not yet acknowledged, as they came, and whether they may be."""
        self._unsent: set[int] = set()
        """QoS 0 messages the line has not taken yet."""
        self._slots = asyncio.Semaphore(max_inflight)
        self._wire = Wire(settings, introduction, generation, clock, self)

    async def open(self) -> bool:
        """True once subscribed; False when the connection ended before that."""
        self._wire.start()
        first: set[asyncio.Future[Any]] = {self._ready, self._ended}
        await asyncio.wait(first, timeout=HANDSHAKE_S, return_when=asyncio.FIRST_COMPLETED)
        if not self._ready.done():
            self.abort(f"the broker at {self._where} does not answer")
        return self.alive

    async def end(self) -> Ending:
        """Waits for the end and tells why."""
        await asyncio.wait({self._ended})
        return self._ended.result()

    async def publish(self, out: Outbound, timeout_s: float) -> None:
        """Returns at PUBACK (QoS 0: once handed over). Raises `NotConnected`, `NotAcknowledged`."""
        if out.qos == 0:
            self._unsent.add(self._send(out))
            return
        try:
            async with asyncio.timeout(timeout_s):
                await self._slots.acquire()
                await asyncio.shield(self._in_flight(out))
        except TimeoutError:
            if not self._wire.writing:
                self.abort(f"the broker at {self._where} stopped acknowledging")
            raise NotAcknowledged(f"no acknowledgement of {out.topic} within {timeout_s:g} s") from None

    def ack(self, mid: int) -> None:
        """The message is safe with us. Told to the broker in the order messages came (MQTT 5 §4.6)."""
        if self._ended.done():
            return
        self._safe[mid] = True
        while self._safe and self._safe[first := next(iter(self._safe))]:
            del self._safe[first]
            self._wire.ack(first)

    def abort(self, reason: str) -> None:
        """Ends the connection without a goodbye."""
        self.ended(Ending(reason))
        self._wire.cut()

    async def close(self) -> None:
        """Ends the connection in order."""
        if self.alive:
            self._wire.goodbye()
            await asyncio.wait({self._ended}, timeout=GOODBYE_S)
        self.abort("closed")

    @property
    def alive(self) -> bool:
        """Subscribed and not ended."""
        return self._ready.done() and not self._ended.done()

    @property
    def unsent(self) -> int:
        """QoS 0 messages the line has not taken yet."""
        return len(self._unsent)

    @property
    def last_heard(self) -> float:
        """When bytes last came, on the monotonic clock."""
        return self._wire.last_heard

    def subscribed(self) -> None:
        """From the wire."""
        if not self._ready.done():
            self._ready.set_result(None)

    def heard(self, message: Inbound) -> None:
        """From the wire."""
        if self._ended.done():
            return
        if message.qos:
            self._safe[message.mid] = False
        self._deliver(message)

    def acknowledged(self, mid: int, refusal: str | None) -> None:
        """From the wire: PUBACK, or for QoS 0 that the line has taken it."""
        self._unsent.discard(mid)
        waiting = self._pending.pop(mid, None)
        if waiting is None:
            return
        if refusal:
            waiting.set_exception(NotAcknowledged(f"the broker refused the message: {refusal}"))
        else:
            waiting.set_result(None)

    def ended(self, ending: Ending) -> None:
        """From the wire, or from us; the first reason stands."""
        if self._ended.done():
            return
        self._ended.set_result(ending)
        for waiting in self._pending.values():
            waiting.set_exception(NotConnected(f"the connection broke: {ending.reason}"))
        self._pending.clear()

    def _send(self, out: Outbound) -> int:
        if self._ended.done():
            raise NotConnected(f"not connected: {self._ended.result().reason}")
        return self._wire.send(out)

    def _in_flight(self, out: Outbound) -> asyncio.Future[None]:
        """Holds its slot until PUBACK or the end, even when the publisher has stopped waiting."""
        waiting: asyncio.Future[None] = self._loop.create_future()
        waiting.add_done_callback(self._free_slot)
        try:
            self._pending[self._send(out)] = waiting
        except (NotConnected, ValueError) as error:
            waiting.set_exception(error)
        return waiting

    def _free_slot(self, waiting: asyncio.Future[None]) -> None:
        self._slots.release()
        waiting.exception()  # seen, even when the publisher has given up
