"""Sound taken at a receiver's discriminator, made like that of its loudspeaker.

Transmitters raise the high tones by 6 dB an octave and receivers lower them again behind the discriminator:
de-emphasis. Below the voice band lie sub-audible tones, above it noise; neither is for an ear or an engine.
"""

from collections.abc import Callable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from hardware.audio.decoding import to_int16
from hardware.audio.format import SAMPLE_RATE, AudioSource, Block, PatientSource, Samples
from hardware.errors import AudioError

_DEEMPHASIS_S: Final = 750e-6
"""Time constant of narrow-band FM (TIA-603): a corner at 212 Hz."""
_UNITY_HZ: Final = 1000.0
"""Radios are aligned with this tone; its level stays."""
_BAND_HZ: Final = (300.0, 3000.0)
_TAPS: Final = 511
"""32 ms: steep enough for the lower skirt, from 210 to 300 Hz."""
_DELAY: Final = _TAPS // 2


class Deemphasis:
    """Feed it sound in order; as much comes out, 16 ms late. Memory is constant."""

    def __init__(self) -> None:
        self._past = np.zeros(_TAPS - 1)

    def step(self, samples: Samples) -> Samples:
        """The next samples."""
        heard = np.concatenate((self._past, samples / 32768))
        self._past = heard[len(heard) - (_TAPS - 1) :]
        return to_int16(np.convolve(heard, _IMPULSE, "valid"))


class DiscriminatorSource:
    """An `AudioSource` that makes another one's discriminator audio flat."""

    def __init__(self, source: AudioSource) -> None:
        self._source = source
        self._filter = Deemphasis()

    @property
    def overruns(self) -> int:
        """Of the source behind."""
        return self._source.overruns

    def start(self, on_block: Callable[[Block], None], on_lost: Callable[[AudioError], None]) -> None:
        """See `AudioSource`."""
        self._source.start(lambda block: on_block(self._flat(block)), on_lost)

    def close(self) -> None:
        """See `AudioSource`."""
        self._source.close()

    def taken(self, position: int) -> None:
        """See `PatientSource`; for a source behind that is one."""
        if isinstance(self._source, PatientSource):
            self._source.taken(position + _DELAY)

    def _flat(self, block: Block) -> Block:
        samples = self._filter.step(block.samples)
        return Block(samples, block.at - _DELAY / SAMPLE_RATE, block.position - _DELAY)


def _impulse() -> NDArray[np.float64]:
    """The filter, linear in phase: the wanted gains, cut off softly."""
    hz = np.fft.rfftfreq(_TAPS, 1 / SAMPLE_RATE)
    low, high = _BAND_HZ
    # Raised-cosine skirts: a brick wall would ring audibly around every syllable.
    edge = np.clip((hz - low * 0.7) / (low * 0.3), 0, 1) * np.clip((high * 1.15 - hz) / (high * 0.15), 0, 1)
    gain = (0.5 - 0.5 * np.cos(np.pi * edge)) * _lowered(hz) / _lowered(np.array(_UNITY_HZ))
    return np.asarray(np.roll(np.fft.irfft(gain, _TAPS), _DELAY) * np.hamming(_TAPS))


def _lowered(hz: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
    return np.asarray(1 / np.sqrt(1 + (2 * np.pi * hz * _DEEMPHASIS_S) ** 2))


_IMPULSE: Final = _impulse()
