"""Two-tone paging: one tone of about a second, then another of about three, call one pager or station."""

from collections.abc import Sequence
from typing import Final

from hardware.audio.format import SAMPLE_RATE
from hardware.signalling.call import Call
from hardware.signalling.spectra import HOP, WINDOW
from hardware.signalling.tones import Tone

_FIRST_S = (0.6, 1.6)
_SECOND_S = 2.0
"""Certain from here on: nothing else in use holds a tone so long after one of a second."""
_GAP = SAMPLE_RATE // 4
"""Most between the two tones."""
_ALONE = SAMPLE_RATE // 20
"""Least before the first: a tone that another runs into is a siren's, or drifts."""
_APART = 0.02
"""Relative. Neighbours in the paging series differ by 2.75 %, a drifting tone by less. Below 364 Hz
neighbours are within the 10 Hz of one tone, and no page."""
SILENCE_AFTER: Final = _GAP


class TwoTone:
    """Feed tones in order; pages are named by `known_hz`, if any are given. Memory is constant."""

    def __init__(self, known_hz: Sequence[float] = ()) -> None:
        self._known_hz = tuple(known_hz)
        self._before: Tone | None = None
        self._first: Tone | None = None
        self._told: int | None = None

    def hear(self, ended: Sequence[Tone], sounding: Tone | None, now: int) -> list[Call]:
        """See `ToneReader`."""
        del now
        calls: list[Call] = []
        for tone in ended:
            calls += self._page(tone)
            alone = self._before is None or tone.start - self._before.end > _ALONE
            self._first = tone if alone and _FIRST_S[0] <= _seconds(tone) <= _FIRST_S[1] else None
            self._before = tone
        return calls + (self._page(sounding) if sounding else [])

    def _page(self, second: Tone) -> list[Call]:
        first = self._first
        if first is None or second.start == self._told or _seconds(second) < _SECOND_S:
            return []
        if second.start - first.end > _GAP or abs(second.hz / first.hz - 1) < _APART:
            return []
        self._told = second.start
        named = [self._named(tone.hz) for tone in (first, second)]
        if None in named:
            return []
        page = "/".join(f"{hz:.1f}" for hz in named)
        start = max(0, first.start - (WINDOW - 2 * HOP) // 2)
        heard = f"{first.hz:.1f}/{second.hz:.1f}"
        return [Call("two-tone", page, "call", start, heard, confidence=round(second.purity, 2))]

    def _named(self, hz: float) -> float | None:
        """The known tone that this is, itself when none are known, None when it is none of them."""
        if not self._known_hz:
            return hz
        nearest = min(self._known_hz, key=lambda known: abs(known - hz))
        return nearest if abs(nearest / hz - 1) <= _APART / 2 else None


def _seconds(tone: Tone) -> float:
    return (tone.end - tone.start + HOP) / SAMPLE_RATE
