"""Is somebody on the channel? Decided 20 ms at a time.

Where a carrier line says it, that decides. Else there are two pieces of evidence: the level in the voice band
against a floor learnt while the channel is closed, and the shape of its spectrum, because an open squelch is
as loud as a voice but flat. Nothing here does I/O or reads a clock.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gateway.channel.squelch_settings import SquelchSettings
from hardware.audio.format import SAMPLE_RATE, Samples

FRAME_MS = 20
FRAME_SAMPLES = SAMPLE_RATE * FRAME_MS // 1000

_WINDOW = 512
"""32 ms: bins of 31 Hz resolve the pitch of a voice, which is what keeps its spectrum from being flat."""


def _between(low_hz: float, high_hz: float) -> NDArray[np.bool_]:
    hz = np.fft.rfftfreq(_WINDOW, 1 / SAMPLE_RATE)
    return (hz >= low_hz) & (hz <= high_hz)


_VOICE = _between(300, 3000)
_FLATNESS = _between(450, 2700)
"""Inside the voice band, away from the skirts of a radio's filters, which are not flat."""
_TAPER = np.hanning(_WINDOW)
_TO_MEAN_SQUARE = 2 / (_WINDOW * float(np.sum(_TAPER**2)) * 32768.0**2)

_AVERAGED = 10
"""Frames whose spectra are averaged (200 ms); a single frame of noise is far from flat.

A squelch that has heard fewer judges no level: sound cards and filters begin with a moment of silence, which
is no floor to measure their hiss from.
"""
_STILL_NOISE = 0.1
"""Noise is over when flatness has fallen this far below the threshold; chance moves it half as much."""
_FLOOR_EVERY = 25
_FLOOR_PERCENTILE = 10
SILENCE_DBFS = -120.0
_LOWEST_FLOOR_DBFS = -70.0
"""Digital silence is no floor to measure from: the first hiss of a sound card would open the squelch."""
_HIGHEST_FLOOR_DBFS = -40.0
"""Louder than this is somebody talking while the box starts, not a floor."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one frame says: `open` is the decision, the rest is why.

    `suspect` means: as flat and loud as an open squelch, though not yet for long enough to be sure;
    `flat_ms` is for how long it may have been one. `cos`: a carrier line decided, whatever the sound is.
    """

    open: bool
    level_dbfs: float
    floor_dbfs: float
    flatness: float
    suspect: bool
    noise: bool
    flat_ms: int = 0
    cos: bool = False


class Squelch:
    """Feed every frame of a channel in order; memory is constant."""

    def __init__(self, settings: SquelchSettings) -> None:
        self._settings = settings
        self._history = np.zeros(_WINDOW)
        self._powers = np.zeros((_AVERAGED, np.count_nonzero(_FLATNESS)))
        self._measured = 0
        self._levels = np.zeros(int(settings.floor_seconds * 1000 / FRAME_MS))
        self._learnt = 0
        self._unlearnt = 0
        self._floor = _LOWEST_FLOOR_DBFS
        self._open = False
        self._loud_ms = 0
        self._carried_ms = 0
        self._flat_ms = 0

    def step(self, frame: Samples, *, carrier: bool | None = None, learn: bool = False) -> Reading:
        """Judge `FRAME_SAMPLES` samples. `learn` lets the floor follow although the channel is open.

        `carrier` is what the carrier line says of this frame, None where there is no line or it is lost.
        """
        level, flatness, flat_dbfs = self._measure(frame)
        suspect = flatness >= self._settings.noise_flatness and flat_dbfs >= self._settings.noise_dbfs
        noise = self._is_noise(flatness, flat_dbfs, suspect=suspect)
        self._open = (
            self._is_loud(level) and not noise if carrier is None else self._is_carried(carrier=carrier)
        )
        if self._is_warm and (learn or not (self._open or noise)):
            self._learn(level)
        if carrier is None:
            return Reading(self._open, level, self._floor, flatness, suspect, noise, self._flat_ms)
        return Reading(self._open, level, self._floor, flatness, suspect, noise=False, cos=True)

    def _measure(self, frame: Samples) -> tuple[float, float, float]:
        """Level of the voice band, flatness, and the level of what is flat.

        A tone below the flatness band is loud and the noise beside it flat; they are no open squelch.
        """
        self._history = np.concatenate((self._history[FRAME_SAMPLES:], frame))
        power = np.abs(np.fft.rfft(self._history * _TAPER)) ** 2
        flat = power[_FLATNESS]
        self._powers[self._measured % _AVERAGED] = flat
        self._measured += 1
        return _dbfs(power[_VOICE]), flatness_of(self._powers[: self._measured]), _dbfs(flat)

    def _is_noise(self, flatness: float, flat_dbfs: float, *, suspect: bool) -> bool:
        if suspect:
            self._flat_ms = min(self._flat_ms + FRAME_MS, self._settings.noise_ms)
        elif flatness < self._settings.noise_flatness - _STILL_NOISE or flat_dbfs < self._settings.noise_dbfs:
            self._flat_ms = 0
        return self._flat_ms >= self._settings.noise_ms

    @property
    def _is_warm(self) -> bool:
        return self._measured >= _AVERAGED

    def _is_loud(self, level: float) -> bool:
        if not self._is_warm:
            return False
        opens = self._opens_dbfs()
        if self._open:
            return level > opens - self._settings.open_db + self._settings.close_db
        self._loud_ms = self._loud_ms + FRAME_MS if level > opens else 0
        return self._loud_ms >= self._settings.debounce_ms

    def _opens_dbfs(self) -> float:
        absolute = self._settings.open_dbfs
        return self._floor + self._settings.open_db if absolute is None else absolute

    def _is_carried(self, *, carrier: bool) -> bool:
        self._carried_ms = self._carried_ms + FRAME_MS if carrier else 0
        return self._carried_ms >= self._settings.cos_debounce_ms

    def _learn(self, level: float) -> None:
        self._levels[self._learnt % len(self._levels)] = level
        self._learnt += 1
        self._unlearnt += 1
        # A percentile of 30 s hardly moves in half a second, but at the start everything is new.
        if self._unlearnt >= min(_FLOOR_EVERY, self._learnt):
            self._unlearnt = 0
            low = float(np.percentile(self._levels[: self._learnt], _FLOOR_PERCENTILE))
            self._floor = min(max(low, _LOWEST_FLOOR_DBFS), _HIGHEST_FLOOR_DBFS)


def _dbfs(power: NDArray[np.float64]) -> float:
    mean_square = float(power.sum()) * _TO_MEAN_SQUARE
    return max(SILENCE_DBFS, 10 * float(np.log10(mean_square + 1e-12)))


def flatness_of(powers: NDArray[np.float64]) -> float:
    """Geometric over arithmetic mean of the averaged power spectra (frames x bins).

    White noise gives 1 and a voice far less. Silence has no shape and gives 0.
    """
    mean = powers.mean(axis=0)
    arithmetic = float(mean.mean())
    return float(np.exp(np.log(mean + 1e-9).mean())) / arithmetic if arithmetic > 1.0 else 0.0
