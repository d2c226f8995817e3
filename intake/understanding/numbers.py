"""Numbers as spoken: digits, "one two", "twenty one", 十二, and radio digits (幺 两 拐 勾 洞)."""

import re
from collections.abc import Sequence

_SAID = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_UNITS = {word: str(value) for value, word in enumerate(_SAID)}
_UNITS |= {"oh": "0", "o": "0", "fife": "5", "niner": "9"}
_TENS = {"twenty": "20", "thirty": "30", "forty": "40", "fifty": "50"}
_TENS |= {"sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90"}
_TENS_SAID = {int(digits) // 10: word for word, digits in _TENS.items()}
_HUNDRED = 100
ENGLISH = {**_UNITS, **_TENS}

HEARD_AS = {
    "won": "1", "wun": "1", "want": "1", "to": "2", "too": "2", "tu": "2", "tues": "2", "tube": "2",
    "tree": "3", "free": "3", "for": "4", "fore": "4", "fi": "5", "fine": "5", "sex": "6", "sick": "6",
    "sicks": "6", "ate": "8", "nein": "9", "tan": "10",
}  # fmt: skip
"""Words recognisers write for a number; a number only straight after a word that asks for one."""

_MOST_DIGITS = 6
"""Nothing on a site is numbered higher, and no text may cost more to read."""

CHINESE_DIGITS = dict(zip("零洞〇一幺二两三四五六七拐八九勾", "0001122345677899", strict=True))
CHINESE_HEARD_AS = dict(
    zip(
        "散伞叁山儿耳贰俩尔刘柳陆溜武伍舞吴奇柒捌巴酒久玖腰妖夭壹依肆寺",
        "3333222226666555577889991111144",
        strict=True,
    )
)
"""Characters of the same sound, a number only straight after a call sign's family."""
CHINESE = r"[\d零洞〇一幺二两三四五六七拐八九勾十]+"
CHINESE_ONE_SCRIPT = r"(?:\d+|[零洞〇一幺二两三四五六七拐八九勾十]+)"
"""Digits or characters, not both: a plate and a platform run together (G12345三站台) are two numbers."""


def english_digits(words: Sequence[str]) -> str | None:
    """The digits these words write when they are said one after the other; "twenty one" is 21."""
    text, after_tens = "", False
    for word in words:
        digits = word if word.isdecimal() else ENGLISH.get(word)
        if digits is None:
            return None
        joins = after_tens and len(digits) == 1 and digits != "0"
        text = text[:-1] + digits if joins else text + digits
        after_tens = word in _TENS
    return text


def english_value(words: Sequence[str]) -> int | None:
    """The number these words say together."""
    return _small(english_digits(words) or "")


def english_words(word: str) -> tuple[str, ...]:
    """How a number written in digits is said; any other word is itself."""
    if not (word.isascii() and word.isdecimal()) or len(word) > _MOST_DIGITS:
        return (word,)
    return tuple(min(sorted(english_ways(int(word))), key=len).split())


def english_ways(number: int) -> frozenset[str]:
    """Every usual way to say a number: "twelve", "one two"; "twenty one", "two one"."""
    digit_by_digit = " ".join(_SAID[int(digit)] for digit in str(number))
    if number < len(_SAID):
        return frozenset((_SAID[number], digit_by_digit))
    if number >= _HUNDRED:
        return frozenset((digit_by_digit,))
    tens, unit = _TENS_SAID[number // 10], number % 10
    return frozenset((f"{tens} {_SAID[unit]}" if unit else tens, digit_by_digit))


def chinese_digits(text: str) -> str:
    """The digits these characters say one by one: 幺洞洞三 is 1003."""
    return "".join(CHINESE_DIGITS.get(one, one) for one in text)


def chinese_value(text: str) -> int | None:
    """The number these characters say: 十二, 一二, 幺洞洞三, 12."""
    return _with_ten(text) if "十" in text else _small(chinese_digits(text))


def _with_ten(text: str) -> int | None:
    match = re.fullmatch(r"([一二两三四五六七八九]?)十([一二三四五六七八九]?)", text)
    if match is None:
        return None
    tens = int(CHINESE_DIGITS[match[1]]) if match[1] else 1
    return tens * 10 + (int(CHINESE_DIGITS[match[2]]) if match[2] else 0)


def _small(text: str) -> int | None:
    return int(text) if 0 < len(text) <= _MOST_DIGITS and text.isdecimal() and text.isascii() else None
