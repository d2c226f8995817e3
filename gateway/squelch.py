"""Is somebody on the channel? Decided from the sound alone, 20 ms at a time.

Two pieces of evidence: the level in the voice band against a floor learnt while the channel is closed, and
the shape of its spectrum, because an open squelch is as loud as a voice but flat. Nothing here does I/O or
reads a clock.
"""

from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, model_validator

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
"""Frames whose spectra are averaged (200 ms); a single frame of noise is far from flat."""
_STILL_NOISE = 0.1
"""Noise is over when flatness has fallen this far below the threshold; chance moves it half as much."""
_FLOOR_EVERY = 25
_FLOOR_PERCENTILE = 10
SILENCE_DBFS = -120.0
_LOWEST_FLOOR_DBFS = -70.0
"""Digital silence is no floor to measure from: the first hiss of a sound card would open the squelch."""
_HIGHEST_FLOOR_DBFS = -40.0
"""Louder than this is somebody talking while the box starts, not a floor."""


class SquelchSettings(BaseModel):
    """When the channel counts as open, and what becomes an over.

    Levels in dBFS are 20·log10(rms / 32768) of the voice band.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    open_db: float = Field(8.0, ge=2, le=40, description="opens this far above the floor")
    close_db: float = Field(4.0, ge=1, le=30, description="closes this far above the floor")
    debounce_ms: int = Field(60, ge=20, le=100, description="level must stay open this long")
    floor_seconds: float = Field(30.0, ge=5, le=300, description="the floor is learnt over this long")
    noise_flatness: float = Field(0.9, ge=0.5, le=1.0, description="a flatter spectrum is an open squelch")
    noise_ms: int = Field(400, ge=200, le=2000, description="for this long, to count as an open squelch")
    noise_dbfs: float = Field(
        -30.0, ge=-60, le=0, description="flat noise softer than this is a carrier's own, not an open squelch"
    )
    preroll_ms: int = Field(600, ge=500, le=2000, description="kept from before the squelch opened")
    hang_ms: int = Field(600, ge=200, le=800, description="a shorter gap stays one over")
    tail_trim_ms: int = Field(200, ge=0, le=300, description="cut from the end where it is squelch noise")
    minimum_ms: int = Field(300, ge=200, le=1000, description="a shorter carrier is a kerchunk")
    soft_split_seconds: float = Field(60.0, ge=45, le=90, description="from here on, split at the next dip")
    maximum_seconds: float = Field(120.0, ge=60, le=180, description="longest over")
    stuck_seconds: float = Field(180.0, ge=60, le=600, description="a longer carrier is stuck")

    @model_validator(mode="after")
    def _in_order(self) -> "SquelchSettings":
        if self.close_db >= self.open_db:
            raise ValueError("close_db must be smaller than open_db, or the squelch chatters")
        if self.soft_split_seconds > self.maximum_seconds:
            raise ValueError("soft_split_seconds must not be longer than maximum_seconds")
        return self


@dataclass(frozen=True, slots=True)
class Reading:
    """What one frame says: `open` is the decision, the rest is why.

    `suspect` means: as flat and loud as an open squelch, though not yet for long enough to be sure;
    `flat_ms` is for how long it may have been one.
    """

    open: bool
    level_dbfs: float
    floor_dbfs: float
    flatness: float
    suspect: bool
    noise: bool
    flat_ms: int = 0


class Squelch:
    """Feed every frame of a channel in order; memory is constant."""

    def __init__(self, settings: SquelchSettings) -> None:
        self._settings = settings
        self._history = np.zeros(_WINDOW)
        self._powers: deque[NDArray[np.float64]] = deque(maxlen=_AVERAGED)
        self._levels: deque[float] = deque(maxlen=int(settings.floor_seconds * 1000 / FRAME_MS))
        self._unlearnt = 0
        self._floor = _LOWEST_FLOOR_DBFS
        self._open = False
        self._loud_ms = 0
        self._flat_ms = 0

    def step(self, frame: Samples, *, learn: bool = False) -> Reading:
        """Judge `FRAME_SAMPLES` samples. `learn` lets the floor follow although the channel is open."""
        level, flatness = self._measure(frame)
        suspect = flatness >= self._settings.noise_flatness and level >= self._settings.noise_dbfs
        noise = self._is_noise(flatness, level, suspect=suspect)
        self._open = self._is_loud(level) and not noise
        if learn or not (self._open or noise):
            self._learn(level)
        return Reading(self._open, level, self._floor, flatness, suspect, noise, self._flat_ms)

    def _measure(self, frame: Samples) -> tuple[float, float]:
        self._history = np.concatenate((self._history[FRAME_SAMPLES:], frame))
        power = np.abs(np.fft.rfft(self._history * _TAPER)) ** 2
        self._powers.append(power[_FLATNESS])
        mean_square = float(power[_VOICE].sum()) * _TO_MEAN_SQUARE
        level = max(SILENCE_DBFS, 10 * float(np.log10(mean_square + 1e-12)))
        return level, flatness_of(np.asarray(self._powers))

    def _is_noise(self, flatness: float, level: float, *, suspect: bool) -> bool:
        if suspect:
            self._flat_ms = min(self._flat_ms + FRAME_MS, self._settings.noise_ms)
        elif flatness < self._settings.noise_flatness - _STILL_NOISE or level < self._settings.noise_dbfs:
            self._flat_ms = 0
        return self._flat_ms >= self._settings.noise_ms

    def _is_loud(self, level: float) -> bool:
        if self._open:
            return level > self._floor + self._settings.close_db
        above = level > self._floor + self._settings.open_db
        self._loud_ms = self._loud_ms + FRAME_MS if above else 0
        return self._loud_ms >= self._settings.debounce_ms

    def _learn(self, level: float) -> None:
        self._levels.append(level)
        self._unlearnt += 1
        # A percentile of 30 s hardly moves in half a second, but at the start everything is new.
        if self._unlearnt >= min(_FLOOR_EVERY, len(self._levels)):
            self._unlearnt = 0
            low = float(np.percentile(self._levels, _FLOOR_PERCENTILE))
            self._floor = min(max(low, _LOWEST_FLOOR_DBFS), _HIGHEST_FLOOR_DBFS)


def flatness_of(powers: NDArray[np.float64]) -> float:
    """Geometric over arithmetic mean of the averaged power spectra (frames x bins).

    White noise gives 1 and a voice far less. Silence has no shape and gives 0.
    """
    mean = powers.mean(axis=0)
    arithmetic = float(mean.mean())
    return float(np.exp(np.log(mean + 1e-9).mean())) / arithmetic if arithmetic > 1.0 else 0.0
