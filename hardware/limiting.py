"""Speech that a transmitter's limiter held down: too loud or too close at the microphone. Pure.

The limiter sits before the filters of transmitter and receiver, so its flat tops arrive rounded, anywhere
below full scale; what stays is that loud samples are no rarer than middling ones. Speech has rare peaks.
"""

from typing import Final

import numpy as np

from hardware.audio.format import Samples
from hardware.voicing import vowels

_LOUD: Final = 0.5
"""Of the level of the loudest vowels: the limiter does not touch the softer ones."""
_ENOUGH: Final = 10
"""Frames of 40 ms; of fewer nothing can be said."""
_LIMITED: Final = 2.7
"""Kurtosis of vowels: 3.4 to 6.6 in simulated overs of 6 to 30 dB SNR, 2.4 when their peaks are cut at
their RMS, 1.6 when they are cut at a quarter of it; two voices at once have 2.9."""


def limited_percent(samples: Samples) -> float:
    """How much of an over a limiter held down, in percent of its samples; 0 where none did."""
    frames = vowels(samples).astype(np.float64)
    if len(frames) < _ENOUGH:
        return 0.0
    levels = np.sqrt(np.mean(frames**2, axis=1))
    loud = frames[levels >= _LOUD * np.percentile(levels, 95)]
    mean_square = np.mean(loud**2)
    if len(loud) < _ENOUGH or np.mean(loud**4) / mean_square**2 >= _LIMITED:
        return 0.0
    held = np.count_nonzero(np.abs(loud) >= np.sqrt(mean_square))
    return round(100 * held / len(samples), 3)
