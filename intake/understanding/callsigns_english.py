"""English call signs: the family's name, or its like in sound, and a number the site has."""

import re
from collections.abc import Iterator

from intake.understanding import numbers
from intake.understanding.families import Family
from intake.understanding.lexicon import Lexicon
from intake.understanding.model import ALIKE, HARDLY_ALIKE, Mention
from intake.understanding.sounds import english_alike, english_far, english_key

_Found = tuple[int, tuple[str, ...], str, float]
"""Where the call sign ends, its units, the rule, and how far the rule is trusted."""

_BETWEEN = {"unit", "car", "number", "crew", "no"}
_ALSO_A_WORD = {"to", "for", "want", "fine", "free", "won"}
_NOT_A_NUMBER_BEFORE = frozenset(
    [
        "the",
        "a",
        "an",
        "my",
        "our",
        "this",
        "that",
        "your",
        "us",
        "be",
        "help",
        "some",
        "any",
        "every",
        "people",
    ]
)
_ARTICLES = {"the", "a", "our", "de"}
_SIGNS = (" from", " this is", " it 's")
"""Recognisers hear the first syllable of a call sign as one ("the troll three")."""
_SMALL = "on in an and any are our or not now at if it i we is am no by my his her the they there here up all"
_SMALL_WORDS = frozenset(_SMALL.split())
"""Words too frequent to be taken for a number, whatever they sound like."""
_NOT_AFTER_A_CALL = (" your ", " my ", " our ", " us ")
_BY_SOUND = "unit by sound of call sign"
_TEN = {"ten", "10"}
_AND = {"and", "with"}
_OPENING, _MOST_WORDS = 9, 6
"""Words looked at for an opening heard wrong, with those behind it, and how many it may have."""
_NO_NUMBER, _SENSIBLE = 0.08, 0.06
"""What speaks against an opening whose last word is no number, or of which every word is known."""
_RADIO_DIGITS = 3
"""Digits a radio number needs at least to name a unit without its family."""


def english_callsigns(text: str, lexicon: Lexicon) -> Iterator[Mention]:
    """Call signs in ` word word` text."""
    found = list(_found(text, lexicon))
    yield from found or _opening(text, lexicon)


def _found(text: str, lexicon: Lexicon) -> Iterator[Mention]:
    words = text.split()
    starts = [match.start() for match in re.finditer(r" [^ ]+", text)] + [len(text)]
    at, after_and = 0, -1
    while at < len(words):
        called = _calls(text[: starts[at]], lexicon) or at == after_and
        found = (
            _radio(words, at, lexicon)
            or _family(words, at, lexicon, called=called)
            or (called and _far(words, at, lexicon))
            or (called and _by_sound(words, at, lexicon))
        )
        if not found:
            at += 1
            continue
        until, ids, rule, trust = found
        first = at - (at > 0 and words[at - 1] in _ARTICLES)
        yield Mention(starts[first], starts[until], ids, " ".join(words[first:until]), rule, trust)
        at, after_and = until, until + 1 if words[until : until + 1] == ["and"] else -1


def _radio(words: list[str], at: int, lexicon: Lexicon) -> _Found | None:
    for until in range(_run_end(words, at), at, -1):
        digits = numbers.english_digits(words[at:until]) or ""
        if len(digits) >= _RADIO_DIGITS and digits in lexicon.names.radios:
            return until, (lexicon.names.radios[digits],), "unit by radio number", 1.0
    return None


def _calls(before: str, lexicon: Lexicon) -> bool:
    """Whether a call sign is expected next: at the start, after the centre's name, an answer, or "from"."""
    if not before or before.endswith(_SIGNS) or lexicon.names.centre.fullmatch(before) is not None:
        return True
    return lexicon.only_answers.fullmatch(before) is not None


def _family(words: list[str], at: int, lexicon: Lexicon, *, called: bool) -> _Found | None:
    for family in lexicon.names.units:
        for length in _lengths(family.before):
            heard = words[at : at + length]
            exact = "".join(heard) in _written(family.before)
            if not exact and not _may_be(heard, family.before, lexicon):
                continue
            after = at + length
            while after < len(words) and words[after] in _BETWEEN:
                after += 1
            found = _number(words, after, family, lexicon, called=called and at > 0)
            if found:
                rule, trust = ("unit by call sign", 1.0) if exact else (_BY_SOUND, ALIKE)
                return (*_and_more(words, *found, family, lexicon), rule, trust)
    return None


def _far(words: list[str], at: int, lexicon: Lexicon) -> _Found | None:
    """An article and a word that together may be a family's name ("the total five"), and a number it has.

    Only where a call sign is expected, only for one family, and never trusted far.
    """
    article, heard = words[at], words[at + 1 : at + 2]
    if article not in _ARTICLES or not heard or heard[0] in lexicon.known or heard[0] in numbers.ENGLISH:
        return None
    like = [family for family in lexicon.names.units if english_far(article + heard[0], family.before)]
    if len(like) != 1 or not _is_number(words[at + 2 : at + 3]):
        return None
    found = _number(words, at + 2, like[0], lexicon)
    if found is None or not found[1] or _counts(words[found[0] :], lexicon):
        return None
    trust = ALIKE if english_alike(heard[0], like[0].before) else HARDLY_ALIKE
    return (*_and_more(words, *found, like[0], lexicon), _BY_SOUND, trust)


def _by_sound(words: list[str], at: int, lexicon: Lexicon) -> _Found | None:
    """A call sign of which no word is right, where one is expected ("the trophore" for "patrol four")."""
    end = next((n for n in range(at, len(words)) if _says_something(words, n, at, lexicon)), len(words))
    found = lexicon.names.signs.find(words[at:end])
    if found is None:
        return None
    until, unit = at + found[0], found[1]
    if _is_no_call(words[at:until], words[until:], lexicon):
        return None
    family = next(family for family in lexicon.names.units if unit in family.ids.values())
    return (*_and_more(words, until, (unit,), family, lexicon), _BY_SOUND, HARDLY_ALIKE)


def _opening(text: str, lexicon: Lexicon) -> Iterator[Mention]:
    """The call sign an over may begin with, though every word of it was heard wrong."""
    words = text.split()[:_OPENING]
    found = lexicon.names.openings.find(words, dict(_ends(words[:_MOST_WORDS], lexicon)))
    if found is None:
        return
    until, unit = found
    called = words[:until]
    if _says_nothing(called, lexicon) or _is_no_call(called, words[until:], lexicon):
        return
    heard = " ".join(called)
    yield Mention(0, len(heard) + 1, (unit,), heard, _BY_SOUND, HARDLY_ALIKE)


def _ends(words: list[str], lexicon: Lexicon) -> Iterator[tuple[int, float]]:
    """How many words an opening may have, and what speaks against so many of them.

    A family heard rightly ends it: its number would have been found.
    """
    sensible = True
    for count, word in enumerate(words, 1):
        known = word in lexicon.known or _is_plain_number([word])
        sensible = sensible and known
        if any(word == family.before for family in lexicon.names.units):
            return
        a_number = word not in _SMALL_WORDS and lexicon.names.signs.like_a_number(word)
        if a_number or not known:
            yield count, (0.0 if a_number else _NO_NUMBER) + (_SENSIBLE if sensible else 0.0)


def _says_nothing(words: list[str], lexicon: Lexicon) -> bool:
    """Whether an opening is a numbered place, or no more than the centre's name and a small word."""
    after_centre = words[1:] if lexicon.names.centre.fullmatch(f" {words[0]}") else words
    a_place = any(word in lexicon.names.heads for word in words)
    return a_place or (len(after_centre) == 1 and after_centre[0] in lexicon.known)


def _is_no_call(words: list[str], rest: list[str], lexicon: Lexicon) -> bool:
    """Whether the number counts something, or what follows is no speech of a unit's."""
    if _is_plain_number(words[-1:]) and _counts(rest, lexicon):
        return True
    after = "".join(f" {word}" for word in rest[:3])
    return lexicon.names.everyone.match(after) is not None or after.startswith(_NOT_AFTER_A_CALL)


def _says_something(words: list[str], at: int, first: int, lexicon: Lexicon) -> bool:
    """Whether the word at `at` is of the vocabulary or the site, and so no part of a call sign misheard."""
    word, signs = words[at], lexicon.names.signs
    if at == first:
        if lexicon.names.centre.match(f" {word}"):
            return not _is_plain_number(words[at + 1 : at + 2])
        known = word in lexicon.known or _is_plain_number([word])
        return known and word not in _ARTICLES and not signs.like_a_family(word)
    if _is_plain_number([word]):
        return False
    if any(word == family.before.partition(" ")[0] for family in lexicon.names.units):
        return True
    after_article = at == first + 1 and words[first] in _ARTICLES
    likely = signs.like_a_family(word) if after_article else signs.like_a_number(word)
    return word in lexicon.known and (word in _SMALL_WORDS or not likely)


def _is_plain_number(words: list[str]) -> bool:
    return bool(words) and (words[0] in numbers.ENGLISH or words[0].isdecimal())


def _is_number(words: list[str]) -> bool:
    return _is_plain_number(words) or (bool(words) and words[0] in numbers.HEARD_AS)


def _counts(after: list[str], lexicon: Lexicon) -> bool:
    """Whether the words after a number are what it counts ("two men", "five minutes")."""
    return lexicon.counted.match("".join(f" {word}" for word in after[:2])) is not None


def _counts_something(words: list[str], until: int, lexicon: Lexicon) -> bool:
    """Whether the last word of a number counts what follows it: "patrol six two lads", known word or not."""
    return _counts(words[until:], lexicon) or (until < len(words) and words[until] not in lexicon.known)


def _written(name: str) -> tuple[str, str]:
    """A family's name and its plural run together, as recognisers write some of two words."""
    together = name.replace(" ", "")
    return together, f"{together}s"


def _lengths(name: str) -> tuple[int, ...]:
    count = name.count(" ") + 1
    return (count, count + 1, *range(1, count))


def _may_be(heard: list[str], name: str, lexicon: Lexicon) -> bool:
    if not heard or any(word in numbers.ENGLISH for word in heard):
        return False
    if any(word in lexicon.known for word in heard):
        return len(heard) == 1 and english_key(heard[0]) == english_key(name)
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
    words: list[str], at: int, family: Family, lexicon: Lexicon, *, called: bool = False
) -> tuple[int, tuple[str, ...]] | None:
    """The number from `at`: its end, and the unit it names (none when the site has no such unit)."""
    if at >= len(words):
        return None
    until = _run_end(words, at)
    if until == at:
        return _heard_number(words, at, family, lexicon, called=called)
    if until - at > 1 and _counts_something(words, until, lexicon):
        shorter = numbers.english_value(words[at : until - 1])
        until -= shorter in family.ids
    value = numbers.english_value(words[at:until])
    known = family.ids.get(value) if value is not None else None
    return until, ((known,) if known else ())


def _heard_number(
    words: list[str], at: int, family: Family, lexicon: Lexicon, *, called: bool
) -> tuple[int, tuple[str, ...]] | None:
    """A word that sounds like a number; `called`: nothing but a call sign can stand here."""
    digit = numbers.HEARD_AS.get(words[at])
    rest = "".join(f" {word}" for word in words[at + 1 : at + 4])
    after = words[at + 1] if at + 1 < len(words) else ""
    a_word = words[at] in _ALSO_A_WORD and after in _NOT_A_NUMBER_BEFORE and not called
    if digit is None or a_word or lexicon.names.everyone.match(rest):
        return None
    known = family.ids.get(int(digit))
    return (at + 1, (known,)) if known else None


def _and_more(
    words: list[str], until: int, ids: tuple[str, ...], family: Family, lexicon: Lexicon
) -> tuple[int, tuple[str, ...]]:
    """Takes in `and six` after "patrol five", unless the number counts something."""
    while until + 1 < len(words) and words[until] in _AND and words[until + 1] in numbers.ENGLISH:
        found = _number(words, until + 1, family, lexicon)
        if found is None or not found[1] or _counts(words[until + 2 :], lexicon):
            break
        until, ids = found[0], ids + found[1]
    return until, ids
