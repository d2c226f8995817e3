"""How a channel sounds when nobody talks, as far as a recording of it tells."""

from pathlib import Path
from typing import Final

import numpy as np

from hardware.audio.decoding import read_blocks, to_int16
from hardware.audio.format import BLOCK_SAMPLES, SAMPLE_RATE, Samples
from hardware.simulators.fm import VOICE_BAND_HZ, hiss

SILENT_DBFS: Final = -70.0
"""The lowest floor of a squelch: softer silence is all the same to it."""
_TALKING_DBFS: Final = -40.0
"""The highest floor: who is never softer talks from the first sample to the last."""
_SECOND: Final = SAMPLE_RATE // BLOCK_SAMPLES
"""In blocks."""


def quiet_dbfs(recording: Path) -> float:
    """Level of the softest half second of a recording in the voice band; `SILENT_DBFS` where there is none.

    Raises `AudioError`.
    """
    softest, half = 0.0, []
    for block in read_blocks(recording):
        half.append(block)
        if len(half) == _SECOND // 2:
            softest, half = min(softest, _voice_dbfs(np.concatenate(half))), []
    return softest if SILENT_DBFS < softest < _TALKING_DBFS else SILENT_DBFS


def silence(dbfs: float, seconds: int) -> Samples:
    """Hiss of that level as whole blocks, the same every time; nothing at all at `SILENT_DBFS`."""
    if dbfs <= SILENT_DBFS:
        return np.zeros((_SECOND * seconds, BLOCK_SAMPLES), np.int16)
    noise = hiss(SAMPLE_RATE * seconds, dbfs, np.random.default_rng(0))
    return to_int16(noise).reshape(-1, BLOCK_SAMPLES)


def _voice_dbfs(samples: Samples) -> float:
    power = np.abs(np.fft.rfft(samples / 32768.0)) ** 2
    hz = np.fft.rfftfreq(len(samples), 1 / SAMPLE_RATE)
    low, high = VOICE_BAND_HZ
    mean_square = 2 * float(power[(hz >= low) & (hz <= high)].sum()) / len(samples) ** 2
    return 10 * float(np.log10(mean_square + 1e-12))
