"""DTMF: an id as a string of touch tones.

Frames become digits, digits a string. A string is believed only when its digits come in an even rhythm and
nothing in it or beside it was half heard: a wrong id is worse than none.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from hardware.audio.format import SAMPLE_RATE
from hardware.signalling.call import Call
from hardware.signalling.spectra import HOP, Spectra
from hardware.signalling.touch_tones import KEYS, NO_KEY, touched


def _ms(milliseconds: int) -> int:
    return SAMPLE_RATE * milliseconds // 1000


LONGEST_ID: Final = 16
_SURE_FRAMES = 4
"""A digit of 40 ms has five that lie inside it nearly whole."""
_HALF_HEARD_FRAMES = 3
_SURE_SHARE = 0.45
"""Of a string's frames: 0.7 at 2 dB of SNR. With fewer, one more digit may be lost without a trace."""
_EDGE = 0.25
"""Of a digit's loudest frame: a frame half filled by the digit is its edge."""
_FLUTTER = _ms(35)
"""A shorter gap inside one digit is a fade; radios leave 40 ms and more between equal digits."""
_LONE_WAIT, _LONGEST_WAIT = _ms(600), _ms(1500)
_WAIT_RHYTHMS = 3.5
"""A string has ended when two lost digits would have been followed by a third."""
_UNEVEN, _BLUR = 1.8, _ms(10)
"""The gap around a lost digit is more than twice the others, the blur of its edges aside."""
_LONGEST_STRING = LONGEST_ID + 3
"""With a half heard digit at either end, and one that makes it too long, however many follow."""
SILENCE_AFTER: Final = _LONGEST_WAIT + _FLUTTER + _ms(20)
"""Samples after the last digit until the string has surely ended."""


@dataclass(slots=True)
class _Digit:
    """One key while it is heard; positions are of the middles of its first and last frame."""

    key: int
    first: int
    last: int
    loudest: float
    frames: int = 0
    sure_frames: int = 0

    @property
    def sure(self) -> bool:
        return self.sure_frames >= _SURE_FRAMES


class Dtmf:
    """Feed spectra in order; `lengths` are the numbers of digits an id may have. Memory is constant."""

    def __init__(self, lengths: Iterable[int]) -> None:
        self._lengths = frozenset(lengths)
        self._string: list[_Digit] = []
        self._digit: _Digit | None = None
        self._key_before = NO_KEY

    def step(self, spectra: Spectra) -> list[Call]:
        """The next frames; the strings that ended in them."""
        frames = touched(spectra)
        if self._digit is None and not self._string and frames.keys.max() == NO_KEY:
            self._key_before = NO_KEY
            return []
        calls: list[Call] = []
        heard = zip(frames.keys.tolist(), frames.sure.tolist(), frames.energy.tolist(), strict=True)
        for n, (key, sure, energy) in enumerate(heard):
            position = spectra.middle + n * HOP
            self._hear(position, key, energy, sure=sure)
            if self._has_ended(position):
                calls += self._believed()
                self._string = []
        return calls

    def _hear(self, position: int, key: int, energy: float, *, sure: bool) -> None:
        """A second frame of the same key begins a digit, so that one odd frame cannot cut another in two."""
        if self._digit and key == self._digit.key and energy >= self._digit.loudest * _EDGE:
            self._go_on(self._digit, position, energy, sure=sure)
        elif key != NO_KEY and key == self._key_before and (self._digit is None or key != self._digit.key):
            self._end_digit()
            self._digit = _Digit(key, position - HOP, position - HOP, energy, frames=1)
            self._go_on(self._digit, position, energy, sure=sure)
        if self._digit and position - self._digit.last >= _FLUTTER:
            self._end_digit()
        self._key_before = key

    @staticmethod
    def _go_on(digit: _Digit, position: int, energy: float, *, sure: bool) -> None:
        digit.last = position
        digit.loudest = max(digit.loudest, energy)
        digit.frames += 1
        digit.sure_frames += sure

    def _end_digit(self) -> None:
        digit, self._digit = self._digit, None
        if digit and digit.frames >= _HALF_HEARD_FRAMES:
            self._string = _joined(self._string, digit)[-_LONGEST_STRING:]

    def _has_ended(self, position: int) -> bool:
        return bool(self._string) and not self._digit and position - self._string[-1].last > self._wait()

    def _wait(self) -> int:
        rhythm = max((after.first - before.first for before, after in pairwise(self._string)), default=0)
        return min(round(_WAIT_RHYTHMS * rhythm), _LONGEST_WAIT) if rhythm else _LONE_WAIT

    def _believed(self) -> list[Call]:
        digits = _trimmed(self._string)
        if len(digits) not in self._lengths or not all(digit.sure for digit in digits) or _uneven(digits):
            return []
        share = sum(digit.sure_frames for digit in digits) / sum(digit.frames for digit in digits)
        if share < _SURE_SHARE:
            return []
        keys = "".join(KEYS[digit.key] for digit in digits)
        return [Call("dtmf", keys, "ptt-id", max(0, digits[0].first - HOP), keys, confidence=round(share, 2))]


def _joined(string: list[_Digit], digit: _Digit) -> list[_Digit]:
    """The string with one more digit; of half heard ones in a row, as in speech, the nearest."""
    if not string or digit.sure or string[-1].sure:
        return [*string, digit]
    return string if any(one.sure for one in string) else [digit]


def _trimmed(string: list[_Digit]) -> list[_Digit]:
    """Without a half heard first or last that does not keep the time of the others: it is speech."""
    digits = string
    for end, inner in ((0, slice(1, None)), (-1, slice(None, -1))):
        if digits and not digits[end].sure and not _in_time(digits, digits[inner]):
            digits = digits[inner]
    return digits


def _in_time(digits: list[_Digit], others: list[_Digit]) -> bool:
    """Do all digits keep the time that the others keep among themselves?"""
    gaps, other_gaps = _gaps(digits), _gaps(others)
    return not other_gaps or (max(gaps) <= _longest_gap(other_gaps) and 2 * min(gaps) >= min(other_gaps))


def _uneven(digits: list[_Digit]) -> bool:
    gaps = _gaps(digits)
    return bool(gaps) and max(gaps) > _longest_gap(gaps)


def _longest_gap(gaps: list[int]) -> float:
    return _UNEVEN * min(gaps) + _BLUR


def _gaps(digits: list[_Digit]) -> list[int]:
    return [after.first - before.last for before, after in pairwise(digits)]
