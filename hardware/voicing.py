"""How much of a sound is voiced, as vowels are: periodic, and spread over many harmonics. Pure, numpy alone.

Hiss is not periodic; tones are, but hold their energy in one or two lines; mains hum does not change.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from hardware.audio.format import SAMPLE_RATE, Samples

Floats = NDArray[np.float64]

_FRAME: Final = 640
"""40 ms hold three periods of the lowest voice."""
_TAPER: Final = np.hanning(_FRAME)
_FFT: Final = 2048
_HZ: Final = np.fft.rfftfreq(_FFT, 1 / SAMPLE_RATE)
_BAND: Final = (_HZ >= 300) & (_HZ <= 3000)  # noqa: PLR2004 - the voice band of a radio
_LAGS: Final = slice(SAMPLE_RATE // 400, SAMPLE_RATE // 75)
"""Pitch between 75 and 400 Hz."""
_TAPERED: Final = np.fft.irfft(np.abs(np.fft.rfft(_TAPER, _FFT)) ** 2)[_LAGS]
_LOBE: Final = round(75 / float(_HZ[1]))
"""Half the width of a line through the taper, in bins: 75 Hz."""

_PERIODIC: Final = 0.5
"""Autocorrelation at the pitch, 1 for a pure period: hiss stays below 0.4, vowels at 10 dB SNR reach 0.6."""
_FLATTEST: Final = 0.5
"""Geometric over arithmetic mean of the band: hiss has 0.55 in a single frame, a voice rarely above 0.4."""
_LINES: Final = 0.85
"""Share of two lines above which a frame is tones: touch tones hold 0.9 and more, vowels half."""
_APART: Final = 8
_SAME_DB: Final = 0.3
"""Chance makes a tenth of the frames of a voice so equal."""
_SOFTEST: Final = 10**-5.5
"""Mean square, -55 dBFS."""


def voiced_ratio(samples: Samples) -> float:
    """Share of the frames of 40 ms that lie inside a vowel, 0 to 1; running speech has a third to a half."""
    frames = _frames(samples)
    voiced = _in_vowels(frames) & ~_steady(frames)
    # A vowel lasts 80 ms and more; a lone frame is a chance, as in a burst of data.
    before, after = np.append(False, voiced[:-1]), np.append(voiced[1:], False)
    return float(np.mean(voiced & (before | after))) if len(voiced) else 0.0


def vowels(samples: Samples) -> Samples:
    """The frames of 40 ms that lie inside a vowel, one a row."""
    frames = _frames(samples)
    return frames[_in_vowels(frames)]


def _steady(frames: Samples) -> NDArray[np.bool_]:
    """Frames as loud as those a third of a second before or after, as those of a mains hum are."""
    levels = 10 * np.log10(np.mean(frames.astype(np.float64) ** 2, axis=1) + 1e-3)
    if len(levels) <= _APART:
        return np.zeros(len(levels), np.bool_)
    same = np.abs(levels[_APART:] - levels[:-_APART]) <= _SAME_DB
    none = np.zeros(_APART, np.bool_)
    return np.asarray(np.append(same, none) | np.append(none, same))


def _frames(samples: Samples) -> Samples:
    return samples[: len(samples) // _FRAME * _FRAME].reshape(-1, _FRAME)


def _in_vowels(frames: Samples) -> NDArray[np.bool_]:
    """In pieces of at most two seconds: the longest over takes no more memory than a short one."""
    pieces = np.array_split(frames, -(-len(frames) * _FRAME // (2 * SAMPLE_RATE)) or 1)
    return np.concatenate([_voiced(some) for some in pieces])


def _voiced(frames: Samples) -> NDArray[np.bool_]:
    power = np.abs(np.fft.rfft(frames * (_TAPER / 32768), _FFT)) ** 2 * _BAND
    total = power.sum(axis=1) + 1e-12
    loud = total * 4 / (_FFT * _FRAME) >= _SOFTEST
    voice = (_periodicity(power) >= _PERIODIC) & (_flatness(power) <= _FLATTEST) & (_lines(power) <= _LINES)
    return np.asarray(loud & voice)


def _periodicity(power: Floats) -> Floats:
    correlation = np.fft.irfft(power, axis=1)
    at_zero = correlation[:, :1] / float(np.sum(_TAPER**2)) + 1e-15
    return np.asarray((correlation[:, _LAGS] / _TAPERED / at_zero).max(axis=1))


def _flatness(power: Floats) -> Floats:
    band = power[:, _BAND] + 1e-12
    return np.asarray(np.exp(np.log(band).mean(axis=1)) / band.mean(axis=1))


def _lines(power: Floats) -> Floats:
    """Share of the energy in the two strongest lines."""
    rest, held = power.copy(), np.zeros(len(power))
    bins = np.arange(power.shape[1])
    for _ in range(2):
        line = np.abs(bins - rest.argmax(axis=1)[:, None]) <= _LOBE
        held += np.where(line, rest, 0).sum(axis=1)
        rest[line] = 0
    return np.asarray(held / (power.sum(axis=1) + 1e-12))
