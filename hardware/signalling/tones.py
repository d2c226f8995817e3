"""Single tones in the sound: when each began and ended, and its frequency."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np

from hardware.audio.format import SAMPLE_RATE
from hardware.signalling.call import Call
from hardware.signalling.spectra import HOP, QUIETEST, Spectra, strongest

_BAND_HZ = (280, 3050)
_BEGINS, _GOES_ON = 0.5, 0.3
"""Share of a frame's energy that a tone must hold: at 10 dB of SNR it has 0.9, at 3 dB about 0.6."""
_SAME, _SAME_HZ = 0.015, 10.0
"""Frames of one tone differ by less than one of these, relative or not; tones of one system by far more."""
_FADE = 25 * SAMPLE_RATE // 1000
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
        self._steps: list[tuple[int, float]] = []
        """Since when, in frames, and at what frequency the phase turned from one frame to the next."""

    def is_at(self, hz: float) -> bool:
        return _same(hz, self._mean)

    def go_on(self, position: int, hz: float, turned_hz: float) -> None:
        if position - self.end == HOP and len(self._steps) < _MEASURED_FRAMES:
            self._steps.append(((position - self.start) // HOP, turned_hz))
        self.end = position
        self._frames += 1
        self._mean += (hz - self._mean) / self._frames

    def tone(self) -> Tone | None:
        """None for what is too short to be one."""
        if self._frames < _SHORTEST_FRAMES:
            return None
        spanned = (self.end - self.start) / HOP + 1
        return Tone(self.start, self.end, _slope(self._steps), self._frames / spanned)


def _same(hz: float, other: float) -> bool:
    return abs(hz - other) <= max(_SAME * other, _SAME_HZ)


def _slope(steps: Sequence[tuple[int, float]]) -> float:
    """The frequency of the straight line that fits a phase best: its steps, weighted by a parabola."""
    when, hz = np.array(steps).T
    return float(np.average(hz, weights=when * (when[-1] + 1 - when)))


def _frames(spectra: Spectra) -> list[tuple[float, float, bool]]:
    """Of each frame: the frequency of its tone, as its phase turned, and whether the tone is pure."""
    if spectra.quiet:
        return [(_NO_TONE, _NO_TONE, False)] * len(spectra.total)
    peaks = strongest(spectra, *_BAND_HZ)
    share = np.where(peaks.energy >= QUIETEST, peaks.energy / spectra.total, 0)
    hz = np.where(share >= _GOES_ON, peaks.hz, _NO_TONE)
    return list(zip(hz.tolist(), peaks.turned_hz.tolist(), (share >= _BEGINS).tolist(), strict=True))


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
        ended = [
            self._hear(spectra.middle + n * HOP, hz, turned_hz, pure=pure)
            for n, (hz, turned_hz, pure) in enumerate(_frames(spectra))
        ]
        return [tone for tone in ended if tone]

    def _hear(self, position: int, hz: float, turned_hz: float, *, pure: bool) -> Tone | None:
        """A second pure frame at a new frequency begins a tone: an odd frame does not cut another in two."""
        sounding, before = self._sounding, self._hz_before
        self._hz_before = hz if pure else _NO_TONE
        if sounding and hz and sounding.is_at(hz):
            sounding.go_on(position, hz, turned_hz)
            return None
        if pure and before and _same(hz, before):
            self._sounding = _Sounding(position - HOP, before)
            self._sounding.go_on(position, hz, turned_hz)
            return sounding.tone() if sounding else None
        if sounding and position - sounding.end > _FADE:
            self._sounding = None
            return sounding.tone()
        return None
