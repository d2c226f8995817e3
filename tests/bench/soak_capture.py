"""Real capture for as long as you like: python -m tests.bench.soak_capture --minutes 10

A known sound is played into a PulseAudio null sink; PyAudio hears its monitor; the channel of the box cuts
and stores what is heard. Every sample is accounted for. Then the sound server is killed in the middle of an
over, and started again. Prints one JSON object; exit code 1 when sound was lost that no counter tells of, or
did not come back.
"""

import argparse
import asyncio
import contextlib
import json
import os
import sys
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from bus.backoff import Backoff
from bus.clock import SystemClock
from bus.link import Link, LinkSettings
from bus.messages.over import Over
from bus.messages.signal import PanelSignal
from gateway.announcer import Announcer
from gateway.box import Box
from gateway.channel.radio_channel import RadioChannel
from gateway.channel.squelch_settings import SquelchSettings
from gateway.spool.rows import Row, SpoolLimits
from gateway.spool.spool import Spool
from hardware.audio.format import Block, Samples
from hardware.audio.pyaudio_source import PyAudioSource
from hardware.errors import AudioError
from tests.support.known_sound import Account, account, period_of
from tests.support.sound_server import SoundServer, sound_server, what_is_missing
from tongpin.process import log_to_stderr

CHANNEL = "radio-1"
_DEVICE = "radio-1/device"
_LOUD = 500
_PATIENCE_S = 60.0
_LOOK_S = 0.02


@dataclass(frozen=True)
class Figures:
    """What a soak gives; times in seconds."""

    seconds: float
    samples: int
    drift_ppm: float | None
    overruns: int
    dropped: int
    account: Account
    overs: int
    ends: tuple[str, ...]
    """End reasons of the overs after the card was taken away."""
    told: tuple[str, ...]
    """What the box told of the device."""
    loss_noticed_after: float
    sound_back_after: float
    """From when the card was there again."""


class Tapped(PyAudioSource):
    """The box's own source, of which a copy is kept."""

    def __init__(self) -> None:
        super().__init__("radio")
        self.blocks: list[Block] = []

    def start(self, on_block: Callable[[Block], None], on_lost: Callable[[AudioError], None]) -> None:
        """Listen, and keep what is handed on."""

        def keep(block: Block) -> None:
            self.blocks.append(block)
            on_block(block)

        super().start(keep, on_lost)

    @property
    def samples(self) -> Samples:
        """All that was handed on."""
        return np.concatenate([block.samples for block in self.blocks])

    @property
    def loud(self) -> bool:
        """Somebody has been talking for the last half second."""
        recent = self.blocks[-25:]
        return len(recent) == 25 and all(np.abs(block.samples).max() > _LOUD for block in recent)


@contextlib.contextmanager
def _playing(server: SoundServer, period: Samples) -> Iterator[None]:
    """Plays the period over and over within the block, or until the server is gone."""
    player = server.player()
    pipe = player.stdin
    if pipe is None:
        raise ValueError("started without a pipe")

    def play() -> None:
        with contextlib.suppress(OSError):
            while True:
                pipe.write(period.tobytes())

    thread = threading.Thread(target=play, name="player", daemon=True)
    thread.start()
    try:
        yield
    finally:
        player.kill()
        thread.join()
        with contextlib.suppress(OSError):  # what was still to be played has nowhere to go
            pipe.close()
        player.wait()


async def soak(folder: Path, seconds: float, period_s: float, say: Callable[[str], None]) -> Figures:
    """Capture for so long, then take the card away and bring it back."""
    period, sources = period_of(period_s), list[Tapped]()

    def opened() -> Tapped:
        sources.append(Tapped())
        return sources[-1]

    with sound_server(folder) as server, _environment(server):
        async with _channel(folder, opened) as spool:
            with _playing(server, period):
                say(f"listening for {seconds:.0f} s …")
                await asyncio.sleep(seconds)
                first = sources[0]
                known = account(first.samples, period)
                figures = (len(first.samples), first.clock.drift_ppm, first.overruns, first.dropped)
                before = len(await _rows(spool, CHANNEL))
                await _until(lambda: first.loud)
                say("taking the card away in the middle of an over …")
                server.stop()
                noticed = await _seconds_until_told(spool, 1)
            say("bringing it back …")
            server.start()
            with _playing(server, period):
                back = await _seconds_until_told(spool, 2)
                await _until(lambda: sources[-1].loud)
            told = [PanelSignal.decode(row.draft.payload) for row in await _rows(spool, _DEVICE)]
            after = (await _rows(spool, CHANNEL))[before:]
    return Figures(
        seconds,
        *figures,
        known,
        before,
        tuple(Over.model_validate_json(row.draft.user["over"]).end for row in after),
        tuple(f"{signal.kind}: {signal.detail}" for signal in told),
        round(noticed, 2),
        round(back, 2),
    )


@contextlib.asynccontextmanager
async def _channel(folder: Path, opened: Callable[[], Tapped]) -> AsyncIterator[Spool]:
    """The box's channel as it is, on a real spool; only the centre is out of reach."""
    spool = Spool(folder / "spool.db", SpoolLimits(reserve_mb=0))
    await spool.open()
    announcer = Announcer(Link(LinkSettings(), client_id="soak", subscriptions=[]))
    channel = RadioChannel(
        CHANNEL,
        box=Box("soak", "box-1", "boot-1", "test"),
        open_source=opened,
        squelch=SquelchSettings(),
        spool=spool,
        clock=SystemClock(),
        announcer=announcer,
        backoff=Backoff(base_s=0.2, cap_s=1.0),
    )
    task = asyncio.create_task(channel.run(), name="channel")
    try:
        yield spool
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        await spool.close()


@contextlib.contextmanager
def _environment(server: SoundServer) -> Iterator[None]:
    """What this process starts sees the server's sound card and no other."""
    before = dict(os.environ)
    os.environ.update(server.environment)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


async def _rows(spool: Spool, source: str) -> list[Row]:
    return await spool.oldest(10_000, source=source)


async def _seconds_until_told(spool: Spool, count: int) -> float:
    """Until the box has told so much of its device."""
    began = time.monotonic()
    async with asyncio.timeout(_PATIENCE_S):
        while len(await _rows(spool, _DEVICE)) < count:  # noqa: ASYNC110 - a round trip each
            await asyncio.sleep(_LOOK_S)
    return time.monotonic() - began


async def _until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(_PATIENCE_S):
        while not true():  # noqa: ASYNC110 - a thread has no event of this loop to give
            await asyncio.sleep(_LOOK_S)


def main() -> int:
    """Run it from the command line."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--minutes", type=float, default=10.0)
    minutes: float = options.parse_args().minutes
    if missing := what_is_missing():
        sys.stderr.write(missing + "\n")
        return 3
    log_to_stderr()
    with tempfile.TemporaryDirectory(prefix="tongpin-soak-") as folder:
        figures = asyncio.run(soak(Path(folder), minutes * 60, 10.0, _say))
    sys.stdout.write(json.dumps(asdict(figures), indent=2) + "\n")
    lost_in_silence = figures.account.missing > figures.dropped and not figures.overruns
    return int(lost_in_silence or "device_lost" not in figures.ends)


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main())
