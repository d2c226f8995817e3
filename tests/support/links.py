"""Links that run for the length of a block, and what they said about their state."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence

from bus.backoff import Backoff
from bus.clock import Clock
from bus.link import Inbound, Link, LinkSettings, LinkState, Will

PATIENCE_S = 10
"""The longest any of these tests waits for a broker."""


class States:
    """Every state a link reported, and a way to wait for one."""

    def __init__(self) -> None:
        self.seen: list[LinkState] = []
        self._more = asyncio.Event()

    def __call__(self, state: LinkState) -> None:
        """The link's `on_state`."""
        self.seen.append(state)
        self._more.set()

    async def wait(self, *, connected: bool, count: int = 1) -> LinkState:
        """The `count`-th state of that kind."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                kind = [state for state in self.seen if state.connected is connected]
                if len(kind) >= count:
                    return kind[count - 1]
                self._more.clear()
                await self._more.wait()


@contextlib.asynccontextmanager
async def running(
    port: int,
    client_id: str,
    *topics: str,
    will: Will | None = None,
    session_expiry_s: int = 0,
    states: States | None = None,
    settings: LinkSettings | None = None,
    clock: Clock | None = None,
    wait: bool = True,
) -> AsyncIterator[Link]:
    """A link subscribed to `topics` with QoS 1, trying again at once; connected on entering if `wait`."""
    link = Link(
        settings or LinkSettings(port=port),
        client_id=client_id,
        subscriptions=[(topic, 1) for topic in topics],
        will=will,
        session_expiry_s=session_expiry_s,
        clock=clock,
        on_state=states,
        backoff=Backoff(base_s=0.05, cap_s=0.2),
        refused_retry_s=0.02,
    )
    task = asyncio.create_task(link.run(), name=f"link {client_id}")
    try:
        if wait:
            async with asyncio.timeout(PATIENCE_S):
                await link.wait_connected()
        yield link
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def take(link: Link, count: int = 1, *, ack: bool = True) -> Sequence[Inbound]:
    """The next `count` messages."""
    taken = []
    async with asyncio.timeout(PATIENCE_S):
        for _ in range(count):
            message = await link.receive()
            if ack:
                link.ack(message)
            taken.append(message)
    return taken
