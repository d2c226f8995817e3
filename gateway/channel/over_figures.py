"""How well an over was received, in figures a technician can act on."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gateway.channel.squelch import SILENCE_DBFS
from hardware.audio.format import Samples

CLIPPED = 32_000
"""Converters and limiters stop a little below full scale."""
_BEST_SNR_DB = 60.0


@dataclass(frozen=True, slots=True)
class Figures:
    """Levels in dBFS: 20·log10(x / 32768), never below `SILENCE_DBFS`; clipping in percent of the samples."""

    rms_dbfs: float
    peak_dbfs: float
    clip_percent: float
    snr_db: float | None


def measure(samples: Samples, levels: Sequence[float]) -> Figures:
    """Figures of an over: its `samples` without pre-roll, and the level of each carrier frame in dBFS."""
    loud = np.abs(samples.astype(np.int32))
    rms = float(np.sqrt(np.mean(loud.astype(np.float64) ** 2))) if len(loud) else 0.0
    return Figures(
        rms_dbfs=dbfs(rms),
        peak_dbfs=dbfs(float(loud.max(initial=0))),
        clip_percent=round(100 * float(np.mean(loud >= CLIPPED)), 3) if len(loud) else 0.0,
        snr_db=_snr_db(levels),
    )


def dbfs(amplitude: float) -> float:
    """Of an amplitude in steps of a sample, full scale 32768."""
    return round(max(SILENCE_DBFS, 20 * float(np.log10(max(amplitude, 1e-9) / 32768))), 1)


def _snr_db(levels: Sequence[float]) -> float | None:
    """Loud frames are speech and noise, soft ones noise alone; None when no frame carried anything."""
    if not levels:
        return None
    soft, loud = np.percentile(levels, (10, 90))
    ratio = 10 ** (float(loud - soft) / 10) - 1
    return round(float(np.clip(10 * np.log10(max(ratio, 1e-2)), -20, _BEST_SNR_DB)), 1)
