"""Acceptance scenarios of speech on a channel: a real centre, a real box, units on a simulated channel."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bus.ids import new_id
from bus.link import Link
from bus.messages.board import DeviceRow, TimelineRow
from bus.messages.status import ChannelState
from gateway.transmitter.state import IDLE_S
from hardware.errors import VoiceUnavailable
from hardware.simulators.voice import say
from tests.support.broker import Mosquitto
from tests.support.centre_at_work import centre_in
from tests.support.links import running, take
from tests.support.small_console import SmallConsole
from tests.support.speaking_box import Air, box_settings, speaking
from tui.mirror import Mirror

pytestmark = pytest.mark.slow

TX = "box-1/radio-1/tx"
WORDS = "all units, crowd at north square"
FINALS = ("done", "expired", "refused", "aborted")


class Watch:
    """A dispatcher's console, and the air both the box and the units are on."""

    def __init__(self, console: SmallConsole, air: Air, states: Link) -> None:
        self.console, self.air, self.states = console, air, states

    async def talk(self, seconds: float) -> None:
        """A unit talks; returns when the box hears it."""
        self.air.talk(seconds)
        while ChannelState.decode((await take(self.states))[0].payload).rx != "busy":
            continue

    async def shows(self, *states: str) -> DeviceRow:
        """The transmitter once it is one of these."""

        def reached(mirror: Mirror) -> bool:
            return TX in mirror.devices and mirror.devices[TX].state in states

        return (await self.console.shows(reached)).devices[TX]

    def lines(self) -> list[TimelineRow]:
        """What the journal tells of the transmitter."""
        rows = (row for change in self.console.changes for row in change.rows.timeline)
        return [row for row in rows if row.what.startswith("device.speech")]

    def reached(self) -> list[str]:
        """How far it came, step by step."""
        return [str(row.params["state"]) for row in self.lines() if row.what == "device.speech"]


@pytest.fixture
async def watch(tmp_path: Path, mosquitto: Mosquitto) -> AsyncIterator[Watch]:
    """A centre and a box at work, and the box's channel known."""
    try:
        say(WORDS, "en")  # the voice takes seconds to load, and then none
    except VoiceUnavailable as missing:
        pytest.skip(str(missing))
    async with AsyncExitStack() as stack:
        made = await stack.enter_async_context(centre_in(tmp_path, mosquitto.port))
        await stack.enter_async_context(made.run())
        console = await made.console(f"desk-{new_id()[-6:]}")
        topic = made.topics.gateway("box-1").channel_state("radio-1")
        states = await stack.enter_async_context(running(mosquitto.port, new_id(), topic))
        air = Air()
        await stack.enter_async_context(
            speaking(box_settings(made.topics.site, mosquitto.port, tmp_path), air)
        )
        await console.shows(lambda mirror: "box-1/radio-1" in mirror.devices)
        yield Watch(console, air, states)


async def test_a10_while_a_unit_talks_speech_waits_and_is_then_heard_once(watch: Watch) -> None:
    """No collision: it begins after the unit has ended, and the journal names who ordered it."""
    await watch.talk(2.5)
    await watch.console.ask("say", text=WORDS)
    row = await watch.shows("waiting")
    assert (row.reason, row.detail) == ("busy", WORDS)
    await watch.shows(*FINALS)
    unit, ours = watch.air.heard
    assert ours.keyed_at >= unit.unkeyed_at + IDLE_S
    assert watch.reached() == ["accepted", "waiting", "keyed", "done"]
    assert watch.lines()[0].actor == "person:zhang"


async def test_a10_speech_whose_time_limit_passes_is_never_keyed(watch: Watch) -> None:
    """The unit goes on past the limit: expired, also when the channel is free afterwards."""
    await watch.talk(7.5)
    await watch.console.ask("say", text=WORDS, within_s=5)
    row = await watch.shows(*FINALS)
    assert (row.state, row.reason) == ("expired", "busy")
    await watch.air.until(1)
    await watch.console.ask("hush")
    assert (await watch.console.refused("say", text=WORDS)).code == "muted"
    assert watch.reached() == ["accepted", "waiting", "expired"]
    assert len(watch.air.heard) == 1
