"""Sounds of a channel that are neither speech nor signalling: hiss, mains hum, whistles, sweeps."""

from collections.abc import Iterator

import numpy as np

from hardware.audio.decoding import to_int16
from hardware.audio.format import SAMPLE_RATE, Samples
from hardware.simulators.fm import Wave, hiss, open_squelch

_LENGTH_S = 10
_LOUD = 0.35
_HUM_HARMONICS = 12
_WHISTLING = 0.8
"""Share of the seconds with a tone in them."""


def nuisances(seconds: float, seed: int = 0) -> Iterator[Samples]:
    """At least `seconds`, ten of each kind in turn; the same seed gives the same."""
    rng = np.random.default_rng(seed)
    kinds = (_hiss, _hum, _whistle, _sweep)
    for n in range(-(-int(seconds) // _LENGTH_S)):
        yield kinds[n % len(kinds)](rng)


def _hiss(rng: np.random.Generator) -> Samples:
    return open_squelch(rng, _LENGTH_S * 1000)


def _hum(rng: np.random.Generator) -> Samples:
    """50 or 100 Hz and their harmonics, as a bad cable gives them."""
    mains = float(rng.choice((50, 100)))
    waves = (rng.uniform(0, 1) / n * _sine(np.full(_count(), mains * n)) for n in range(1, _HUM_HARMONICS))
    return _with_noise(_LOUD / 2 * np.sum(list(waves), axis=0), rng)


def _whistle(rng: np.random.Generator) -> Samples:
    """A single tone, interrupted now and then."""
    tone = _sine(np.full(_count(), rng.uniform(300, 2900)))
    on = rng.random(_LENGTH_S) < _WHISTLING
    return _with_noise(_LOUD * tone * np.repeat(on, SAMPLE_RATE), rng)


def _sweep(rng: np.random.Generator) -> Samples:
    """Up and down the voice band, slowly or fast."""
    turns = np.linspace(0, 2 * np.pi * rng.choice((0.5, 1, 4, 20, 80)), _count())
    return _with_noise(_LOUD * _sine(1650 - 1300 * np.cos(turns)), rng)


def _sine(hz: Wave) -> Wave:
    return np.asarray(np.sin(2 * np.pi * np.cumsum(hz) / SAMPLE_RATE), np.float64)


def _with_noise(wave: Wave, rng: np.random.Generator) -> Samples:
    return to_int16(wave + hiss(len(wave), rng.uniform(-50, -25), rng))


def _count() -> int:
    return _LENGTH_S * SAMPLE_RATE
