"""Texts word by word: what engines heard, compared as it was spoken. Pure."""

import re

from rapidfuzz.distance import Levenshtein

_SPOKEN = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_DIGITS = {str(digit): word for digit, word in enumerate(_SPOKEN)}
_WORD = re.compile(r"[\u4e00-\u9fff]|[0-9]|(?:[^\W\d_\u4e00-\u9fff]|')+")


def words_of(text: str) -> list[str]:
    """The words as spoken: lower case, digits as words, Chinese by character, no punctuation."""
    return [_DIGITS.get(word, word) for word in _WORD.findall(text.lower())]


def word_errors(said: str, heard: str) -> tuple[int, int]:
    """Wrong, missing and added words, and the words that were said."""
    reference = words_of(said)
    return Levenshtein.distance(reference, words_of(heard)), len(reference)
