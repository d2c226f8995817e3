"""The link to the broker: messages in, messages out, through every loss of the line.

QoS 1 and ids everywhere: a message may come twice, and whoever publishes it again after an error must
publish the same id. A broker's acknowledgement is not a receipt.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence

from bus.backoff import Backoff
from bus.clock import Clock, SystemClock
from bus.errors import NotConnected
from bus.link_connection import Connection
from bus.link_messages import Ending, Inbound, Introduction, LinkState, Outbound, Will
from bus.link_settings import LinkSettings

__all__ = ["Inbound", "Link", "LinkSettings", "LinkState", "Outbound", "Will"]

REFUSED_RETRY_S = 60.0
"""A wrong password does not mend itself, and brokers ban those who hammer."""

STEADY_S = 1.0
"""A connection that lived this long was no failure; one that broke sooner counts towards the back-off."""

UNSURE_QUEUE = 200
"""QoS 0 messages kept for a slow reader or a slow line, some 20 s of live audio; later ones are dropped."""


class Link:
    """One program's link to the broker. Used from one event loop; `run` keeps it up."""

    def __init__(
        self,
        settings: LinkSettings,
        *,
        client_id: str,
        subscriptions: Sequence[tuple[str, int]],
        will: Will | None = None,
        session_expiry_s: int = 0,
        clock: Clock | None = None,
        on_state: Callable[[LinkState], None] | None = None,
        max_inflight: int = 8,
        backoff: Backoff | None = None,
        refused_retry_s: float = REFUSED_RETRY_S,
    ) -> None:
        """`subscriptions`: topic filter and QoS. `session_expiry_s` > 0: the broker keeps QoS 1 for us."""
        self._settings = settings
        self._introduction = Introduction(client_id, tuple(subscriptions), will, session_expiry_s)
        self._clock = clock or SystemClock()
        self._on_state = on_state
        self._max_inflight = max_inflight
        self._backoff = backoff or Backoff()
        self._refused_retry_s = refused_retry_s
        self._connection: Connection | None = None
        self._up = asyncio.Event()
        self._inbound: asyncio.Queue[Inbound] = asyncio.Queue()
        self.generation = 0
        """Number of the present connection attempt; packet ids mean nothing beyond it."""
        self.state = LinkState(connected=False, since=self._clock.now(), reason="not started")
        self.stale_acks = 0
        """Acknowledgements skipped because their connection is gone."""
        self.dropped = 0
        """QoS 0 messages dropped because the reader or the line was too slow."""

    async def run(self) -> None:
        """Keeps the link up for ever; cancel to say goodbye to the broker and stop."""
        try:
            while True:
                ending = await self._one_connection()
                self._report(connected=False, reason=ending.reason, refused=ending.refused)
                await asyncio.sleep(self._refused_retry_s if ending.refused else self._backoff.next_s())
        finally:
            self._report(connected=False, reason="stopped")

    async def receive(self) -> Inbound:
        """The next message. Those of QoS 1 want `ack` once they are safe."""
        return await self._inbound.get()

    async def messages(self) -> AsyncIterator[Inbound]:
        """Every message, for ever, across reconnections."""
        while True:
            yield await self._inbound.get()

    async def publish(self, out: Outbound, timeout_s: float = 10) -> None:
        """Returns at PUBACK (QoS 0: once handed over, or dropped). Nothing is queued for a later connection.

        At most `max_inflight` are under way; others wait their turn within their own `timeout_s`.
        Raises `NotConnected` when the broker is out of reach or was lost on the way, `NotAcknowledged` when
        it refused or did not answer in time; after both the message may still have arrived. Raises
        `ValueError` for a topic with a wildcard.
        """
        if self._connection is None or not self._connection.alive:
            raise NotConnected(f"not connected: {self.state.reason}")
        if out.qos == 0 and self._connection.unsent >= UNSURE_QUEUE:
            self.dropped += 1
            return
        await self._connection.publish(out, timeout_s)

    def ack(self, inbound: Inbound) -> None:
        """The message is safe with us. Skipped when its connection is gone: the broker sends it again."""
        if inbound.qos == 0:
            return
        if self._connection is None or inbound.generation != self.generation:
            self.stale_acks += 1
            return
        self._connection.ack(inbound.mid)

    async def wait_connected(self) -> None:
        """Returns at once when connected and subscribed, else as soon as that is so."""
        await self._up.wait()

    @property
    def connected(self) -> bool:
        """Connected and subscribed."""
        return self._connection is not None and self._connection.alive

    @property
    def last_heard(self) -> float | None:
        """Monotonic time of the broker's last sign of life on this connection; None without one."""
        return self._connection.last_heard if self._connection else None

    async def _one_connection(self) -> Ending:
        self.generation += 1
        self._connection = connection = Connection(
            self._settings,
            self._introduction,
            generation=self.generation,
            clock=self._clock,
            deliver=self._deliver,
            max_inflight=self._max_inflight,
        )
        try:
            if await connection.open():
                await self._steady(connection)
            return await connection.end()
        finally:
            self._connection = None
            self._up.clear()
            await connection.close()

    async def _steady(self, connection: Connection) -> None:
        self._up.set()
        self._report(connected=True, reason=None)
        began = self._clock.monotonic()
        await connection.end()
        if self._clock.monotonic() - began > STEADY_S:
            self._backoff.reset()

    def _deliver(self, message: Inbound) -> None:
        if message.qos == 0 and self._inbound.qsize() >= UNSURE_QUEUE:
            self.dropped += 1
            return
        self._inbound.put_nowait(message)

    def _report(self, *, connected: bool, reason: str | None, refused: bool = False) -> None:
        if (self.state.connected, self.state.reason) == (connected, reason):
            return
        self.state = LinkState(connected, self._clock.now(), reason, refused)
        if self._on_state:
            self._on_state(self.state)
