"""People, weapons, vehicles, plates, descriptions, train and carriage numbers, in normal text."""

import re
from collections.abc import Iterator

from intake.understanding import numbers
from intake.understanding.lexicon import Lexicon
from intake.understanding.model import Entity, EntityKind

_SPELLING = {
    word: word[0].upper()
    for line in (
        "alpha alfa bravo charlie delta echo foxtrot golf hotel india juliet juliett kilo lima mike november",
        "oscar papa quebec romeo sierra tango uniform victor whiskey xray yankee zulu",
    )
    for word in line.split(" ")
}
"""The ICAO spelling alphabet, by which plates are read out."""
_ASKS_FOR_PLATE = re.compile(
    r" (?:plates?|registration|tag|license|licence)(?: (?:plate|number|no|is|reads|reg|of|'s))*(?![^ ])"
)
_TRAIN = re.compile(r" train(?: (?:number|no|service))*(?![^ ])")
_CARRIAGE = re.compile(r" (?:carriage|coach)(?: (?:number|no))*(?![^ ])")
_LONGEST_PLATE, _LONGEST_TRAIN, _LONGEST_CARRIAGE = 8, 5, 2
"""Characters: of plates in any country, of train numbers ("G1234"), of carriages ("16")."""

_ZH_DIGIT = numbers.CHINESE
_ZH_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][a-z]"
    r"(?:[0-9a-z]{5,6}|[0-9a-z零洞〇一幺二两三四五六七拐八九勾]{5,6})"
)
_ZH_TRAIN = re.compile(rf"(?<![a-z])[gdcztkys](?:{_ZH_DIGIT})次?|(?:{_ZH_DIGIT})次(?=列车|车)")
_ZH_CARRIAGE = re.compile(rf"({_ZH_DIGIT})号?车厢")
_PAIRS: tuple[tuple[EntityKind, re.Pattern[str], int], ...] = (
    ("plate", _ASKS_FOR_PLATE, _LONGEST_PLATE),
    ("train", _TRAIN, _LONGEST_TRAIN),
    ("carriage", _CARRIAGE, _LONGEST_CARRIAGE),
)


def find_entities(text: str, lexicon: Lexicon) -> Iterator[Entity]:
    """Every entity of `text` (Marked.named): by the vocabulary's `[entity]` lists, and numbers by rule."""
    for kind, pattern in lexicon.entities.items():
        for match in pattern.finditer(text):
            if kind == "weapon" or len(match[0]) > 1:  # a lone 人 or 车 is part of another word
                yield Entity(kind, match[0].strip())
    yield from _chinese_numbers(text) if lexicon.lang == "zh" else _english_numbers(text)


def _english_numbers(text: str) -> Iterator[Entity]:
    for kind, pattern, longest in _PAIRS:
        for match in pattern.finditer(text):
            words, value = _spelled(text[match.end() :].split(" ")[1:], longest)
            if any(character.isdecimal() for character in value):
                yield Entity(kind, f"{match[0].strip()} {words}", value)


def _spelled(words: list[str], longest: int) -> tuple[str, str]:
    """The words that spell letters and digits one after the other, and what they spell."""
    value, taken = "", 0
    for word in words:
        piece = _SPELLING.get(word) or numbers.ENGLISH.get(word) or (word.upper() if _is_code(word) else None)
        if piece is None or len(value) + len(piece) > longest:
            break
        value, taken = value + piece, taken + 1
    return " ".join(words[:taken]), value


def _is_code(word: str) -> bool:
    return word.isascii() and (word.isdecimal() or (len(word) == 1 and word.isalpha() and word != "a"))


def _chinese_numbers(text: str) -> Iterator[Entity]:
    for match in _ZH_PLATE.finditer(text):
        yield Entity("plate", match[0], numbers.chinese_digits(match[0]).upper())
    for match in _ZH_TRAIN.finditer(_ZH_PLATE.sub("", text)):
        yield Entity("train", match[0], numbers.chinese_digits(match[0].removesuffix("次")).upper())
    for match in _ZH_CARRIAGE.finditer(text):
        number = numbers.chinese_value(match[1])
        yield Entity("carriage", match[0], str(number) if number is not None else None)
