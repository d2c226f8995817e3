"""A listener on the broker that notes when each over began and ended live, and when its first words came."""

import asyncio
import time

from bus.link import Inbound, Link, LinkSettings
from bus.messages.board import LiveText
from bus.messages.over import AudioChunk
from bus.topics import Topics


class Air:
    """Monotonic seconds by over id."""

    def __init__(self, broker: LinkSettings, site: str) -> None:
        self._topics = topics = Topics(site)
        box = topics.gateway("+")
        self._link = Link(
            broker,
            client_id="bench-air",
            subscriptions=[
                (box.over_start("+", "+"), 0),
                (box.over_audio("+", "+"), 0),
                (topics.live("+"), 0),
            ],
        )
        self.began: dict[str, float] = {}
        self.ended: dict[str, float] = {}
        """When the box's last piece of sound came: the box had decided that the over is over."""
        self.first_words: dict[str, float] = {}

    async def run(self) -> None:
        """Listen until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._link.run(), name="bench.air.link")
            async for inbound in self._link.messages():
                self._note(inbound, time.monotonic())

    def _note(self, inbound: Inbound, now: float) -> None:
        match self._topics.levels(inbound.topic):
            case ["gw", _, "ch", _, "rx", over, "start"]:
                self.began.setdefault(over, now)
            case ["gw", _, "ch", _, "rx", over, "audio"] if AudioChunk.decode(inbound.payload).last:
                self.ended.setdefault(over, now)
            case ["centre", "live", over] if LiveText.decode(inbound.payload).text:
                self.first_words.setdefault(over, now)
