"""The pool: one slow machine, shared fairly. The engine's cost is known; only it moves the clock."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import cycle, groupby

import numpy as np
import pytest

from hardware.simulators.voice import say
from intake.speech.engine import SAMPLE_RATE, Samples
from intake.speech.pool import Pool
from intake.speech.scribe import TURN, Scribe
from intake.speech.transcript import Word

pytestmark = pytest.mark.slow

SECONDS_A_SECOND = 2.0
"""Half as fast as people speak: hopeless, and still nobody starves."""
PATIENCE_S = 30


@pytest.fixture(scope="module")
def speech() -> Samples:
    """Five seconds of somebody speaking."""
    if find_spec("hibari") is None:
        pytest.skip("hibari-tts is not installed")
    said = say("control, there is a man with a red jacket at the ticket office and he is shouting", "en")
    return np.resize(said, 5 * SAMPLE_RATE)


@dataclass
class Machine:
    """An engine that takes its time, by a clock that only the engine moves."""

    name = "slow"
    model = "test"
    model_sha256 = None

    now: float = 0.0
    deeds: list[str] = field(default_factory=list)
    """`<over>` for each turn of decoding, `<over>?` for each look at its text, `<over>.` for each end."""
    _opened: int = 0

    def clock(self) -> float:
        """Monotonic seconds, never twice the same."""
        self.now += 1e-6
        return self.now

    def stream(self) -> "SlowStream":
        """Streams are called a, b, c in the order in which their first sound is decoded."""
        self._opened += 1
        return SlowStream(self, "_abcdef"[self._opened])


@dataclass
class SlowStream:
    """See `Machine`."""

    machine: Machine
    name: str

    def feed(self, samples: Samples) -> None:
        """Takes long."""
        self.machine.now += SECONDS_A_SECOND * len(samples) / SAMPLE_RATE
        self.machine.deeds.append(self.name)

    def text(self) -> str:
        """Takes no time, but a turn."""
        self.machine.deeds.append(f"{self.name}?")
        return "so far"

    def finish(self) -> tuple[str, tuple[Word, ...]]:
        """Takes no time."""
        self.machine.deeds.append(f"{self.name}.")
        return "all of it", ()


@contextlib.asynccontextmanager
async def one_worker(pool: Pool) -> AsyncIterator[None]:
    """At work for the length of a block."""
    task = asyncio.create_task(pool.run(), name="worker")
    try:
        async with asyncio.timeout(PATIENCE_S):
            yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


def spoken(pool: Pool, over: str, samples: Samples, *, ended: bool = True) -> Scribe:
    """An over whose sound has come; somebody watches it."""
    scribe = pool.open(over, on_text=lambda _: None)
    scribe.feed(samples)
    if ended:
        scribe.end()
    return scribe


async def test_channels_take_turns_of_a_second(speech: Samples) -> None:
    """Three overs that end together are decoded side by side, none a turn ahead of another."""
    machine = Machine()
    pool = Pool(machine, machine.clock)
    scribes = [spoken(pool, name, speech) for name in ("one", "two", "three")]
    async with one_worker(pool):
        await asyncio.gather(*(scribe.transcript for scribe in scribes))
    # What was held back until somebody spoke is decoded in the same turn: a name twice is one turn.
    turns = [name for name, _ in groupby(deed for deed in machine.deeds if len(deed) == 1)]
    assert len(turns) >= 3 * (len(speech) / TURN - 1)
    assert turns == [name for name, _ in zip(cycle("abc"), turns, strict=False)]


async def test_an_over_that_ends_overtakes_all_that_run(speech: Samples) -> None:
    """Its words come after its own cost and the one turn that was under way, however much else waits."""
    machine = Machine()
    pool = Pool(machine, machine.clock)
    running = spoken(pool, "running", np.tile(speech, 6), ended=False)
    async with one_worker(pool):
        ended = spoken(pool, "ended", speech)
        await ended.transcript
        own_s = SECONDS_A_SECOND * len(speech) / SAMPLE_RATE
        assert machine.now < own_s + SECONDS_A_SECOND * TURN / SAMPLE_RATE + 0.1
        assert not running.transcript.done()
        running.end()
        await running.transcript


async def test_live_text_is_what_a_busy_machine_leaves_out(speech: Samples) -> None:
    """While any sound waits, nobody looks for text, though somebody watches; finals are never left out."""
    machine = Machine()
    pool = Pool(machine, machine.clock)
    scribes = [spoken(pool, name, speech) for name in ("one", "two")]
    async with one_worker(pool):
        await asyncio.gather(*(scribe.transcript for scribe in scribes))
    assert [deed for deed in machine.deeds if "?" in deed] == []
    assert sorted(deed for deed in machine.deeds if "." in deed) == ["a.", "b."]


async def test_text_is_shown_when_the_machine_has_time(speech: Samples) -> None:
    """An over that runs and whose sound is all decoded gets its words so far."""
    machine = Machine()
    pool = Pool(machine, machine.clock)
    shown: asyncio.Queue[str] = asyncio.Queue()
    scribe = pool.open("one", on_text=shown.put_nowait)
    async with one_worker(pool):
        scribe.feed(speech)
        assert await shown.get() == "so far"
        scribe.end()
        assert (await scribe.transcript).text == "all of it"
