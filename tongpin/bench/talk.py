"""Officers who talk about half of the time on one channel, from a seed: every word they say is known."""

import asyncio
import random
import time
from collections.abc import Iterator
from itertools import count

from hardware.audio.format import SAMPLE_RATE
from hardware.simulators.radio_channel import Aired, Over, RadioChannel, Sound
from tongpin.demo.cast import speaker_of
from tongpin.demo.hour import SpeechDue, Voices, station_hour

SNR_DB = (30.0, 20.0, 10.0)
"""Good, usual and poor reception, a third of the overs each."""

FLOOR_DBFS = -70.0
"""The hiss of a sound card on a silent channel; louder hiss opens a squelch that has just begun to listen."""

_FIRST_PAUSE_S = 3.0
_PAUSE = (0.5, 1.5)
"""Silence after an over, as a share of its length: as long as the over on average."""


class Talker:
    """One channel and everybody on it."""

    def __init__(self, name: str, voices: Voices, seed: int) -> None:
        self.channel = RadioChannel(name, seed=seed, floor_dbfs=FLOOR_DBFS)
        self.aired: list[Aired] = []
        """What was on the air, in order."""
        self._voices = voices
        self._seed = seed

    def rehearsed(self, seconds: float) -> list[Sound]:
        """Enough overs for so many seconds, made before anything is measured. Raises `VoiceUnavailable`."""
        rng = random.Random(f"{self._seed}/overs")  # noqa: S311 - a talk is seeded, not secret
        sounds: list[Sound] = []
        spoken_s = 0.0
        for over in self._overs(rng):
            sounds.append(sound := self.channel.made(over))
            spoken_s += len(sound.samples) / SAMPLE_RATE
            if spoken_s * (1 + _PAUSE[0]) > seconds:
                break
        return sounds

    async def talk(self, sounds: list[Sound], seconds: float) -> None:
        """Begin no over after so many seconds; return when the last one is out."""
        rng = random.Random(f"{self._seed}/pauses")  # noqa: S311 - a talk is seeded, not secret
        overs = iter(sounds)
        done: asyncio.Queue[Aired] = asyncio.Queue()
        loop = asyncio.get_running_loop()
        self.channel.on_aired = lambda aired: _hand_over(loop, done, aired)
        until = time.monotonic() + seconds
        pause = rng.uniform(0, _FIRST_PAUSE_S)
        while time.monotonic() + pause < until:
            await asyncio.sleep(pause)
            self.channel.air(next(overs))
            aired = await done.get()
            self.aired.append(aired)
            pause = (aired.unkeyed_at - aired.keyed_at) * rng.uniform(*_PAUSE)

    def _overs(self, rng: random.Random) -> Iterator[Over]:
        for seed in count(self._seed):
            for due in station_hour(seed, self._voices):
                if isinstance(due, SpeechDue):
                    speaker = speaker_of(due.speaker, self._voices)
                    yield Over(due.text, self._voices.lang, speaker, rng.choice(SNR_DB))


def _hand_over(loop: asyncio.AbstractEventLoop, done: asyncio.Queue[Aired], aired: Aired) -> None:
    """Called on the channel's thread."""
    loop.call_soon_threadsafe(done.put_nowait, aired)
