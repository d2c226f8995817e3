"""A real box speaks on a channel where units talk, asked over a real broker."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bus.clock import SystemClock
from bus.ids import new_id
from bus.link import Link, Outbound
from bus.messages.over import Over
from bus.messages.status import ChannelState, Receipt
from bus.messages.transmit import Language, TxInhibit, TxProgress, TxRequest
from bus.topics import GatewayTopics, Topics
from gateway.settings import GatewaySettings
from gateway.transmitter.state import IDLE_S
from gateway.transmitter.words import FINALS
from hardware.audio.format import Samples
from tests.support.broker import Mosquitto
from tests.support.links import PATIENCE_S, running
from tests.support.radio_on_air import words
from tests.support.speaking_box import Air, box_settings, speaking

pytestmark = pytest.mark.slow


def voice(_text: str, _language: Language) -> Samples:
    """A second of speech."""
    return words(1.0)


class Asker:
    """What a centre does: asks, and keeps what becomes of it."""

    def __init__(self, link: Link, topics: GatewayTopics) -> None:
        self._link = link
        self._topics = topics
        self.told: list[TxProgress] = []
        self.overs: list[Over] = []
        self.rx = "dead"
        self._more = asyncio.Event()

    async def run(self) -> None:
        """Listen for ever."""
        async for message in self._link.messages():
            if message.topic.endswith("/state"):
                self.rx = ChannelState.decode(message.payload).rx
            elif message.topic.endswith("/progress"):
                self.told.append(TxProgress.decode(message.payload))
                await self._receipt(self.told[-1].id)
            else:
                self.overs.append(Over.decode(message.user["over"].encode()))
                await self._receipt(self.overs[-1].id)
            self._link.ack(message)
            self._more.set()

    async def _receipt(self, known: str) -> None:
        await self._link.publish(Outbound(self._topics.receipt, Receipt(ids=(known,)).encode()))

    async def say(self, request: str, *, within_s: float = 60, retain: bool = False) -> None:
        """Ask."""
        limit = SystemClock().now() + timedelta(seconds=within_s)
        asked = TxRequest(id=request, text="all units", language="en", not_after=limit, by="zhang")
        await self._link.publish(Outbound(self._topics.tx_request("radio-1"), asked.encode(), retain=retain))

    async def mute(self, *, on: bool) -> None:
        """Mute, or let speak."""
        muted = TxInhibit(on=on, by="zhang")
        await self._link.publish(Outbound(self._topics.tx_inhibit("radio-1"), muted.encode(), retain=True))

    def states(self, request: str) -> list[tuple[str, str | None]]:
        """What became of a request, in order."""
        return [(one.state, one.reason) for one in self.told if one.request == request]

    async def until(self, request: str, *states: str) -> list[tuple[str, str | None]]:
        """What became of it once it is one of these."""
        await self.so(lambda: any(state in states for state, _ in self.states(request)))
        return self.states(request)

    async def so(self, true: Callable[[], bool]) -> None:
        """Until that is so."""
        async with asyncio.timeout(PATIENCE_S):
            while not true():
                self._more.clear()
                await self._more.wait()

    async def ended(self, request: str) -> list[tuple[str, str | None]]:
        """What became of it, to its end."""
        return await self.until(request, *FINALS)


@contextlib.asynccontextmanager
async def asking(site: str, port: int) -> AsyncIterator[Asker]:
    """Somebody who asks box-1 of this site."""
    topics = Topics(site).gateway("box-1")
    wanted = (
        topics.tx_progress("radio-1", "+"),
        topics.over_recording("radio-1", "+"),
        topics.channel_state("radio-1"),
    )
    async with running(port, new_id(), *wanted) as link:
        asker = Asker(link, topics)
        task = asyncio.create_task(asker.run(), name="asker")
        yield asker
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


@pytest.fixture
def box(tmp_path: Path, mosquitto: Mosquitto) -> GatewaySettings:
    """A box that may speak."""
    return box_settings(f"site-{new_id()[-12:]}", mosquitto.port, tmp_path)


async def test_it_waits_for_the_unit_and_is_heard_once(box: GatewaySettings) -> None:
    """Asked twice amid an over: keyed after it, heard once, and no over is made of the box's own voice."""
    air = Air()
    async with asking(box.gateway.site, box.broker.port) as asker, speaking(box, air, voice):
        await asker.so(lambda: asker.rx == "idle")
        air.talk(1.5)
        await asker.so(lambda: asker.rx == "busy")
        await asker.say("one")
        await asker.say("one")
        states = await asker.ended("one")
        air.talk(1.2)
        await air.until(3)
        await asker.so(lambda: len(asker.overs) == 2)
    unit, ours, _ = air.heard
    assert ours.keyed_at >= unit.unkeyed_at + IDLE_S
    assert states == [("accepted", None), ("waiting", "busy"), ("keyed", None), ("done", None)]
    assert len(asker.overs) == 2


async def test_what_expired_or_was_muted_is_never_heard_also_after_a_restart(box: GatewaySettings) -> None:
    """The unit goes on past the time limit; muted, it refuses; another run knows mute and ids."""
    air = Air()
    async with asking(box.gateway.site, box.broker.port) as asker:
        async with speaking(box, air, voice):
            await asker.so(lambda: asker.rx == "idle")
            air.talk(3.0)
            await asker.so(lambda: asker.rx == "busy")
            await asker.say("late", within_s=1.0)
            assert await asker.ended("late") == [
                ("accepted", None),
                ("waiting", "busy"),
                ("expired", "busy"),
            ]
            await asker.mute(on=True)
            await asker.say("muted")
            assert (await asker.ended("muted"))[-1] == ("refused", "inhibited")
            await air.until(1)
        told = len(asker.told)
        again = Air()
        asker.rx = "dead"
        async with speaking(box, again, voice):
            await asker.so(lambda: asker.rx == "idle")
            await asker.say("late")
            await asker.say("still-muted")
            assert (await asker.ended("still-muted"))[-1] == ("refused", "inhibited")
            await asker.mute(on=False)
            await asker.say("at-last")
            await asker.ended("at-last")
    assert {one.request for one in asker.told[told:]} == {"still-muted", "at-last"}
    assert (len(air.heard), len(again.heard)) == (1, 1)


async def test_receive_only_is_what_a_box_is_without_more(tmp_path: Path, mosquitto: Mosquitto) -> None:
    """It refuses in words and says nothing; a request the broker kept is not even that."""
    settings = box_settings(f"site-{new_id()[-12:]}", mosquitto.port, tmp_path, transmit=False)
    async with asking(settings.gateway.site, mosquitto.port) as asker:
        await asker.say("kept", retain=True)
        air = Air()
        async with speaking(settings, air, voice):
            await asker.so(lambda: asker.rx == "idle")
            await asker.say("one")
            assert await asker.ended("one") == [("refused", "receive_only")]
    assert asker.states("kept") == []
    assert air.heard == []


async def test_what_a_stopped_box_had_begun_is_aborted(box: GatewaySettings) -> None:
    """Stopped amid a word: the last word on it is that it was cut off."""
    air = Air()
    async with asking(box.gateway.site, box.broker.port) as asker:
        async with speaking(box, air, voice):
            await asker.so(lambda: asker.rx == "idle")
            await asker.say("one")
            await asker.until("one", "keyed")
        async with speaking(box, Air(), voice):
            assert (await asker.ended("one"))[-1] == ("aborted", "restarted")
