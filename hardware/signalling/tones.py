"""Single tones in the sound: when each began and ended, and its frequency."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np

from hardware.audio.format import SAMPLE_RATE
from hardware.signalling.call import Call
from hardware.signalling.spectra import HOP, Spectra, strongest

_BAND_HZ = (280, 3050)
_PURE = 0.6
"""Share of a frame's energy that a tone must hold: at 10 dB of SNR it has 0.9, at 3 dB 0.7."""
_QUIETEST = 10**-6.0
"""Mean square, -60 dBFS: softer is cross-talk."""
_SAME = 0.015
"""Relative: frames of one tone differ less, tones of one system at least three times as much."""
_FADE = 15 * SAMPLE_RATE // 1000
"""A shorter hole in a tone is noise: no system sends the same tone twice within it."""
_NO_TONE: Final = 0.0
_SHORTEST_FRAMES = 3
_MEASURED_FRAMES = 400
"""Two seconds tell the frequency of a tone well enough."""


@dataclass(frozen=True, slots=True)
class Tone:
    """Positions are the middles of its first and last frame; `purity` is the share of frames that were it."""

    start: int
    end: int
    hz: float
    purity: float


class _Sounding:
    """A tone that goes on, begun by a frame at `hz`."""

    def __init__(self, start: int, hz: float) -> None:
        self.start = self.end = start
        self._mean = hz
        self._frames = 1
        self._turned: list[float] = []

    def is_at(self, hz: float) -> bool:
        return abs(hz / self._mean - 1) <= _SAME

    def go_on(self, position: int, hz: float, turned_hz: float) -> None:
        self.end = position
        self._frames += 1
        self._mean += (hz - self._mean) / self._frames
        if len(self._turned) < _MEASURED_FRAMES:
            self._turned.append(turned_hz)

    def tone(self) -> Tone | None:
        """None for what is too short to be one."""
        if self._frames < _SHORTEST_FRAMES:
            return None
        spanned = (self.end - self.start) / HOP + 1
        return Tone(self.start, self.end, _slope(self._turned), self._frames / spanned)


def _slope(turned: Sequence[float]) -> float:
    """The frequency of the straight line that fits a phase best: its steps, weighted by a parabola."""
    n = np.arange(1, len(turned) + 1)
    return float(np.average(turned, weights=n * (len(turned) + 1 - n)))


class ToneReader(Protocol):
    """What makes calls of tones."""

    def hear(self, ended: Sequence[Tone], sounding: Tone | None, now: int) -> list[Call]:
        """The tones that ended, the one that goes on, and the position heard up to; never raises."""
        ...


class ToneDecoder:
    """Feed spectra in order to all `readers`."""

    def __init__(self, readers: Sequence[ToneReader]) -> None:
        self._readers = tuple(readers)
        self._tracker = ToneTracker()

    def step(self, spectra: Spectra) -> list[Call]:
        """The next frames; the calls that are certain by now."""
        ended = self._tracker.step(spectra)
        now = spectra.middle + (len(spectra.power) - 1) * HOP
        return [call for reader in self._readers for call in reader.hear(ended, self._tracker.sounding, now)]


class ToneTracker:
    """Feed spectra in order; memory is constant."""

    def __init__(self) -> None:
        self._sounding: _Sounding | None = None
        self._hz_before = _NO_TONE

    @property
    def sounding(self) -> Tone | None:
        """The tone that goes on, as far as it has been heard."""
        return self._sounding.tone() if self._sounding else None

    def step(self, spectra: Spectra) -> list[Tone]:
        """The tones that ended in the next frames."""
        peaks = strongest(spectra, *_BAND_HZ)
        pure = (peaks.energy >= _PURE * spectra.total) & (peaks.energy >= _QUIETEST)
        heard = zip(np.where(pure, peaks.hz, _NO_TONE).tolist(), peaks.turned_hz.tolist(), strict=True)
        ended = [self._hear(spectra.middle + n * HOP, *frame) for n, frame in enumerate(heard)]
        return [tone for tone in ended if tone]

    def _hear(self, position: int, hz: float, turned_hz: float) -> Tone | None:
        """A second frame at a new frequency begins a tone: one odd frame does not cut another in two."""
        sounding, before = self._sounding, self._hz_before
        self._hz_before = hz
        if sounding and hz and sounding.is_at(hz):
            sounding.go_on(position, hz, turned_hz)
            return None
        if hz and before and abs(hz / before - 1) <= _SAME:
            self._sounding = _Sounding(position - HOP, before)
            self._sounding.go_on(position, hz, turned_hz)
            return sounding.tone() if sounding else None
        if sounding and position - sounding.end > _FADE:
            self._sounding = None
            return sounding.tone()
        return None
