"""Places in normal text: the longest name wins, a number the site lacks is no place."""

import re
from collections.abc import Iterator, Mapping, Sequence

from intake.understanding import numbers
from intake.understanding.families import Family
from intake.understanding.lexicon import Lexicon
from intake.understanding.model import ALIKE, Mention
from intake.understanding.sounds import Sounds, chinese_key, english_alike

_LETTERS = {"bee": "b", "be": "b", "eh": "a", "hey": "a", "ay": "a", "see": "c", "sea": "c", "dee": "d"}
_PREPOSITIONS = {"at", "to", "from", "on", "in", "near", "by", "outside", "the", "behind", "of", "for"}
_LONG = 8
"""Letters an English name needs before it is looked for by its sound."""
_LONG_FAMILY = 6
"""The same for a numbered place, whose number is one more proof."""
_LOOSE_FROM = 3
"""Syllables a Chinese name needs before mixed-up initials and finals are forgiven."""


def find_places(text: str, lexicon: Lexicon) -> list[Mention]:
    """Every place in `text`, left to right, none overlapping; numbered ones out of range have no id."""
    return list(_chinese(text, lexicon) if lexicon.lang == "zh" else _english(text, lexicon))


def choose_place(text: str, mentions: Sequence[Mention], lexicon: Lexicon, *, moving: bool) -> Mention | None:
    """Where it happens; where the speaker is `moving`, its destination.

    A place that is left, or that somebody fled to, counts only when no other is named; "which hall" and
    "every exit" are none.
    """
    mentions = [mention for mention in mentions if not _ends(lexicon, "unsaid", text, mention)]
    going = [mention for mention in mentions if moving and _ends(lexicon, "to", text, mention)]
    staying = [mention for mention in mentions if not _ends(lexicon, "off", text, mention)]
    return next(iter(going or staying or mentions), None)


def _trust(rule: str) -> float:
    return ALIKE if rule.endswith("sound") else 1.0


def _ends(lexicon: Lexicon, words: str, text: str, mention: Mention) -> bool:
    """Whether one of `words` stands straight before the place (an article may come between)."""
    before = re.sub(r" (the|a)$", "", text[: mention.start])
    return any(match.end() == len(before) for match in lexicon.says[words].finditer(before))


def _english(text: str, lexicon: Lexicon) -> Iterator[Mention]:
    words = text.split()
    starts = [match.start() for match in re.finditer(r" [^ ]+", text)] + [len(text)]
    at = 0
    while at < len(words):
        found = (
            _numbered(words, at, lexicon)
            or _single(words, at, lexicon)
            or _numbered_alike(words, at, lexicon)
            or _single_alike(words, at, lexicon)
        )
        if found is None:
            at += 1
            continue
        until, ids, rule = found
        yield Mention(starts[at], starts[until], ids, " ".join(words[at:until]), rule, _trust(rule))
        at = until


_Found = tuple[int, tuple[str, ...], str]


def _single(words: list[str], at: int, lexicon: Lexicon) -> _Found | None:
    for name, place in lexicon.names.places.items():
        parts = name.split()
        heard = words[at : at + len(parts)]
        if len(heard) == len(parts) and heard[0] == parts[0] and _same(heard, parts):
            return at + len(parts), (place,), "place by name"
    return None


def _same(heard: list[str], parts: list[str]) -> bool:
    """Word for word; a single letter may be written as it sounds ("hall bee")."""
    return all(
        one == part or (len(part) == 1 and _LETTERS.get(one) == part)
        for one, part in zip(heard, parts, strict=True)
    )  # fmt: skip


def _single_alike(words: list[str], at: int, lexicon: Lexicon) -> _Found | None:
    if words[at] in _PREPOSITIONS:
        return None
    heard = _may_be_misheard(words, at, lexicon)
    for name, place in lexicon.names.places.items() if heard else ():
        count = name.count(" ") + 1
        joined = name.replace(" ", "")
        for length in (count, count + 1, count - 1):
            if length not in heard or len(joined) < _LONG:
                continue
            if english_alike(heard[length], joined, strict=True):
                return at + length, (place,), "place by sound"
    return None


def _may_be_misheard(words: list[str], at: int, lexicon: Lexicon) -> dict[int, str]:
    """The words from `at` on run together, by how many: those of which one at least is not known."""
    found = {}
    longest = lexicon.names.longest_place + 1
    for until in range(at + 1, min(at + longest, len(words)) + 1):
        heard = words[at:until]
        if "<" in heard[-1]:
            break
        if heard[-1] not in _PREPOSITIONS and not all(word in lexicon.known for word in heard):
            found[len(heard)] = "".join(heard)
    return found


def _numbered(words: list[str], at: int, lexicon: Lexicon) -> _Found | None:
    for family in lexicon.names.numbered:
        before = family.before.split()
        heard = words[at : at + len(before)]
        if len(heard) == len(before) and before and all(map(_same_or_plural, heard, before)):
            return _with_number(words, at + len(before), family, lexicon, "place by number")
    family_by_head = lexicon.names.heads.get(words[at])
    if family_by_head and (at == 0 or words[at - 1] in _PREPOSITIONS):
        return _with_number(words, at + 1, family_by_head, lexicon, "place by number")
    return None


def _same_or_plural(heard: str, part: str) -> bool:
    return heard in {part, f"{part}s"}


def _numbered_alike(words: list[str], at: int, lexicon: Lexicon) -> _Found | None:
    if words[at] in _PREPOSITIONS:
        return None
    for family in lexicon.names.numbered:
        joined = family.before.replace(" ", "")
        count = family.before.count(" ") + 1
        for length in (count, count + 1):
            heard = words[at : at + length]
            if (
                len(heard) < length
                or len(joined) < _LONG_FAMILY
                or any(word in numbers.ENGLISH for word in heard)
            ):
                continue
            if heard[1:] != family.before.split() and english_alike("".join(heard), joined):
                found = _with_number(words, at + length, family, lexicon, "place by sound")
                if found:
                    return found
    return None


def _with_number(words: list[str], at: int, family: Family, lexicon: Lexicon, rule: str) -> _Found | None:
    after = family.after.split()
    while at < len(words) and words[at] in {"number", "no"}:
        at += 1
    until = at
    while until < len(words) and (words[until] in numbers.ENGLISH or words[until].isdecimal()):
        until += 1
    if until == at:
        return _with_heard_number(words, at, family, rule)
    if until - at > 1 and lexicon.counted.match("".join(f" {word}" for word in words[until : until + 2])):
        until -= 1
    value = numbers.english_value(words[at:until])
    known = family.ids.get(value) if value is not None else None
    if words[until : until + len(after)] != after:
        return None
    return until + len(after), ((known,) if known else ()), rule


def _with_heard_number(words: list[str], at: int, family: Family, rule: str) -> _Found | None:
    """`gate too`: only at the end, or where the word can be nothing else."""
    digit = numbers.HEARD_AS.get(words[at]) if at < len(words) else None
    last = at + 1 == len(words)
    if digit is None or family.after or (words[at] in {"to", "for", "fine", "free", "want"} and not last):
        return None
    known = family.ids.get(int(digit))
    return (at + 1, (known,), rule) if known else None


def _chinese(text: str, lexicon: Lexicon) -> Iterator[Mention]:
    at = 0
    sounds = {loose: chinese_key(text, loose=loose) for loose in (False, True)}
    while at < len(text):
        found = _chinese_numbered(text, at, lexicon) or _chinese_single(text, at, sounds, lexicon)
        if found is None:
            at += 1
            continue
        until, ids, rule = found
        yield Mention(at, until, ids, text[at:until], rule, _trust(rule))
        at = until


def _chinese_single(text: str, at: int, sounds: Mapping[bool, Sounds], lexicon: Lexicon) -> _Found | None:
    """`sounds` of the whole text, strict and loose."""
    for name, place in lexicon.names.places.items():
        if text.startswith(name, at):
            return at + len(name), (place,), "place by name"
    for name, place in lexicon.names.places.items():
        until = at + len(name)
        loose = len(name) >= _LOOSE_FROM
        if sounds[loose][at:until] == chinese_key(name, loose=loose) and "<" not in text[at:until]:
            return until, (place,), "place by sound"
    return None


def _chinese_numbered(text: str, at: int, lexicon: Lexicon) -> _Found | None:
    for family in lexicon.names.numbered:
        run = re.compile(re.escape(family.before) + rf"第?({numbers.CHINESE_ONE_SCRIPT})").match(text, at)
        if run is None:
            continue
        end = run.end() + (text.startswith("号", run.end()) and not family.after.startswith("号"))
        heard = text[end : end + len(family.after)]
        exact = heard == family.after
        if not exact and chinese_key(heard, loose=True) != chinese_key(family.after, loose=True):
            continue
        value = numbers.chinese_value(run[1])
        known = family.ids.get(value) if value is not None else None
        rule = "place by number" if exact else "place by sound"
        return end + len(family.after), ((known,) if known else ()), rule
    return None
