"""Ten minutes of everything that is not a voice, at full speed: nothing of it passes for speech."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest

from gateway.channel.over_events import OverEnded
from gateway.channel.overs import OverCutter
from gateway.channel.squelch_settings import SquelchSettings
from hardware.audio.decoding import to_int16
from hardware.audio.format import SAMPLE_RATE, Block, Samples
from hardware.simulators.fm import hiss
from hardware.speech_gate import speech_ratio
from hardware.voicing import voiced_ratio

MINUTES = 10
ENOUGH = 0.15
"""The centre recognises nothing with less."""
Random = np.random.Generator


def card(rng: Random) -> Samples:
    """A closed squelch."""
    return to_int16(hiss(int(rng.uniform(5, 20) * SAMPLE_RATE), -65, rng))


def open_squelch(rng: Random) -> Samples:
    """Noise from barely audible to as loud as a voice."""
    return to_int16(hiss(int(rng.uniform(1, 12) * SAMPLE_RATE), rng.uniform(-33, -10), rng))


def hum(rng: Random) -> Samples:
    """A mains loop with its harmonics, soft to loud."""
    mains = float(rng.choice([50, 60, 100]))
    return _sum_of(rng, [(mains * n, 1 / n) for n in range(1, 30)])


def tone(rng: Random) -> Samples:
    """A whistle, or the beat of two carriers."""
    return _sum_of(rng, [(hz, 1.0) for hz in rng.uniform(300, 2800, int(rng.integers(1, 3)))])


def _sum_of(rng: Random, parts: list[tuple[float, float]]) -> Samples:
    turns = np.arange(int(rng.uniform(0.3, 3) * SAMPLE_RATE)) / SAMPLE_RATE
    waves = (share * np.sin(2 * np.pi * (hz * turns + rng.uniform())) for hz, share in parts)
    wave = np.sum(list(waves), axis=0)
    return to_int16(wave / np.abs(wave).max() * 10 ** (rng.uniform(-30, -3) / 20))


NOISES: tuple[Callable[[Random], Samples], ...] = (open_squelch, open_squelch, open_squelch, hum, tone)


def ten_minutes(rng: Random) -> Iterator[Samples]:
    """All of it, in any order."""
    left = MINUTES * 60 * SAMPLE_RATE
    while left > 0:
        part = np.concatenate((NOISES[int(rng.integers(len(NOISES)))](rng), card(rng)))
        yield part
        left -= len(part)


@pytest.mark.slow
def test_ten_minutes_of_hiss_hum_and_tones_are_no_speech() -> None:
    """Some of it may be cut into overs, for a carrier may carry a tone; none has words."""
    cutter = OverCutter(SquelchSettings())
    overs: list[OverEnded] = []
    position = 0
    for part in ten_minutes(np.random.default_rng(20261126)):
        events = cutter.feed(Block(part, position / SAMPLE_RATE, position))
        overs += [event for event in events if isinstance(event, OverEnded)]
        position += len(part)
    assert position > MINUTES * 60 * SAMPLE_RATE
    assert overs
    assert max(speech_ratio(each.samples) for each in overs) < ENOUGH
    assert max(2 * voiced_ratio(each.samples) for each in overs) < ENOUGH
