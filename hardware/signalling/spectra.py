"""Short-time spectra of the voice band, and the strongest tone in a part of it.

A window of 20 ms every 5 ms. It is shaped as a Gaussian, whose logarithm is a parabola: three bins give the
frequency of a tone to a few hertz under noise as strong as a tenth of it.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from hardware.audio.format import SAMPLE_RATE

Floats = NDArray[np.float32]

HOP: Final = 80
WINDOW: Final = 320
_FFT = 512
_BIN_HZ, _HOP_HZ = SAMPLE_RATE / _FFT, SAMPLE_RATE / HOP
_BAND_HZ = (250, 3100)
"""The voice band with room for the lowest paging tone, 288.5 Hz."""
_LOWEST, _HIGHEST = (round(hz / _BIN_HZ) for hz in _BAND_HZ)
_SIGMAS = 3.0
"""Half the window in standard deviations; with less the cut ends would shift tones by a tenth of a hertz."""
_LOBE = 3
"""Bins either side of a tone that hold all of its energy: 94 Hz."""
_AROUND_PEAK = np.arange(-1, 2)
_TAPER = np.exp(-0.5 * np.linspace(-_SIGMAS, _SIGMAS, WINDOW) ** 2).astype(np.float32)
_TO_MEAN_SQUARE = np.float32(2 / (_FFT * float(np.sum(_TAPER.astype(float) ** 2)) * 32768.0**2))
_NOTHING = np.float32(1e-12)
"""Far below the last bit of a sample; keeps logarithms and shares of silence finite."""
QUIETEST: Final = 10**-6.0
"""Mean square of a tone, -60 dBFS: softer is cross-talk."""


@dataclass(frozen=True, eq=False, slots=True)
class Spectra:
    """Consecutive frames: mean square by frame and bin, full scale 1, in the voice band.

    `middle` is the position of the middle of the first frame; each further one is `HOP` samples later.
    """

    middle: int
    power: Floats
    total: Floats
    """By frame, all bins together."""
    waves: NDArray[np.complex64]
    """What `power` is the power of, unscaled; its first row belongs to the frame before the first."""

    @property
    def quiet(self) -> bool:
        """Whether no frame is loud enough to hold a tone: most of the day, and cheap to know."""
        return float(self.total.max()) < QUIETEST


@dataclass(frozen=True, eq=False, slots=True)
class Peaks:
    """The strongest tone of every frame: its frequency, and the energy that can be its own, 0 if it is none.

    `turned_hz` is the frequency by how far the phase has turned since the frame before. It means something
    only where that frame had the same tone; its mean over a tone is then far more exact than that of `hz`.
    """

    hz: Floats
    energy: Floats
    turned_hz: Floats


class Analyser:
    """Feed sound in multiples of `HOP`; a frame comes back for each."""

    def __init__(self) -> None:
        self._past = np.zeros(WINDOW - HOP, np.float32)
        self._middle = HOP - WINDOW // 2
        self._wave_before = np.zeros((1, _HIGHEST - _LOWEST + 1), np.complex64)

    def step(self, sound: Floats) -> Spectra:
        """The frames that end in the next samples."""
        heard = np.concatenate((self._past, sound))
        self._past = heard[len(sound) :]
        windows = np.lib.stride_tricks.sliding_window_view(heard, WINDOW)[::HOP]
        bins = np.fft.rfft(windows * _TAPER, _FFT)[:, _LOWEST : _HIGHEST + 1]
        power = np.asarray((bins.real**2 + bins.imag**2) * _TO_MEAN_SQUARE + _NOTHING, np.float32)
        waves = np.concatenate((self._wave_before, bins)).astype(np.complex64)
        self._wave_before = waves[-1:]
        spectra = Spectra(self._middle, power, power.sum(axis=1), waves)
        self._middle += len(sound)
        return spectra


def strongest(spectra: Spectra, low_hz: float, high_hz: float) -> Peaks:
    """The strongest tone of each frame between two frequencies of the voice band."""
    frames = np.arange(len(spectra.power))
    first = max(round(low_hz / _BIN_HZ) - _LOWEST, 1)
    last = min(round(high_hz / _BIN_HZ) - _LOWEST, spectra.power.shape[1] - 2)
    at = first + spectra.power[:, first : last + 1].argmax(axis=1)
    below, top, above = (np.log(spectra.power[frames, at + side]) for side in (-1, 0, 1))
    bend = np.minimum(below - 2 * top + above, -1e-3)
    offset = np.clip(0.5 * (below - above) / bend, -1, 1)
    sums = np.concatenate((np.zeros((len(frames), 1), np.float32), spectra.power.cumsum(axis=1)), axis=1)
    ends = np.minimum(at + _LOBE + 1, spectra.power.shape[1])
    energy = sums[frames, ends] - sums[frames, np.maximum(at - _LOBE, 0)]
    # The flank of a tone outside the range, such as CTCSS below it, is no tone.
    energy = np.where((top >= below) & (top >= above), energy, 0)
    hz = np.asarray((at + offset + _LOWEST) * _BIN_HZ, np.float32)
    lobe = at[:, None] + _AROUND_PEAK
    now, before = spectra.waves[frames[:, None] + 1, lobe], spectra.waves[frames[:, None], lobe]
    turns = np.angle((now * before.conj()).sum(axis=1)) / (2 * np.pi)
    whole = np.round(hz / _HOP_HZ - turns)
    return Peaks(hz, energy, np.asarray((whole + turns) * _HOP_HZ, np.float32))
