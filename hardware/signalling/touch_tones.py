"""Touch tones frame by frame: one row and one column frequency at once (ITU-T Q.23)."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from hardware.signalling.spectra import QUIETEST, Floats, Spectra, strongest

ROWS_HZ: Final = (697, 770, 852, 941)
COLUMNS_HZ: Final = (1209, 1336, 1477, 1633)
KEYS: Final = "123A456B789C*0#D"
NO_KEY: Final = -1

_ROW_BAND_HZ, _COLUMN_BAND_HZ = (650, 1000), (1150, 1720)


@dataclass(frozen=True, slots=True)
class _Demands:
    """What a frame must be like to be a key.

    `share` of its energy is held by the two tones; each is `off` its frequency at most, relative to it; the
    column is stronger than the row by `column_over_row` at most, or weaker by `row_over_column`.
    """

    share: float
    off: float
    column_over_row: float
    row_over_column: float


_SURE = _Demands(0.6, 0.018, 10**0.8, 10**0.6)
"""The share is 0.9 at 10 dB of SNR, 0.7 at 3 dB; ITU-T Q.24 has 1.5 % accepted; twist as repeaters allow."""
_HALF_HEARD = _Demands(0.35, 0.035, 10**1.6, 10**1.6)
"""Somebody pressed something here: a string with such a digit in it is not known."""


@dataclass(frozen=True, eq=False, slots=True)
class TouchFrames:
    """By frame: the index into `KEYS` or `NO_KEY`, whether it is sure, and the energy of its two tones."""

    keys: NDArray[np.intp]
    sure: NDArray[np.bool_]
    energy: Floats


def touched(spectra: Spectra) -> TouchFrames:
    """What each frame is by itself; half heard keys are given too, as not sure."""
    if spectra.quiet:
        frames = len(spectra.total)
        return TouchFrames(np.full(frames, NO_KEY), np.zeros(frames, np.bool_), np.zeros(frames, np.float32))
    rows, columns = strongest(spectra, *_ROW_BAND_HZ), strongest(spectra, *_COLUMN_BAND_HZ)
    row, row_off = _nearest(rows.hz, ROWS_HZ)
    column, column_off = _nearest(columns.hz, COLUMNS_HZ)
    energy = rows.energy + columns.energy
    share = np.where(energy >= QUIETEST, energy / spectra.total, 0)
    off = np.maximum(row_off, column_off)

    def meets(demands: _Demands) -> NDArray[np.bool_]:
        even = columns.energy <= rows.energy * demands.column_over_row
        even &= rows.energy <= columns.energy * demands.row_over_column
        return (share >= demands.share) & (off <= demands.off) & even

    heard = meets(_HALF_HEARD)
    keys = np.where(heard, row * len(COLUMNS_HZ) + column, NO_KEY)
    return TouchFrames(keys, meets(_SURE), energy)


def _nearest(hz: Floats, nominal: tuple[int, ...]) -> tuple[NDArray[np.intp], Floats]:
    """Which of the nominal frequencies is nearest, and how far off it is, relative to it."""
    off = np.abs(hz[:, None] / np.array(nominal, np.float32) - 1)
    return off.argmin(axis=1), off.min(axis=1)
