"""Touch tones frame by frame: one row and one column frequency at once (ITU-T Q.23)."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from hardware.signalling.spectra import Floats, Spectra, strongest

ROWS_HZ: Final = (697, 770, 852, 941)
COLUMNS_HZ: Final = (1209, 1336, 1477, 1633)
KEYS: Final = "123A456B789C*0#D"
NO_KEY: Final = -1

_ROW_BAND_HZ, _COLUMN_BAND_HZ = (650, 1000), (1150, 1720)
_TOLERANCE = 0.018
"""ITU-T Q.24 has 1.5 % accepted; what is 3.5 % off may be refused."""
_MOST_COLUMN, _MOST_ROW = 10**0.8, 10**0.6
"""Twist: the column at most 8 dB above the row, the row 6 dB above the column, as repeaters allow."""
_SURE_SHARE, _HALF_HEARD_SHARE = 0.6, 0.35
"""Of a frame's energy, held by the two tones: 0.9 at 10 dB of SNR, 0.7 at 3 dB."""
_QUIETEST = 10**-6.0
"""Mean square, -60 dBFS: softer is cross-talk."""


@dataclass(frozen=True, eq=False, slots=True)
class TouchFrames:
    """By frame: the index into `KEYS` or `NO_KEY`, whether it is sure, and the energy of its two tones."""

    keys: NDArray[np.intp]
    sure: NDArray[np.bool_]
    energy: Floats


def touched(spectra: Spectra) -> TouchFrames:
    """What each frame is by itself; half heard keys are given too, as not sure."""
    rows, columns = strongest(spectra, *_ROW_BAND_HZ), strongest(spectra, *_COLUMN_BAND_HZ)
    row, row_off = _nearest(rows.hz, ROWS_HZ)
    column, column_off = _nearest(columns.hz, COLUMNS_HZ)
    energy = rows.energy + columns.energy
    share = energy / spectra.total
    heard = (share >= _HALF_HEARD_SHARE) & (energy >= _QUIETEST)
    heard &= (row_off <= _TOLERANCE) & (column_off <= _TOLERANCE)
    heard &= (columns.energy <= rows.energy * _MOST_COLUMN) & (rows.energy <= columns.energy * _MOST_ROW)
    keys = np.where(heard, row * len(COLUMNS_HZ) + column, NO_KEY)
    return TouchFrames(keys, heard & (share >= _SURE_SHARE), energy)


def _nearest(hz: Floats, nominal: tuple[int, ...]) -> tuple[NDArray[np.intp], Floats]:
    """Which of the nominal frequencies is nearest, and how far off it is, relative to it."""
    off = np.abs(hz[:, None] / np.array(nominal, np.float32) - 1)
    return off.argmin(axis=1), off.min(axis=1)
