"""Bits as the sound of MDC-1200: 1200 baud, a bit like the one before is 1200 Hz, a change is 1800 Hz.

The phase runs on without a step. One cycle or one and a half a bit: so at the end of every bit the wave is
in one phase for a one and in the opposite phase for a zero, which is what the demodulator reads.
"""

import numpy as np
from numpy.typing import NDArray

from hardware.audio.format import SAMPLE_RATE
from hardware.signalling.mdc1200.fec import Bits

BAUD = 1200
_CYCLES_SAME, _CYCLES_CHANGE = 1.0, 1.5


def modulated(bits: Bits) -> NDArray[np.float64]:
    """The wave of `bits`, in ±1 at `SAMPLE_RATE`; the bit before the first counts as zero."""
    changes = bits ^ np.concatenate((np.zeros(1, np.uint8), bits[:-1]))
    cycles = np.where(changes, _CYCLES_CHANGE, _CYCLES_SAME)
    before = np.concatenate((np.zeros(1), np.cumsum(cycles)[:-1]))
    at = np.arange(int(len(bits) * SAMPLE_RATE / BAUD)) * BAUD / SAMPLE_RATE
    bit = at.astype(int)
    return np.asarray(np.sin(2 * np.pi * (before[bit] + cycles[bit] * (at - bit))), np.float64)
