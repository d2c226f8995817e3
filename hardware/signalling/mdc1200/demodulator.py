"""Sound to complex values of MDC-1200, eight a bit, in constant memory.

The modulation is minimum-shift keying around 1500 Hz, so the best filter for white noise is a half cosine
two bits long. Filtering, going over to complex values and to the other rate are one matrix product.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from hardware.audio.format import SAMPLE_RATE
from hardware.signalling.mdc1200.modulation import BAUD

Waves = NDArray[np.complex64]
Sound = NDArray[np.float32]

PER_BIT: Final = 8
CENTRE_HZ: Final = 1500
_EACH, _GIVES = 5, 3
"""Five samples of 16 kHz are three of 9.6 kHz."""
_REACH = SAMPLE_RATE / BAUD
"""Samples from the middle of the filter to its end: one bit."""
_MIDDLE = 14
_TAPS = 32
DELAY: Final = _TAPS - _EACH - _MIDDLE
"""The first value belongs to the sound this many samples before the first sample."""


def _filters() -> NDArray[np.complex64]:
    """A column for each of the three values, shifted by the third of five samples."""
    offsets = np.arange(_TAPS)[:, None] - _MIDDLE - np.arange(_GIVES) * _EACH / _GIVES
    shape = np.where(np.abs(offsets) < _REACH, np.cos(np.pi / 2 * offsets / _REACH), 0)
    return np.asarray(shape * np.exp(-2j * np.pi * CENTRE_HZ / SAMPLE_RATE * offsets), np.complex64)


_FILTERS = _filters()
_SPLIT = np.concatenate((_FILTERS.real, _FILTERS.imag), axis=1)


def place(value: float) -> int:
    """The sample, counted from the first fed, that a value counted from the first given belongs to."""
    return round(value * _EACH / _GIVES) - DELAY


class Demodulator:
    """Feed sound in multiples of five samples; three values come back for each five."""

    def __init__(self) -> None:
        self._past = np.zeros(_TAPS - _EACH, np.float32)

    def step(self, sound: Sound) -> Waves:
        """The values of the next samples."""
        heard = np.concatenate((self._past, sound))
        self._past = heard[len(sound) :]
        windows = np.lib.stride_tricks.sliding_window_view(heard, _TAPS)[::_EACH]
        parts = windows @ _SPLIT
        return np.asarray(parts[:, :_GIVES] + 1j * parts[:, _GIVES:], np.complex64).ravel()
