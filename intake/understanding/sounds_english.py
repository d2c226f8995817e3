"""How English words sound, vowels and all, and how far apart two such sounds are.

Metaphone keeps only consonants, so that "patrol two" and "patrol four" misheard ("the troll pew", "the troll
floor") look alike; here a word becomes a string of sound classes that keeps its vowels.

    p t k f s D n l r w   stops by place, f v, hisses, th, nasals, liquids, w
    a e i  O U I A E      short vowels; "oh", "oo", "ee", "eye", "ay" and their like

Spelling is read by a few dozen rules, which is enough for likeness and would not do for speaking.
"""

import re
from functools import lru_cache

_LETTER_GROUPS = {
    group: sound
    for sound, groups in (
        ("s", "tch sh ch dge"), ("f", "ph"), ("D", "th"), ("k", "ck"), ("kw", "qu"), ("n", "kn ng"),
        ("r", "wr"), ("w", "wh"), ("A", "igh"), ("E", "eigh ei ai ay"), ("I", "ee ea ie ey"),
        ("U", "oo ew ue ui ou eu"), ("O", "augh ough oe oa ow aw au oi oy"),
    )
    for group in groups.split()
}  # fmt: skip
_LETTERS = {
    letter: sound
    for sound, letters in (
        ("p", "bp"), ("t", "td"), ("k", "kgcq"), ("f", "fv"), ("s", "szj"), ("ks", "x"), ("n", "mn"),
        ("l", "l"), ("r", "r"), ("w", "w"), ("", "h"), ("I", "y"), ("a", "a"), ("e", "e"), ("i", "i"),
        ("O", "o"), ("U", "u"),
    )
    for letter in letters
}  # fmt: skip
_WHOLE = {
    "one": "wUn", "two": "tU", "to": "tU", "do": "tU", "who": "U", "you": "IU", "your": "IOr", "of": "af",
    "eight": "Et", "ate": "Et",
}  # fmt: skip
"""Words whose spelling misleads, as far as call signs meet them."""

_GROUP = re.compile("|".join(sorted(_LETTER_GROUPS, key=len, reverse=True)) + "|.")
_LONG_BEFORE_E = re.compile(r"([aiou])([bcdfgklmnprstvz])es?$")
_LONG = {"a": "E", "i": "A", "o": "O", "u": "U"}

_VOWELS = frozenset("aeiOUIAE")
_LIGHT = frozenset("lrwD")
"""Consonants that narrow-band sound loses first."""
_CLOSE = {
    frozenset(pair): cost
    for pairs, cost in (
        ("fD", 0.3), ("rw", 0.4), ("pt tk pk sD fs lr lw tD ts pD", 0.5), ("pf wf", 0.6), ("ks nl", 0.7),
        ("ae ai ei iI eI eE EI aA AE OU aO aU eU AO iE", 0.35),
    )
    for pair in pairs.split()
}  # fmt: skip
"""What it costs to hear one class for another; measured against lines spoken through the radio model."""
_OTHER_VOWEL, _OTHER_CONSONANT, _LIGHT_AS_VOWEL, _OTHER_KIND = 0.6, 1.0, 0.8, 1.2
_LOST_VOWEL, _LOST_LIGHT, _LOST_CONSONANT = 0.5, 0.6, 0.9


@lru_cache(maxsize=8192)
def sound_of(word: str) -> str:
    """The sound classes of one lower-case word."""
    if word in _WHOLE:
        return _WHOLE[word]
    spelt = _LONG_BEFORE_E.sub(lambda match: _LONG[match[1]] + match[2], word)
    spelt = re.sub(r"c(?=[eiy])", "s", spelt)
    if len(spelt) > 2 and not spelt.endswith(("ee", "ue", "oe", "ie")):  # noqa: PLR2004 - "he" and "me" keep it
        spelt = spelt.removesuffix("e")
    classes = (
        _LETTER_GROUPS.get(part) or (part if part.isupper() else _LETTERS.get(part, ""))
        for part in _GROUP.findall(spelt)
    )
    return re.sub(r"(.)\1+", r"\1", "".join(classes))


def apart(heard: str, meant: str) -> float:
    """How far two sounds are apart, as a share of the longer one: 0 is the same, 1 nothing in common."""
    longest = max(len(heard), len(meant))
    return _cost(heard, meant) / longest if longest else 0.0


@lru_cache(maxsize=4096)
def _cost(heard: str, meant: str) -> float:
    row = [0.0]
    for sound in meant:
        row.append(row[-1] + _lost(sound))
    for one in heard:
        above, row = row, [row[0] + _lost(one)]
        for at, other in enumerate(meant):
            row.append(
                min(above[at + 1] + _lost(one), row[at] + _lost(other), above[at] + _instead(one, other))
            )
    return row[-1]


def _lost(sound: str) -> float:
    if sound in _VOWELS:
        return _LOST_VOWEL
    return _LOST_LIGHT if sound in _LIGHT else _LOST_CONSONANT


def _instead(one: str, other: str) -> float:
    if one == other:
        return 0.0
    both_vowels, both_consonants = {one, other} <= _VOWELS, not {one, other} & _VOWELS
    if both_vowels or both_consonants:
        usual = _OTHER_VOWEL if both_vowels else _OTHER_CONSONANT
        return _CLOSE.get(frozenset((one, other)), usual)
    return _LIGHT_AS_VOWEL if {one, other} & _LIGHT else _OTHER_KIND
