"""Whole English call signs by their sound: "the trophore" for "patrol four".

Recognisers run family and number together, or hear both wrong; only the site's own call signs decide what it
may have been. Where two are as near, it stays unknown. What is found so is never trusted to move anybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from intake.understanding import numbers
from intake.understanding.families import Family
from intake.understanding.sounds_english import apart, sound_of

_NEAR = 0.40
"""Farthest apart a heard call sign may be; at 20 dB nineteen in twenty found so are right (bench heard)."""
_MARGIN = 0.02
"""How much nearer than the second best it must be."""
_RUN_TOGETHER = 0.15
"""Added where the last word is no number by itself: then the number is in the word, or not there at all."""
_LIKE = 0.4
"""Farthest apart of a single word, which is looked at closely only together with its neighbours."""
_LIKE_A_FAMILY = 0.2
"""The same for a family's name, which is longer and stands first."""
_RHYMES = frozenset({"who", "you", "do"})
"""Too short to be compared, and heard for "two" again and again (bench heard)."""
_MOST_WORDS = 4
_SHORTEST = 4
"""Sounds there must be; less says nothing."""
_LOOKED_AT = 12
"""Call signs compared closely, of any number a site has."""


@dataclass(frozen=True, slots=True)
class SpokenSigns:
    """Every call sign of a site by the sound of its family and number.

    `units` and `bare`, the sound of the family alone, are in the order of `sounds`.
    """

    sounds: tuple[str, ...]
    units: tuple[str, ...]
    bare: tuple[str, ...]
    families: frozenset[str]
    numbers: frozenset[str]

    @classmethod
    def of(cls, families: Sequence[Family]) -> "SpokenSigns":
        """The sounds of all call signs: "patrol twelve" and "patrol one two" are two of one unit."""
        pairs = [
            (_sound(f"{family.before} {said}".split()), unit, _sound(family.before.split()))
            for family in families
            for number, unit in family.ids.items()
            for said in sorted(numbers.english_ways(number))
        ]
        said = {
            word
            for family in families
            for number in family.ids
            for word in numbers.english_words(str(number))
        }
        return cls(
            sounds=tuple(sound for sound, _, _ in pairs),
            units=tuple(unit for _, unit, _ in pairs),
            bare=tuple(family for _, _, family in pairs),
            families=frozenset(_sound(family.before.split()) for family in families),
            numbers=frozenset(map(sound_of, said)),
        )

    def like_a_family(self, word: str) -> bool:
        """Whether a word alone may be a family's name misheard ("respond" for "response")."""
        return any(apart(sound_of(word), family) <= _LIKE_A_FAMILY for family in self.families)

    def like_a_number(self, word: str) -> bool:
        """Whether a word alone may be one of the numbers misheard ("floor" for "four")."""
        return word in _RHYMES or any(apart(_sound([word]), number) <= _LIKE for number in self.numbers)

    def find(self, words: Sequence[str], *, most: int = _MOST_WORDS) -> tuple[int, str] | None:
        """How many of the first `words` are a call sign, and of which unit; None when none surely is."""
        near = [
            (apart(heard, self.sounds[index]) + run_together, count, self.units[index])
            for count in range(1, min(most, len(words)) + 1)
            if len(heard := _sound(words[:count])) >= _SHORTEST
            for run_together in (0.0 if self.like_a_number(words[count - 1]) else _RUN_TOGETHER,)
            for index in self._likely(heard)
            if self._has_a_number(heard, index)
        ]
        best = min(near, default=None)
        if best is None or best[0] > _NEAR:
            return None
        second = min((distance for distance, _, unit in near if unit != best[2]), default=1.0)
        return (best[1], best[2]) if second - best[0] >= _MARGIN else None

    def _has_a_number(self, heard: str, index: int) -> bool:
        """Whether what was heard is nearer to the whole call sign than to its family alone."""
        return apart(heard, self.sounds[index]) < apart(heard, self.bare[index])

    def _likely(self, heard: str) -> list[int]:
        found = process.extract(heard, self.sounds, scorer=Levenshtein.normalized_distance, limit=_LOOKED_AT)
        return [index for _, _, index in found]


def _sound(words: Sequence[str]) -> str:
    return "".join(sound_of(each) for word in words for each in numbers.english_words(word))
