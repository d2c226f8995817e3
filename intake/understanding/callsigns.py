"""Call signs in normal text: the family's name, or its like in sound, and a number the site has."""

import re
from collections.abc import Iterator

from intake.understanding import numbers
from intake.understanding.lexicon import Lexicon
from intake.understanding.model import Mention
from intake.understanding.site_names import Family
from intake.understanding.sounds import chinese_key, english_alike

_BETWEEN = {"unit", "car", "number", "crew", "no"}
_ALSO_A_WORD = {"to", "for", "want", "fine", "free", "won"}
_NOT_A_NUMBER_BEFORE = {
    "the",
    "a",
    "an",
    "my",
    "our",
    "this",
    "that",
    "your",
    "us",
    "all",
    "be",
    "help",
    "some",
}
_ARTICLES = {"the", "a", "our"}
"""Recognisers hear the first syllable of a call sign as one ("the troll three")."""
_BY_SOUND = "unit by sound of call sign"
_TEN = {"ten", "10"}
_AND = {"and", "with"}
_RADIO_DIGITS = 3
"""Digits a radio number needs at least to name a unit without its family."""


def find_callsigns(text: str, lexicon: Lexicon) -> list[Mention]:
    """Every call sign in `text`, left to right, none overlapping."""
    return list(_chinese(text, lexicon) if lexicon.lang == "zh" else _english(text, lexicon))


def _english(text: str, lexicon: Lexicon) -> Iterator[Mention]:
    words = text.split()
    starts = [match.start() for match in re.finditer(r" [^ ]+", text)] + [len(text)]
    at = 0
    while at < len(words):
        found = _radio(words, at, lexicon) or _family(words, at, lexicon)
        if found is None:
            at += 1
            continue
        until, ids, rule, sure = found
        first = at - (at > 0 and words[at - 1] in _ARTICLES and rule == _BY_SOUND)
        yield Mention(starts[first], starts[until], ids, " ".join(words[first:until]), rule, sure)
        at = until


_Found = tuple[int, tuple[str, ...], str, bool]


def _radio(words: list[str], at: int, lexicon: Lexicon) -> _Found | None:
    for until in range(_run_end(words, at), at, -1):
        digits = numbers.english_digits(words[at:until]) or ""
        if len(digits) >= _RADIO_DIGITS and digits in lexicon.names.radios:
            return until, (lexicon.names.radios[digits],), "unit by radio number", True
    return None


def _family(words: list[str], at: int, lexicon: Lexicon) -> _Found | None:
    for family in lexicon.names.units:
        for length in _lengths(family.before):
            heard = words[at : at + length]
            exact = " ".join(heard) == family.before
            if not exact and not _may_be(heard, family.before, lexicon):
                continue
            after = at + length
            while after < len(words) and words[after] in _BETWEEN:
                after += 1
            found = _number(words, after, family, lexicon)
            if found:
                rule = "unit by call sign" if exact else _BY_SOUND
                return _and_more(words, *found, family, lexicon, rule=rule)
    return None


def _lengths(name: str) -> tuple[int, ...]:
    count = name.count(" ") + 1
    return (count, count + 1)


def _may_be(heard: list[str], name: str, lexicon: Lexicon) -> bool:
    if not heard or any(word in lexicon.known or word in numbers.ENGLISH for word in heard):
        return False
    return english_alike("".join(heard), name.replace(" ", ""))


def _run_end(words: list[str], at: int) -> int:
    """Where the number from `at` ends; "ten four" after a number is an answer, not more digits."""
    first = at
    while at < len(words) and (words[at] in numbers.ENGLISH or words[at].isdecimal()):
        if at > first and words[at] in _TEN and at + 1 < len(words):
            break
        at += 1
    return at


def _number(
    words: list[str], at: int, family: Family, lexicon: Lexicon
) -> tuple[int, tuple[str, ...]] | None:
    """The number from `at`: its end, and the unit it names (none when the site has no such unit)."""
    if at >= len(words):
        return None
    until = _run_end(words, at)
    if until == at:
        return _heard_number(words, at, family)
    if until - at > 1 and lexicon.counted.match("".join(f" {word}" for word in words[until : until + 2])):
        until -= 1
    value = numbers.english_value(words[at:until])
    known = family.ids.get(value) if value is not None else None
    return until, ((known,) if known else ())


def _heard_number(words: list[str], at: int, family: Family) -> tuple[int, tuple[str, ...]] | None:
    digit = numbers.HEARD_AS.get(words[at])
    after = words[at + 1] if at + 1 < len(words) else ""
    if digit is None or (words[at] in _ALSO_A_WORD and after in _NOT_A_NUMBER_BEFORE):
        return None
    known = family.ids.get(int(digit))
    return (at + 1, (known,)) if known else None


def _and_more(
    words: list[str], until: int, ids: tuple[str, ...], family: Family, lexicon: Lexicon, *, rule: str
) -> _Found:
    """Takes in `and six` after "patrol five", unless the number counts something."""
    while until + 1 < len(words) and words[until] in _AND and words[until + 1] in numbers.ENGLISH:
        rest = "".join(f" {word}" for word in words[until + 2 : until + 4])
        found = _number(words, until + 1, family, lexicon)
        if found is None or not found[1] or lexicon.counted.match(rest):
            break
        until, ids = found[0], ids + found[1]
    return until, ids, rule, True


def _chinese(text: str, lexicon: Lexicon) -> Iterator[Mention]:
    at = 0
    while at < len(text):
        found = _chinese_radio(text, at, lexicon) or _chinese_family(text, at, lexicon)
        if found is None:
            at += 1
            continue
        until, ids, rule, sure = found
        yield Mention(at, until, ids, text[at:until], rule, sure)
        at = until


def _chinese_radio(text: str, at: int, lexicon: Lexicon) -> _Found | None:
    run = re.compile(numbers.CHINESE).match(text, at)
    if run is None:
        return None
    for until in range(run.end(), at + _RADIO_DIGITS - 1, -1):
        unit = lexicon.names.radios.get(numbers.chinese_digits(text[at:until]))
        if unit:
            return until, (unit,), "unit by radio number", True
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
            continue
        end, ids = _chinese_number(text, run, family, lexicon)
        if end == until:
            continue
        rule = "unit by call sign" if exact else _BY_SOUND
        return _chinese_more(text, end, ids, family, rule)
    return None


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
    if lexicon.counted.match(text, until):
        digits, until = digits[:-1], until - 1
        if not digits:
            return run.start(), ()
    return _whole_number(text, until, digits, family)


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
    for family in lexicon.names.numbered:
        heard = text[at : at + len(family.after)]
        if not family.before and chinese_key(heard, loose=True) == chinese_key(family.after, loose=True):
            return True
    return False


def _chinese_more(text: str, until: int, ids: tuple[str, ...], family: Family, rule: str) -> _Found:
    """Takes in 和六号 after 巡逻五."""
    more = re.compile(rf"[和跟与]({numbers.CHINESE})号?").match(text, until)
    value = numbers.chinese_value(more[1]) if more else None
    if more and value in family.ids:
        return more.end(), (*ids, family.ids[value]), rule, True
    return until, ids, rule, True
