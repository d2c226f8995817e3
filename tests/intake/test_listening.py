"""Listening: what boxes send live is written down while it runs, over a real broker."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import numpy as np
import pytest

from bus.clock import SystemClock
from bus.ids import new_id
from bus.link import Link, LinkSettings, Outbound
from bus.messages.board import LiveText
from bus.messages.over import AudioChunk, Caller, CallerHeard, OverStart
from bus.topics import Topics
from hardware.errors import VoiceUnavailable
from hardware.simulators.voice import say
from intake.listening import BEHIND_S, Listening, subscriptions
from intake.speech.engine import SAMPLE_RATE, Samples
from intake.speech.pool import Pool
from intake.speech.transcript import Transcript, Word
from tests.support.broker import Mosquitto
from tests.support.links import PATIENCE_S, running

pytestmark = pytest.mark.slow

CHUNK = 3200


@pytest.fixture(scope="module")
def speech() -> Samples:
    """Somebody speaking."""
    try:
        return say("control, a bag was stolen at gate four", "en")
    except VoiceUnavailable as missing:
        pytest.skip(str(missing))


class Counting:
    """An engine whose text is how many samples it was given."""

    name = "counting"
    model = "test"
    model_sha256 = None

    def stream(self) -> "CountingStream":
        """A new count."""
        return CountingStream()


class CountingStream:
    """See `Counting`."""

    def __init__(self) -> None:
        self._count = 0

    def feed(self, samples: Samples) -> None:
        """More of them."""
        self._count += len(samples)

    def text(self) -> str:
        """So far."""
        return f"samples {self._count}"

    def finish(self) -> tuple[str, tuple[Word, ...]]:
        """In all."""
        return self.text(), ()


@dataclass
class Consoles:
    """What consoles were told."""

    told: list[LiveText] = field(default_factory=list)
    more: asyncio.Event = field(default_factory=asyncio.Event)

    async def until(self, true: Callable[[LiveText], bool]) -> LiveText:
        """The first thing consoles were told that is so."""
        async with asyncio.timeout(PATIENCE_S):
            while not (found := [text for text in self.told if true(text)]):
                self.more.clear()
                await self.more.wait()
            return found[0]

    async def tell(self, text: LiveText) -> None:
        """What consoles would see."""
        self.told.append(text)
        self.more.set()


@dataclass
class Site:
    """A box's link, the centre's listening, and the consoles."""

    topics: Topics
    box: Link
    listening: Listening
    consoles: Consoles

    async def say(self, topic: str, payload: bytes, qos: int = 1) -> None:
        """As the box does."""
        await self.box.publish(Outbound(topic, payload, qos=qos))

    async def begin(self, over: str) -> None:
        """The box has opened its squelch."""
        start = OverStart(
            id=over,
            gateway="box-1",
            channel="ch-1",
            boot="boot-1",
            said_at=datetime(2026, 3, 1, 10, tzinfo=UTC),
            clock="synced",
            opened_by="energy",
        )
        await self.say(self.topics.gateway("box-1").over_start("ch-1", over), start.encode())

    async def sound(self, over: str, samples: Samples, lost: frozenset[int] = frozenset()) -> None:
        """The sound of the whole over, but for the chunks that are lost."""
        topic = self.topics.gateway("box-1").over_audio("ch-1", over)
        count = len(samples) // CHUNK + 1
        for number in range(count):
            piece = samples[number * CHUNK : (number + 1) * CHUNK].astype("<i2").tobytes()
            if number not in lost:
                last = number == count - 1
                await self.say(topic, AudioChunk(number, number * CHUNK, piece, last=last).encode(), qos=0)


@contextlib.asynccontextmanager
async def site_at(mosquitto: Mosquitto, workers: int) -> AsyncIterator[Site]:
    """A site of its own on the broker all tests share; without a worker its machine is hopelessly slow."""
    topics = Topics(f"site-{new_id()[-12:]}")
    settings, clock = LinkSettings(port=mosquitto.port), SystemClock()
    link = Link(settings, client_id=f"ear-{topics.site}", subscriptions=subscriptions(topics), clock=clock)
    pool = Pool(Counting(), clock.monotonic)
    async with running(mosquitto.port, f"box-{topics.site}") as box:
        consoles = Consoles()
        listening = Listening(
            link,
            topics,
            pool,
            tell=consoles.tell,
            unit_of=lambda caller: "p1" if caller.id == "1234" else None,
            clock=clock,
        )
        work = [link.run(), listening.run(), listening.show(), *(pool.run() for _ in range(workers))]
        tasks = [asyncio.create_task(each) for each in work]
        await link.wait_connected()
        yield Site(topics, box, listening, consoles)
        for task in tasks:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task


@pytest.fixture
async def site(mosquitto: Mosquitto) -> AsyncIterator[Site]:
    """A site whose machine keeps up."""
    async with site_at(mosquitto, workers=1) as found:
        yield found


@pytest.fixture
async def slow_site(mosquitto: Mosquitto) -> AsyncIterator[Site]:
    """A site whose machine does not."""
    async with site_at(mosquitto, workers=0) as found:
        yield found


async def words(site: Site, over: str, samples: Samples) -> Transcript | None:
    """What was heard live of an over of which everything has been sent."""
    async with asyncio.timeout(PATIENCE_S):
        return await site.listening.transcript(over, len(samples))


async def test_an_over_is_written_down_while_it_runs(site: Site, speech: Samples) -> None:
    """Words are shown before the over has ended; its transcript is that of every sample; it is given once."""
    await site.begin("o1")
    caller = CallerHeard(
        over="o1", gateway="box-1", channel="ch-1", caller=Caller(kind="mdc1200", id="1234", at_ms=40)
    )
    await site.say(site.topics.gateway("box-1").over_caller("ch-1", "o1"), caller.encode())
    half = len(speech) // 2 // CHUNK
    count = len(speech) // CHUNK + 1
    await site.sound("o1", speech, frozenset(range(half, count)))
    early = await site.consoles.until(lambda text: bool(text.text))
    topic = site.topics.gateway("box-1").over_audio("ch-1", "o1")
    for number in range(half, count):
        piece = speech[number * CHUNK : (number + 1) * CHUNK].astype("<i2").tobytes()
        await site.say(
            topic, AudioChunk(number, number * CHUNK, piece, last=number == count - 1).encode(), qos=0
        )
    heard = await words(site, "o1", speech)

    assert (early.text, early.done) == (f"samples {half * CHUNK}", False)
    assert (early.unit, early.caller, early.channel) == ("p1", "mdc1200:1234", "ch-1")
    assert early.level_dbfs is not None
    assert heard is not None
    assert (heard.text, heard.gated) == (f"samples {len(speech)}", None)
    assert await words(site, "o1", speech) is None


@pytest.mark.parametrize("lost", [0, 3])
async def test_a_lost_piece_leaves_it_to_the_recording(site: Site, speech: Samples, lost: int) -> None:
    """With any chunk missing nothing of the live text counts."""
    await site.begin("o1")
    await site.sound("o1", speech, frozenset({lost}))
    await site.consoles.until(lambda text: text.over == "o1")
    assert await words(site, "o1", speech) is None


async def test_an_over_that_had_begun_before_we_listened_is_left_to_the_recording(
    site: Site, speech: Samples
) -> None:
    """A centre that starts amid an over has not heard its beginning."""
    await site.sound("o1", speech)
    await site.begin("o2")
    await site.consoles.until(lambda text: text.over == "o2")
    assert await words(site, "o1", speech) is None


async def test_an_over_whose_end_is_lost_is_not_waited_for_for_long(site: Site, speech: Samples) -> None:
    """Its recording has come and its last piece of sound has not: after a second the recording counts."""
    await site.begin("o1")
    await site.sound("o1", speech, frozenset({len(speech) // CHUNK}))
    await site.consoles.until(lambda text: text.over == "o1" and bool(text.text))
    assert await words(site, "o1", speech) is None


async def test_what_cannot_be_read_does_not_stop_the_ear(site: Site, speech: Samples) -> None:
    """Garbage on the topics of sound is passed over, and the next over is heard."""
    box = site.topics.gateway("box-1")
    await site.say(box.over_start("ch-1", "o1"), b"{")
    await site.begin("o2")
    await site.say(box.over_audio("ch-1", "o2"), b"no chunk", qos=0)
    await site.begin("o3")
    await site.sound("o3", speech)
    await site.consoles.until(lambda text: text.over == "o3")
    heard = await words(site, "o3", speech)
    assert heard is not None


async def test_an_over_the_machine_cannot_follow_is_left_to_its_recording(
    slow_site: Site, speech: Samples
) -> None:
    """Given up once it is too far behind, long before its end; who speaks is still shown."""
    far = np.resize(speech, round((BEHIND_S + 1) * SAMPLE_RATE))
    end = frozenset({len(far) // CHUNK})
    await slow_site.begin("o1")
    await slow_site.sound("o1", far, end)
    await slow_site.begin("o2")
    await slow_site.consoles.until(lambda text: text.over == "o2")
    assert await words(slow_site, "o1", far) is None
    assert not any(text.text for text in slow_site.consoles.told)
