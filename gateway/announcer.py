"""What may be lost (live sound, beginnings of overs, health) and what counts only as it is now (states)."""

import asyncio
from collections import deque

from bus.errors import LinkError
from bus.link import Link, Outbound

_WAITING = 50
"""10 s of live sound; older is dropped, because nobody wants to hear it any more."""
_PAUSE_S = 0.5


class Announcer:
    """Publishes until cancelled; a message said while the broker is out of reach is not sent later."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._said: deque[Outbound] = deque(maxlen=_WAITING)
        self._kept: dict[str, Outbound] = {}
        self._stale: set[str] = set()
        self._generation = -1
        self._news = asyncio.Event()

    def say(self, out: Outbound) -> None:
        """Send once, soon or not at all."""
        if self._link.connected:
            self._said.append(out)
            self._news.set()

    def keep(self, out: Outbound) -> None:
        """Send now and at every new connection, until a newer message for the same topic takes its place."""
        self._kept[out.topic] = out
        self._stale.add(out.topic)
        self._news.set()

    async def run(self) -> None:
        """Publish, for ever."""
        while True:
            await self._link.wait_connected()
            if self._generation != self._link.generation:
                self._generation = self._link.generation
                self._stale.update(self._kept)
            self._news.clear()
            try:
                await self._publish()
            except LinkError:
                await asyncio.sleep(_PAUSE_S)
                continue
            try:
                async with asyncio.timeout(_PAUSE_S):
                    await self._news.wait()
            except TimeoutError:
                continue

    async def _publish(self) -> None:
        while self._stale or self._said:
            for topic in sorted(self._stale):
                out = self._kept[topic]
                await self._link.publish(out)
                if self._kept[topic] is out:
                    self._stale.discard(topic)
            if self._said:
                await self._link.publish(self._said.popleft())
