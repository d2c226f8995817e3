"""A small box for tests of the centre: publishes as a box does, and remembers its receipts."""

import asyncio
import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bus.clock import SystemClock
from bus.ids import new_id
from bus.link import Inbound, Link, Outbound
from bus.messages.over import Over
from bus.messages.signal import PanelEvent, PanelSignal
from bus.messages.status import ChannelState, GatewayHealth, GatewayStatus, Receipt
from bus.topics import Topics
from tests.support.links import PATIENCE_S

_HOLD_UP = PanelEvent(account="1234", qualifier="new", code_set="contact_id", code="122", zone="001")


class End:
    """Takes what comes on a link, and lets a test wait for what it is to bring."""

    def __init__(self, link: Link, topics: Topics) -> None:
        self.link = link
        self.topics = topics
        self._more = asyncio.Event()

    async def until(self, true: Callable[[], bool], patience_s: float = PATIENCE_S) -> None:
        """Until something is so."""
        async with asyncio.timeout(patience_s):
            while not true():
                self._more.clear()
                await self._more.wait()

    async def hear(self) -> None:
        """For ever."""
        async for inbound in self.link.messages():
            self.take(inbound)
            self.link.ack(inbound)
            self._more.set()

    def take(self, inbound: Inbound) -> None:
        """One message."""
        raise NotImplementedError


class SmallBox(End):
    """Publishes as a box does and remembers its receipts, in the order they came."""

    def __init__(self, link: Link, topics: Topics, name: str, boot: str) -> None:
        super().__init__(link, topics)
        self.name = name
        self.boot = boot
        self.seq = 0
        self.receipts: list[str] = []
        self.receipt_at: dict[str, float] = {}
        self.own = topics.gateway(name)

    def take(self, inbound: Inbound) -> None:
        """A receipt."""
        ids = Receipt.decode(inbound.payload).ids
        self.receipts.extend(ids)
        self.receipt_at |= dict.fromkeys(ids, asyncio.get_running_loop().time())

    async def receipted(self, *ids: str) -> None:
        """Until each of `ids` has its receipt."""
        await self.until(lambda: set(ids) <= set(self.receipts))

    def signal(self, kind: str = "event", event: PanelEvent | None = _HOLD_UP, **fields: Any) -> PanelSignal:  # noqa: ANN401 - a message's fields are of any type
        """The next signal of line `alarms-1`."""
        self.seq += 1
        usual = {
            "id": new_id(),
            "gateway": self.name,
            "line": "alarms-1",
            "protocol": "surgard",
            "kind": kind,
            "seq": self.seq,
            "boot": self.boot,
            "said_at": SystemClock().now(),
            "clock": "synced",
            "event": event if kind in {"event", "receiver"} else None,
            "raw": "31",
        }
        return PanelSignal.model_validate(usual | fields)

    async def send(self, signal: PanelSignal) -> str:
        """Publish it; gives its id."""
        await self.publish(self.own.signal, signal.encode())
        return signal.id

    async def publish(self, topic: str, payload: bytes, **fields: Any) -> None:  # noqa: ANN401 - a message's fields are of any type
        """Publish anything."""
        await self.link.publish(Outbound(topic, payload, **fields))

    async def say(self, state: str, *problems: str, boot: str | None = None) -> None:
        """Retained status, always since the same moment, as a box that only lost its line says it."""
        status = GatewayStatus.model_validate(
            {
                "gateway": self.name,
                "state": state,
                "boot": boot or self.boot,
                "since": "2026-03-01T10:00:00Z",
                "software": "test",
                "problems": problems,
            }
        )
        await self.publish(self.own.status, status.encode(), retain=True)

    async def channel(self, rx: str) -> None:
        """Retained state of channel `ch-1`."""
        state = ChannelState.model_validate(
            {"gateway": self.name, "channel": "ch-1", "rx": rx, "since": SystemClock().now()}
        )
        await self.publish(self.own.channel_state("ch-1"), state.encode(), retain=True)

    async def health(self, ahead_s: float = 0) -> None:
        """A sign of life from a clock that is `ahead_s` wrong."""
        sent_at = SystemClock().now() + timedelta(seconds=ahead_s)
        health = GatewayHealth(
            gateway=self.name, boot=self.boot, sent_at=sent_at, spool_rows=0, spool_oldest_s=0, disk_free_mb=9
        )
        await self.link.publish(Outbound(self.own.health, health.encode(), qos=0))

    async def over(self, flac: bytes = b"fLaC", **fields: Any) -> str:  # noqa: ANN401 - a message's fields are of any type
        """A recording, which needs not sound; gives the over's id."""
        usual = {
            "id": new_id(),
            "gateway": self.name,
            "channel": "ch-1",
            "seq": 1,
            "boot": self.boot,
            "said_at": SystemClock().now(),
            "clock": "synced",
            "seconds": 2.5,
            "end": "hang",
            "rms_dbfs": -20,
            "peak_dbfs": -6,
            "clip_percent": 0,
            "sha256": hashlib.sha256(flac).hexdigest(),
        }
        over = Over.model_validate(usual | fields)
        topic = self.own.over_recording("ch-1", over.id)
        await self.publish(topic, flac, user={"over": over.encode().decode()})
        return over.id
