"""How an over begins, heard wholly wrong: "then here from the shoulder three" for "center from patrol three".

Tried only where no call sign was found at all. The whole phrase is compared, the centre's name with the
unit's, because together they are long enough to be told from what is said by chance, known words or not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from intake.understanding import numbers
from intake.understanding.families import Family
from intake.understanding.sounds_english import apart, sound_of

_NEAR = 0.31
"""Farthest apart an opening may be; at 10 dB nine in ten found so are right (bench heard)."""
_MARGIN = 0.04
"""How much nearer than the second best unit it must be."""
_SHORTEST = 6
"""Sounds there must be; less says nothing."""
_LOOKED_AT = 5
"""Openings compared closely, of any number a site has."""


@dataclass(frozen=True, slots=True)
class SpokenOpenings:
    """Every way to begin with a call sign, by its sound; `bare` is the same without the number.

    `sounds`, `units` and `bare` are in one order.
    """

    sounds: tuple[str, ...]
    units: tuple[str, ...]
    bare: tuple[str, ...]

    @classmethod
    def of(cls, families: Sequence[Family], centre: Sequence[str]) -> "SpokenOpenings":
        """The call signs of `families` alone, and behind each name of the centre."""
        before = ("", *(f"{name}{word}" for name in centre for word in (" ", " from ")))
        rows = [
            (sound(f"{said}{family.before} {number}"), unit, sound(f"{said}{family.before}"))
            for said in before
            for family in families
            for value, unit in family.ids.items()
            for number in sorted(numbers.english_ways(value))
        ]
        sounds, units, bare = zip(*rows, strict=True) if rows else ((), (), ())
        return cls(sounds, units, bare)

    def find(self, words: Sequence[str], ends: Mapping[int, float]) -> tuple[int, str] | None:
        """How many of the first `words` are an opening, and of which unit; None when none surely is.

        `ends` are the counts of words an opening may have, each with what speaks against it.
        """
        near = [
            (apart(heard, self.sounds[index]) + against, count, index)
            for count, against in ends.items()
            if len(heard := sound(" ".join(words[:count]))) >= _SHORTEST
            for index in self._likely(heard)
        ]
        best = min(near, default=None)
        if best is None or best[0] > _NEAR or not self._has_a_number(words[: best[1]], best[2]):
            return None
        unit = self.units[best[2]]
        second = min((distance for distance, _, index in near if self.units[index] != unit), default=1.0)
        return (best[1], unit) if second - best[0] >= _MARGIN else None

    def _has_a_number(self, words: Sequence[str], index: int) -> bool:
        """Whether what was heard is nearer to the whole opening than to the same without its number."""
        heard = sound(" ".join(words))
        return apart(heard, self.sounds[index]) < apart(heard, self.bare[index])

    def _likely(self, heard: str) -> list[int]:
        found = process.extract(heard, self.sounds, scorer=Levenshtein.normalized_distance, limit=_LOOKED_AT)
        return [index for _, _, index in found]


def sound(text: str) -> str:
    """The sound classes of several words, run together."""
    return "".join(sound_of(each) for word in text.split() for each in numbers.english_words(word))
