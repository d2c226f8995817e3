"""Five-tone selective calling: an id as five tones, one after the other without a gap.

A digit equal to the one before it is sent as the repeat tone, so neighbours always differ. Exactly five
tones are an id: speech gives one or two now and then, other signalling gives more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from hardware.audio.format import SAMPLE_RATE
from hardware.signalling.call import Call
from hardware.signalling.five_tone_tables import REPEAT, FiveToneTable
from hardware.signalling.spectra import HOP, WINDOW
from hardware.signalling.tones import Tone

DIGITS: Final = 5
_TOLERANCE = 0.02
"""Radios keep 1.5 %; the rest is the measurement's."""
_LINK = 40 * SAMPLE_RATE // 1000
"""Most from the last frame of a tone to the first of the next: 15 ms of gap, and the frames between them."""
_SHORTEST, _LONGEST = 0.75, 1.3
"""Of a tone's nominal length: from one beginning to the next."""
_FIRST_AND_LAST = 0.5
"""They are at least so much of it, and may be longer: some radios wake receivers with a long first tone."""
_DECISIVE = 2
"""EEA and EIA share three tones: which of the two it was must be beyond doubt, or it was neither."""
_LONGEST_TONE = 3 * SAMPLE_RATE // 2
SILENCE_AFTER: Final = 2 * _LINK
"""Samples after the last tone until it surely was the last."""


@dataclass(frozen=True, slots=True)
class _Reading:
    kind: str
    digits: str
    misfit: float
    """0 for tones and lengths exactly as in the table, 1 for those at the edge of what is accepted."""


class FiveTone:
    """Feed tones in order; of `tables` the best fit wins, among equals the first. Memory is constant."""

    def __init__(self, tables: Mapping[str, FiveToneTable]) -> None:
        self._tables = tables
        self._chain: list[Tone] = []

    def hear(self, ended: Sequence[Tone], sounding: Tone | None, now: int) -> list[Call]:
        """See `ToneReader`."""
        calls: list[Call] = []
        for tone in ended:
            if self._chain and tone.start - self._chain[-1].end > _LINK:
                calls += self._read()
            # A sixth tone is one too many, however many follow.
            self._chain = [*self._chain[:DIGITS], tone]
        if self._chain and (sounding.start if sounding else now) - self._chain[-1].end > _LINK:
            calls += self._read()
        return calls

    def _read(self) -> list[Call]:
        tones, self._chain = self._chain, []
        if len(tones) != DIGITS:
            return []
        readings = [_reading(tones, name, table) for name, table in self._tables.items()]
        best = _decisive([one for one in readings if one])
        if best is None:
            return []
        purity = sum(tone.purity for tone in tones) / DIGITS
        start = max(0, tones[0].start - (WINDOW - 2 * HOP) // 2)
        return [Call(best.kind, _spelt(best.digits), "ptt-id", start, best.digits, 0, round(purity, 2))]


def _decisive(readings: Sequence[_Reading]) -> _Reading | None:
    """The one that fits best, if none with other digits fits nearly as well; the first of equals."""
    best = min(readings, key=lambda one: one.misfit, default=None)
    rivals = [one for one in readings if best and one.digits != best.digits]
    return None if best and any(one.misfit < _DECISIVE * best.misfit for one in rivals) else best


def _reading(tones: Sequence[Tone], kind: str, table: FiveToneTable) -> _Reading | None:
    lengths = _length_misfit(tones, table.tone_ms * SAMPLE_RATE / 1000)
    if lengths is None:
        return None
    sent, off = "", 0.0
    for tone in tones:
        offs = [abs(tone.hz / hz - 1) for hz in table.tones]
        nearest = offs.index(min(offs))
        if offs[nearest] > _TOLERANCE:
            return None
        sent += "E" if nearest == REPEAT else str(nearest)
        off += offs[nearest]
    if sent.startswith("E") or "EE" in sent:
        return None
    return _Reading(kind, sent, (off / DIGITS / _TOLERANCE + lengths) / 2)


def _length_misfit(tones: Sequence[Tone], nominal: float) -> float | None:
    """How far the tones' length is off, 1 at most; None when it is not this system's.

    From the second beginning to the fifth: three whole tones, whatever the first and the last are like.
    """
    begins = [tone.start for tone in tones]
    inner = [after - before for before, after in pairwise(begins[1:])]
    if not all(_SHORTEST * nominal - HOP <= length <= _LONGEST * nominal + HOP for length in inner):
        return None
    outer = [begins[1] - begins[0], tones[-1].end - tones[-1].start]
    if not all(_FIRST_AND_LAST * nominal - 2 * HOP <= length <= _LONGEST_TONE for length in outer):
        return None
    mean = sum(inner) / len(inner) / nominal
    return min(1.0, abs(mean - 1) / (_LONGEST - 1)) if _SHORTEST <= mean <= _LONGEST else None


def _spelt(sent: str) -> str:
    """The digits, with each repeat tone as the digit it repeats."""
    spelt = ""
    for digit in sent:
        spelt += spelt[-1] if digit == "E" else digit
    return spelt
