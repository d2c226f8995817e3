"""Figures from what really passed: percentiles, and how many words a recogniser got wrong. Pure."""

import re
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import Levenshtein

_SPOKEN = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_DIGITS = {str(digit): word for digit, word in enumerate(_SPOKEN)}
_WORD = re.compile(r"[a-z']+|[0-9]|[\u4e00-\u9fff]")


def percentile(values: Iterable[float], share: float) -> float | None:
    """Nearest rank: the smallest value that `share` (0..1) of `values` do not exceed; None without any."""
    ordered = sorted(values)
    if not ordered:
        return None
    rank = max(1, -(-len(ordered) * round(share * 1000) // 1000))
    return ordered[rank - 1]


def words_of(text: str) -> list[str]:
    """The words as spoken: lower case, digits as words, Chinese by character, no punctuation."""
    return [_DIGITS.get(word, word) for word in _WORD.findall(text.lower())]


def word_errors(said: str, heard: str) -> tuple[int, int]:
    """Wrong, missing and added words, and the words that were said."""
    reference = words_of(said)
    return Levenshtein.distance(reference, words_of(heard)), len(reference)


def word_error_rate(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Over all pairs of said and heard; None when nothing was said."""
    counts = [word_errors(said, heard) for said, heard in pairs]
    words = sum(said for _, said in counts)
    return sum(wrong for wrong, _ in counts) / words if words else None
