"""How well the box hears who is calling: bursts under noise, and speech and noise of which nothing may come.

SNR is the burst's mean square against the noise's, both in the voice band of a handheld's loudspeaker
(300 to 3000 Hz), the gaps between touch tones left out.
Paging tones are those of a site that has named them; without, pages are measured to a tenth of a hertz.
"""

import random
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from hardware.audio.format import BLOCK_SAMPLES, SAMPLE_RATE, Samples
from hardware.signalling.call import Call
from hardware.signalling.finder import CallFinder
from hardware.signalling.five_tone_tables import five_tone_tables
from hardware.signalling.mdc1200.packet import KEYED, PTT_ID, RELEASED, Packet
from hardware.signalling.settings import SignallingSettings
from hardware.simulators.fm import SPEECH_DBFS, Handset, through_radio
from hardware.simulators.signalling import Burst, DataBurst, FiveTones, Page, TouchTones, sound_of
from tongpin.bench.chatter import chatter
from tongpin.bench.nuisances import nuisances

SEED: Final = 20261122
BURST_SNR_DB: Final = (15.0, 10.0, 8.0, 5.0, 2.0, 0.0)
_PAGING_HZ: Final = (445.7, 339.6, 600.9, 788.5, 1232.5, 1530.0, 2260.0, 2575.0)
_SILENCE: Final = np.zeros(0, np.int16)
_SOUNDING: Final = 0.05
"""Of the peak: softer samples are gaps."""


@dataclass(frozen=True)
class BurstScore:
    """Bursts of one system at one SNR: how many gave their own id, none, or another one."""

    system: str
    snr_db: float
    sent: int
    right: int
    none: int
    wrong: int


@dataclass(frozen=True)
class Quiet:
    """Sound without signalling: how long, the ids found in it, and processor time a second of it took."""

    what: str
    minutes: float
    ids: int
    cpu_ms_per_s: float


def measure_bursts(count: int, told: Callable[[str], None] = lambda _: None) -> Iterator[BurstScore]:
    """Each system at each SNR, `count` random ids each, all decoders on."""
    for system in ("dtmf", "mdc1200", *SignallingSettings().five_tone, "two-tone"):
        for snr_db in BURST_SNR_DB:
            told(f"{system} at {snr_db:g} dB")
            yield _scored(system, snr_db, count)


def measure_speech(minutes: float, told: Callable[[str], None] = lambda _: None) -> Quiet:
    """Synthetic officers; raises `VoiceUnavailable` when none can speak."""
    return _quiet("speech", chatter(minutes * 60, SEED), told)


def measure_noise(minutes: float, told: Callable[[str], None] = lambda _: None) -> Quiet:
    """Hiss, hum, whistles and sweeps."""
    return _quiet("noise", nuisances(minutes * 60, SEED), told)


def random_burst(system: str, chance: random.Random) -> tuple[Burst, str]:
    """A burst of `system` and the id it must give."""
    match system:
        case "dtmf":
            digits = "".join(chance.choices("0123456789", k=5))
            return TouchTones(digits), digits
        case "mdc1200":
            unit = chance.randrange(1, 0xDEEE)
            burst = DataBurst(Packet(PTT_ID, chance.choice((KEYED, RELEASED)), unit), chance.random() < 1 / 2)
            return burst, f"{unit:04X}"
        case "two-tone":
            first, second = chance.sample(_PAGING_HZ, 2)
            return Page(first, second), f"{first}/{second}"
        case _:
            digits = "".join(chance.choices("0123456789", k=5))
            return FiveTones(digits, five_tone_tables()[system]), digits


def received(burst: Burst, snr_db: float, rng: np.random.Generator) -> Samples:
    """The burst through a handheld, 0.1 s after the key, with the squelch tail after it."""
    sound = sound_of(burst)
    sounding = sound[np.abs(sound) > _SOUNDING * np.abs(sound).max()] / 32768.0
    above_speech = 10 * np.log10(np.mean(sounding**2)) - SPEECH_DBFS
    return through_radio(_SILENCE, snr_db - above_speech, rng, Handset(100, 0), before=sound)


def _scored(system: str, snr_db: float, count: int) -> BurstScore:
    chance, rng = random.Random(SEED), np.random.default_rng(SEED)  # noqa: S311  # ids to try, no secret
    right = none = wrong = 0
    finder = CallFinder(SignallingSettings(two_tone_hz=_PAGING_HZ))
    for _ in range(count):
        burst, expected = random_burst(system, chance)
        found = [call.id for call in finder.feed(received(burst, snr_db, rng)) + finder.finish()]
        right += found == [expected]
        none += not found
        wrong += any(one != expected for one in found) or len(found) > 1
    return BurstScore(system, snr_db, count, right, none, wrong)


def _quiet(what: str, sounds: Iterable[Samples], told: Callable[[str], None]) -> Quiet:
    finder = CallFinder(SignallingSettings())
    samples, cpu, calls = 0, 0.0, list[Call]()
    for sound in sounds:
        began = time.process_time()
        for at in range(0, len(sound), BLOCK_SAMPLES):
            calls += finder.feed(sound[at : at + BLOCK_SAMPLES])
        cpu += time.process_time() - began
        samples += len(sound)
        told(f"{what}: {samples / SAMPLE_RATE / 60:.1f} minutes, {len(calls)} ids")
    calls += finder.finish()
    seconds = samples / SAMPLE_RATE
    return Quiet(what, round(seconds / 60, 1), len(calls), round(1000 * cpu / seconds, 2))
