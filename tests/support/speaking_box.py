"""A real box that speaks on a simulated channel where units talk, and what each of them did there."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from gateway.service import Gateway
from gateway.settings import GatewaySettings
from gateway.transmitter.speech import Voice
from hardware.audio.format import Samples
from hardware.simulators.air_speaker import AirSpeaker
from hardware.simulators.radio_channel import Aired, RadioChannel
from hardware.simulators.voice import say
from tests.support.radio_on_air import words

TRANSMIT: dict[str, Any] = {"key": {"kind": "vox"}, "output": {"kind": "injected"}}


class Air:
    """A channel with a card's hiss and hardly a pause between two who wait for it."""

    def __init__(self) -> None:
        self.heard: list[Aired] = []
        self._more = asyncio.Event()
        loop = asyncio.get_running_loop()

        def aired(one: Aired) -> None:
            self.heard.append(one)
            loop.call_soon_threadsafe(self._more.set)

        self.channel = RadioChannel(floor_dbfs=-65.0, gap_seconds=0.02, on_aired=aired)

    def talk(self, seconds: float) -> Samples:
        """A unit keys up and talks for so long; returns what is heard."""
        sound = words(seconds)
        self.channel.disturb(sound)
        return sound

    async def until(self, count: int) -> None:
        """Until so many have been on the air."""
        async with asyncio.timeout(30):
            while len(self.heard) < count:
                self._more.clear()
                await self._more.wait()


def box_settings(site: str, port: int, folder: Path, *, transmit: bool = True) -> GatewaySettings:
    """A box with the one channel `radio-1`."""
    channel: dict[str, Any] = {"id": "radio-1", "source": {"kind": "injected"}}
    return GatewaySettings.model_validate(
        {
            "gateway": {"site": site, "id": "box-1", "spool": folder / "spool.db", "disk_reserve_mb": 0},
            "broker": {"port": port},
            "channel": [channel | ({"transmit": TRANSMIT} if transmit else {})],
        }
    )


@contextlib.asynccontextmanager
async def speaking(settings: GatewaySettings, air: Air, voice: Voice = say) -> AsyncIterator[Gateway]:
    """The box at work on this air within the block."""
    sources, speakers = {"radio-1": air.channel}, {"radio-1": AirSpeaker(air.channel)}
    gateway = Gateway(settings, sources=sources, speakers=speakers, voice=voice)
    task = asyncio.create_task(gateway.run(), name="gateway")
    try:
        yield gateway
    finally:
        task.cancel()
        async with asyncio.timeout(10):
            with contextlib.suppress(asyncio.CancelledError):
                await task
