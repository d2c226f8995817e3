"""Takes the hiss out of a recording, gently: a Wiener filter after the quietest moments of each pitch.

Engines trained on clean speech hear words in a radio's hiss; with less of it they hear more of what was
said. A filter that takes all of it takes soft consonants too, so some is left everywhere.
"""

import numpy as np
from numpy.typing import NDArray

from intake.speech.engine import Samples

_Wave = NDArray[np.float64]

_FRAME, _STEP = 400, 160
"""25 ms every 10 ms."""
_WINDOW = np.hanning(_FRAME)
_TRANSFORM = 512
_SMOOTHED = 5
"""Frames averaged before the quietest are looked for."""
_QUIET = 0.15
"""Share of the frames of each pitch that hold hiss alone: the pauses, and the gaps between sounds."""
_FROM_QUIET = 1.6
"""Mean power of hiss as a multiple of what lies above that share of its smoothed frames."""
_LEFT = 0.15
"""Least share of any sound's amplitude that stays."""
_INERTIA = 0.9
"""How much of the frame before counts: without it, what is left of hiss warbles."""
_NOTHING = 1e-9


def quieted(samples: Samples) -> Samples:
    """As many samples, with less hiss; sound without any stays as it is. Some ms a second of sound."""
    if len(samples) < _FRAME * _SMOOTHED:
        return samples
    spectra = _spectra(samples.astype(np.float64))
    wave = _wave(spectra * _gains(np.abs(spectra) ** 2), len(samples))
    return np.clip(np.round(wave), -32768, 32767).astype(np.int16)


def _spectra(wave: _Wave) -> NDArray[np.complex128]:
    frames = np.lib.stride_tricks.sliding_window_view(np.pad(wave, _FRAME), _FRAME)[::_STEP]
    return np.fft.rfft(frames * _WINDOW, _TRANSFORM)


def _gains(power: _Wave) -> _Wave:
    """What share of each pitch stays in each frame, by how far it stands above the hiss of that pitch."""
    above = power / (_hiss(power) + _NOTHING)
    gains = np.empty_like(above)
    before = np.zeros(above.shape[1])
    rising = (1 - _INERTIA) * np.maximum(above - 1, 0)
    for gain, now, risen in zip(gains, above, rising, strict=True):
        speech = _INERTIA * before + risen
        np.maximum(speech / (1 + speech), _LEFT, out=gain)
        before = gain * gain * now
    return gains


def _hiss(power: _Wave) -> _Wave:
    """Mean power of the hiss of each pitch."""
    smoothed = np.lib.stride_tricks.sliding_window_view(power, _SMOOTHED, axis=0).mean(axis=-1)
    floor: _Wave = np.quantile(smoothed, _QUIET, axis=0) * _FROM_QUIET
    return floor


def _wave(spectra: NDArray[np.complex128], count: int) -> _Wave:
    """Overlapping frames added up again, each weighed as it was cut out."""
    frames = np.fft.irfft(spectra, _TRANSFORM)[:, :_FRAME] * _WINDOW
    total, weight = _added_up(frames), _added_up(np.broadcast_to(_WINDOW**2, frames.shape))
    return (total / (weight + _NOTHING))[_FRAME : _FRAME + count]


def _added_up(frames: _Wave) -> _Wave:
    """Frames laid over one another a step apart: a step's worth of all of them at a time."""
    total = np.zeros((len(frames) + -(-_FRAME // _STEP) - 1, _STEP))
    for number, first in enumerate(range(0, _FRAME, _STEP)):
        part = frames[:, first : first + _STEP]
        total[number : number + len(frames), : part.shape[1]] += part
    return total.reshape(-1)
