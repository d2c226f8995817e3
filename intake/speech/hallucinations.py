"""Text no one said: engines fall back on subtitles and loops where they hear nothing they know.

A gated text is not lost: it is listed beside the queue with this reason and can be pulled in by hand.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

NO_WORDS, PHRASE, LOOP, RATE = "no_words", "phrase", "loop", "rate"

LOOP_REPEATS = 3
LOOP_WORDS = 5
"""A piece of up to this many words, said `LOOP_REPEATS` times in a row, is an engine going round."""
CHARACTER_REPEATS = 4
"""Chinese doubles and triples single characters in plain speech, so a lone one must repeat more often."""
WORDS_PER_SECOND = 6.0
CHARACTERS_PER_SECOND = 10.0
"""Faster than hurried speech: English words, Chinese characters."""
LEAST_SECONDS = 1.0
"""Rates of shorter speech say nothing: the speech gate misses the edges of words."""

_TOKEN = re.compile(r"[\u4e00-\u9fff]|[^\W_\u4e00-\u9fff]+(?:['’][^\W_]+)?")


def gate_text(text: str, seconds: float, speech_ratio: float) -> str | None:
    """Why `text` must not enter the queue, or None.

    `seconds` is the length of the over, `speech_ratio` the share of it that is speech.
    """
    words = tuple(_TOKEN.findall(text.lower().replace("’", "'")))
    if not words:
        return NO_WORDS
    if _is_invented(words):
        return PHRASE
    if _goes_round(words):
        return LOOP
    if _seconds_needed(words) > max(seconds * speech_ratio, LEAST_SECONDS):
        return RATE
    return None


def _is_invented(words: tuple[str, ...]) -> bool:
    phrases = _phrases()
    said = f" {' '.join(words)} "
    return said in phrases.alone or any(phrase in said for phrase in phrases.anywhere)


def _goes_round(words: tuple[str, ...]) -> bool:
    return any(
        _repeats(words, start, size)
        for size in range(1, LOOP_WORDS + 1)
        for start in range(len(words) - size * LOOP_REPEATS + 1)
    )


def _repeats(words: tuple[str, ...], start: int, size: int) -> bool:
    piece = words[start : start + size]
    times = CHARACTER_REPEATS if size == 1 and _is_chinese(piece[0]) else LOOP_REPEATS
    if words[start : start + size * times] != piece * times:
        return False
    phrases = _phrases()
    twice = f" {' '.join(piece * 2)} "  # the piece may begin amid a cry: "fired shots"
    if any(cry in twice for cry in phrases.cries):
        return False
    return f" {' '.join(piece)} " not in phrases.repeatable and not phrases.repeatable_words.issuperset(piece)


def _seconds_needed(words: tuple[str, ...]) -> float:
    characters = sum(map(_is_chinese, words))
    return characters / CHARACTERS_PER_SECOND + (len(words) - characters) / WORDS_PER_SECOND


def _is_chinese(word: str) -> bool:
    return "\u4e00" <= word[0] <= "\u9fff"


@dataclass(frozen=True, slots=True)
class _Phrases:
    """Each phrase as its words between spaces, so that a match is a match of whole words."""

    alone: frozenset[str]
    anywhere: frozenset[str]
    repeatable: frozenset[str]
    cries: frozenset[str]
    repeatable_words: frozenset[str]


def _spaced(phrase: str) -> str:
    return f" {' '.join(_TOKEN.findall(phrase))} "


@cache
def _phrases() -> _Phrases:
    packaged = files("intake.speech").joinpath("hallucinations.toml").read_text(encoding="utf-8")
    table = tomllib.loads(packaged)
    lists = {key: frozenset(map(_spaced, table[key])) for key in table}
    repeatable = lists["repeatable"]
    return _Phrases(
        alone=lists["alone"],
        anywhere=lists["anywhere"],
        repeatable=repeatable,
        cries=lists["cries"],
        repeatable_words=frozenset(phrase.strip() for phrase in repeatable if phrase.count(" ") == 2),  # noqa: PLR2004  # one word between two spaces
    )
