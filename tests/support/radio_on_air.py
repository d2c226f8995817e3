"""A real channel of a box on devices of the test's own, with a listener on the broker."""

import asyncio
import contextlib
import threading
import time
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

import numpy as np

from bus.backoff import Backoff
from bus.clock import SystemClock
from bus.ids import new_id
from bus.link import Inbound
from bus.messages.over import AudioChunk
from gateway.announcer import Announcer
from gateway.box import Box
from gateway.channel.radio_channel import RadioChannel
from gateway.channel.silence import SilenceWatch
from gateway.channel.squelch_settings import SquelchSettings
from gateway.channel.troubles import Trouble
from gateway.spool.rows import Row, SpoolLimits
from gateway.spool.spool import Spool
from hardware.audio.format import BLOCK_SAMPLES, SAMPLE_RATE, AudioSource, Block, Samples
from hardware.carrier.line import CarrierLine, OnChange, OnLost
from hardware.errors import AudioError, HardwareError
from tests.support.links import PATIENCE_S, running

FLOOR = np.random.default_rng(1)


def quiet(seconds: float) -> Samples:
    """The hiss of a sound card."""
    return FLOOR.normal(0, 8, int(seconds * SAMPLE_RATE)).astype(np.int16)


def words(seconds: float) -> Samples:
    """Spectrum and rhythm of a voice: a buzz of 120 Hz in syllables of a quarter second."""
    n = np.arange(int(seconds * SAMPLE_RATE))
    buzz = sum(np.sin(2 * np.pi * 120 * k * n / SAMPLE_RATE) / k for k in range(3, 20))
    syllables = 0.55 + 0.45 * np.sin(2 * np.pi * n * 4 / SAMPLE_RATE)
    return np.asarray(np.round(3000 * buzz * syllables), np.int16)


class Device:
    """A device that gives all its sound at once and then fails, or goes on in silence."""

    def __init__(
        self, samples: Samples, error: AudioError | None = None, after: threading.Event | None = None
    ) -> None:
        self._samples = samples
        self._after = after
        self.overruns = 0
        self._error = error
        self._thread: threading.Thread | None = None

    def start(self, on_block: Callable[[Block], None], on_lost: Callable[[AudioError], None]) -> None:
        """Play."""

        def play() -> None:
            if self._after:
                self._after.wait(PATIENCE_S)
            began = time.monotonic() - len(self._samples) / SAMPLE_RATE
            for at in range(0, len(self._samples), BLOCK_SAMPLES):
                on_block(Block(self._samples[at : at + BLOCK_SAMPLES], began + at / SAMPLE_RATE, at))
            if self._error:
                on_lost(self._error)

        self._thread = threading.Thread(target=play, name="device")
        self._thread.start()

    def close(self) -> None:
        """End."""
        if self._thread:
            self._thread.join()


class LossyDevice(Device):
    """One that loses sound now and then from its third second on; it waits to be heard."""

    def taken(self, position: int) -> None:
        """So far it was heard."""
        self.overruns += position >= 3 * SAMPLE_RATE


class Wire:
    """A carrier line that says what it is told, and then is lost if told so."""

    def __init__(self, said: Sequence[bool], lost: HardwareError | None = None) -> None:
        self._said = said
        self._lost = lost
        self.spoke = threading.Event()

    def start(self, on_change: OnChange, on_lost: OnLost) -> None:
        """Say it all, as of long ago."""
        for up in self._said:
            on_change(up, 0.0)
        self.spoke.set()
        if self._lost:
            on_lost(self._lost)

    def close(self) -> None:
        """Nothing to free."""


class Radio:
    """A channel under test, its spool, and what the broker heard of it."""

    channel: RadioChannel

    def __init__(self, box: Box, spool: Spool) -> None:
        self.box = box
        self.spool = spool
        self.troubles: list[Trouble | None] = []
        self.heard: list[Inbound] = []

    async def rows(self, count: int, source: str = "radio-1") -> list[Row]:
        """The rows of the channel, once there are so many."""
        async with asyncio.timeout(PATIENCE_S):
            while len(found := await self.spool.oldest(99, source=source)) < count:  # noqa: ASYNC110 (a round trip each)
                await asyncio.sleep(0.001)
        return found

    async def until(self, true: Callable[[], bool]) -> None:
        """Returns once that is so."""
        async with asyncio.timeout(PATIENCE_S):
            while not true():  # noqa: ASYNC110 (what is waited for has no event)
                await asyncio.sleep(0.001)

    @property
    def live_ended(self) -> bool:
        """The last piece of live sound was heard."""
        return any(AudioChunk.decode(message.payload).last for message in self.of("/audio"))

    def of(self, end: str) -> list[Inbound]:
        """What was heard on topics with this end."""
        return [message for message in self.heard if message.topic.endswith(end)]


@contextlib.asynccontextmanager
async def on_air(
    tmp_path: Path,
    port: int,
    *devices: AudioSource,
    limits: SpoolLimits | None = None,
    open_carrier: Callable[[], CarrierLine] | None = None,
    silence: SilenceWatch | None = None,
) -> AsyncIterator[Radio]:
    """A channel that opens these devices one after the other, and a listener."""
    box = Box(f"site-{new_id()[-12:]}", "box-1", "boot-1", "test")
    spool = Spool(tmp_path / "spool.db", limits or SpoolLimits(reserve_mb=0))
    await spool.open()
    radio = Radio(box, spool)
    waiting = iter(devices)
    async with running(port, new_id(), f"{box.topics.base}/#") as ear, running(port, new_id()) as link:
        announcer = Announcer(link)
        channel = radio.channel = RadioChannel(
            "radio-1",
            box=box,
            open_source=lambda: next(waiting, Device(quiet(1))),
            squelch=SquelchSettings(),
            open_carrier=open_carrier,
            silence=silence,
            spool=spool,
            clock=SystemClock(),
            announcer=announcer,
            on_trouble=radio.troubles.append,
            backoff=Backoff(base_s=0.01, cap_s=0.01),
        )

        async def listen() -> None:
            async for message in ear.messages():
                ear.ack(message)
                radio.heard.append(message)

        async with asyncio.TaskGroup() as group:
            tasks = [
                group.create_task(listen(), name="ear"),
                group.create_task(announcer.run(), name="announcer"),
                group.create_task(channel.run(), name="channel"),
            ]
            yield radio
            for task in reversed(tasks):
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task
    await spool.close()
