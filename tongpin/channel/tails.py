"""The noise a receiver gives after the key is let go, until its squelch closes. Pure."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from gateway.channel.squelch import flatness_of
from hardware.audio.format import SAMPLE_RATE, Samples

LONGEST_MS: Final = 400
"""What lasts longer the squelch itself calls an open squelch; tails in the field last 100 to 300 ms."""

_STEP_MS: Final = 20
_SHORTEST_MS: Final = 80
_WINDOW: Final = 512
_HOP: Final = 160
_TAPER: Final = np.hanning(_WINDOW)
_HZ: Final = np.fft.rfftfreq(_WINDOW, 1 / SAMPLE_RATE)
_BAND: Final = (_HZ >= 450) & (_HZ <= 2700)  # noqa: PLR2004 - the band of the squelch's own flatness
_FLAT: Final = 0.75
"""Of noise averaged over the few windows of 80 ms; a voice over as many stays below 0.6."""
_STEADY_DB: Final = 6.0
"""Twenty milliseconds of noise are never this far from their average."""
_SOFTER_DB: Final = 12.0
"""A tail may be softer than the loudest syllable before it, but not by more."""
_FALLEN: Final = 0.7
"""Of the loudest of the last frames: quieter ones come after the squelch closed."""


@dataclass(frozen=True, slots=True)
class Tail:
    """Flat noise at the end of a carrier: how long, to 20 ms, and how loud in dBFS (RMS)."""

    ms: int
    dbfs: float


def tail_of(ending: Samples) -> Tail | None:
    """The tail in the last half second of a carrier, silence after it included; None without one.

    A tail is as loud as a voice; the hiss of a carrier that nobody speaks on is as flat, but softer.
    """
    sound = _until_it_fell(ending)
    found = None
    for ms in range(_SHORTEST_MS, LONGEST_MS + _STEP_MS, _STEP_MS):
        last = sound[-_count(ms) :]
        if len(last) < _count(ms) or flatness_of(_powers(last)) < _FLAT:
            return _if_loud(found, sound)
        if found is not None and abs(_dbfs(last[: _count(_STEP_MS)]) - found.dbfs) > _STEADY_DB:
            return _if_loud(found, sound)
        found = Tail(ms, _dbfs(last))
    return None


def _if_loud(tail: Tail | None, sound: NDArray[np.float64]) -> Tail | None:
    frames = sound[len(sound) % _count(_STEP_MS) :].reshape(-1, _count(_STEP_MS))
    loudest = max(_dbfs(frame) for frame in frames)
    return tail if tail is not None and tail.dbfs >= loudest - _SOFTER_DB else None


def _count(ms: int) -> int:
    return SAMPLE_RATE * ms // 1000


def _until_it_fell(ending: Samples) -> NDArray[np.float64]:
    size = _count(_STEP_MS)
    sound = ending[len(ending) % size :].astype(np.float64)
    levels = np.sqrt(np.mean(sound.reshape(-1, size) ** 2, axis=1))
    loud = np.flatnonzero(levels >= _FALLEN * levels[-5:].max(initial=0))
    return sound[: (int(loud[-1]) + 1) * size] if len(loud) else sound[:0]


def _powers(sound: NDArray[np.float64]) -> NDArray[np.float64]:
    windows = np.lib.stride_tricks.sliding_window_view(sound, _WINDOW)[::_HOP]
    power: NDArray[np.float64] = np.abs(np.fft.rfft(windows * _TAPER, axis=1)[:, _BAND]) ** 2
    return power


def _dbfs(sound: NDArray[np.float64]) -> float:
    return round(20 * float(np.log10(max(np.sqrt(np.mean(sound**2)), 1e-3) / 32768)), 1)
