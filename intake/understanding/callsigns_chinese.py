"""Chinese call signs: the family's name, or its like in sound, and a number the site has."""

import re
from collections.abc import Iterator

from intake.understanding import numbers
from intake.understanding.families import Family
from intake.understanding.lexicon import Lexicon
from intake.understanding.model import ALIKE, Mention
from intake.understanding.sounds import chinese_key

_Found = tuple[int, tuple[str, ...], str, float]
"""Where the call sign ends, its units, the rule, and how far the rule is trusted."""

_BY_SOUND = "unit by sound of call sign"
_EMERGENCY = {"110", "119", "120", "122"}
"""Numbers other agencies are called by: 巡逻二120到了 is two names."""
_RADIO_DIGITS = 3
"""Digits a radio number needs at least to name a unit without its family."""


def chinese_callsigns(text: str, lexicon: Lexicon) -> Iterator[Mention]:
    """Call signs in characters run together."""
    at = 0
    while at < len(text):
        found = (
            _chinese_radio(text, at, lexicon)
            or _chinese_family(text, at, lexicon)
            or _number_first(text, at, lexicon)
        )
        if found is None:
            at += 1
            continue
        until, ids, rule, trust = found
        yield Mention(at, until, ids, text[at:until], rule, trust)
        at = until


def _chinese_radio(text: str, at: int, lexicon: Lexicon) -> _Found | None:
    run = re.compile(numbers.CHINESE).match(text, at)
    if run is None:
        return None
    for until in range(run.end(), at + _RADIO_DIGITS - 1, -1):
        unit = lexicon.names.radios.get(numbers.chinese_digits(text[at:until]))
        if unit:
            return until, (unit,), "unit by radio number", 1.0
    return None


def _chinese_family(text: str, at: int, lexicon: Lexicon) -> _Found | None:
    for family in lexicon.names.units:
        until = at + len(family.before)
        heard = text[at:until]
        exact = heard == family.before
        if not exact and chinese_key(heard, loose=True) != chinese_key(family.before, loose=True):
            continue
        run = re.compile(numbers.CHINESE).match(text, until)
        if run is None:
            found = _heard_number(text, until, family)
            if found:
                return found
            continue
        end, ids = _chinese_number(text, run, family, lexicon)
        if end == until:
            continue
        rule, trust = ("unit by call sign", 1.0) if exact else (_BY_SOUND, ALIKE)
        return (*_chinese_more(text, end, ids, family), rule, trust)
    return None


def _number_first(text: str, at: int, lexicon: Lexicon) -> _Found | None:
    """六号巡逻, where no number follows and no other word is begun (六号巡逻车)."""
    for family in lexicon.names.units:
        said = re.compile(rf"({numbers.CHINESE})号{family.before}(?!{numbers.CHINESE}|[车员队线点岗路])")
        run = said.match(text, at)
        unit = family.ids.get(numbers.chinese_value(run[1]) or 0) if run else None
        if run and unit:
            return run.end(), (unit,), "unit by call sign", 1.0
    return None


def _heard_number(text: str, at: int, family: Family) -> _Found | None:
    """A character that sounds like a number (巡逻儿 for 巡逻二)."""
    unit = family.ids.get(int(numbers.CHINESE_HEARD_AS.get(text[at : at + 1], "0")))
    return (at + 1 + text.startswith("号", at + 1), (unit,), _BY_SOUND, ALIKE) if unit else None


def _chinese_number(
    text: str, run: re.Match[str], family: Family, lexicon: Lexicon
) -> tuple[int, tuple[str, ...]]:
    """Splits the digits after a family between the call sign and what follows it."""
    digits, until = run[0], run.end()
    if len(digits) > 1 and _place_follows(text, until, lexicon):
        for cut in range(1, len(digits)):
            unit = family.ids.get(numbers.chinese_value(digits[:cut]) or 0)
            if unit and numbers.chinese_value(digits[cut:]) is not None:
                return run.start() + cut, (unit,)
    if len(digits) > len(agency := digits[-3:]) and numbers.chinese_digits(agency) in _EMERGENCY:
        digits, until = digits[:-3], until - 3
    if len(digits) > 1 and lexicon.counted.match(text, until):
        count = _count_at_end(digits, family)
        digits, until = digits[:-count], until - count
    return _whole_number(text, until, digits, family)


def _count_at_end(digits: str, family: Family) -> int:
    """How many of the last `digits` count something: 十五 of 六十五分钟 after 巡逻, 两 of 五六两人."""
    for cut in range(len(digits) - 1, 0, -1):
        after = digits[cut:]
        tens = "十" in after or (after.isascii() and not after.startswith("0"))
        known = numbers.chinese_value(digits[:cut]) in family.ids
        if known and (tens or len(after) == 1) and numbers.chinese_value(after) is not None:
            return len(after)
    return 1


def _whole_number(text: str, until: int, digits: str, family: Family) -> tuple[int, tuple[str, ...]]:
    value = numbers.chinese_value(digits)
    if value is not None and value in family.ids:
        ids: tuple[str, ...] = (family.ids[value],)
    else:
        each = [family.ids.get(numbers.chinese_value(one) or 0) for one in digits]
        ids = tuple(unit for unit in each if unit) if all(each) and "十" not in digits else ()
    return until + text.startswith("号", until), ids


def _place_follows(text: str, at: int, lexicon: Lexicon) -> bool:
    """Whether the digits before `at` are also the number of a place (号站台, or its like in sound)."""
    starts = (at, at + 1) if text.startswith("号", at) else (at,)
    return any(
        chinese_key(text[start : start + len(family.after)], loose=True)
        == chinese_key(family.after, loose=True)
        for family in lexicon.names.numbered
        if not family.before
        for start in starts
    )


def _chinese_more(text: str, until: int, ids: tuple[str, ...], family: Family) -> tuple[int, tuple[str, ...]]:
    """Takes in 和六号 after 巡逻五."""
    more = re.compile(rf"[和跟与]({numbers.CHINESE})号?").match(text, until)
    value = numbers.chinese_value(more[1]) if more else None
    if more and value in family.ids:
        return more.end(), (*ids, family.ids[value])
    return until, ids
