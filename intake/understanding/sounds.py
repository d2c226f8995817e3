"""How words sound, so that a recogniser's near miss still finds the site's name."""

import re
from functools import lru_cache

import jellyfish
from pypinyin import Style, pinyin
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

_INITIALS = {"zh": "z", "ch": "c", "sh": "s", "n": "l"}
_FINALS = {"ang": "an", "eng": "en", "ing": "in", "iang": "ian", "uang": "uan"}
_ALIKE, _NEARLY, _SAME_SOUND = 82, 68, 54
"""Likeness of letters in per cent: enough alone; with a like sound; with the same sound."""
_SOUNDS_ALIKE = 74
"""Likeness of sounds in per cent."""
_SKELETON = 4
"""Consonants a name needs before its skeleton alone is looked for."""
_SHORT = 5
"""A word below this many letters has too little to compare: it must sound the same."""


@lru_cache(maxsize=4096)
def english_key(word: str) -> str:
    """The sound of a word or of words run together (metaphone)."""
    return str(jellyfish.metaphone(word))


def english_alike(heard: str, name: str, *, strict: bool = False) -> bool:
    """Whether `heard` may be `name` misheard; both without spaces. `strict` asks for more likeness."""
    if heard == name:
        return True
    same_sound = english_key(heard) == english_key(name)
    if min(len(heard), len(name)) < _SHORT:
        return same_sound and Levenshtein.distance(heard, name) <= 1
    likeness = fuzz.ratio(heard, name)
    if same_sound:
        return likeness >= _SAME_SOUND
    if strict or likeness >= _ALIKE:
        return likeness >= _ALIKE
    return likeness >= _NEARLY and fuzz.ratio(english_key(heard), english_key(name)) >= _SOUNDS_ALIKE


_KINDS = str.maketrans(
    dict.fromkeys("BPDTKG0Q", "t")
    | dict.fromkeys("FVSZXJ", "s")
    | dict.fromkeys("LR", "l")
    | dict.fromkeys("MN", "n")
)
_NO_KIND = re.compile(r"[^tsln]")


@lru_cache(maxsize=4096)
def english_skeleton(word: str) -> str:
    """The kinds of consonants of a word in order: t stops, s hisses, l liquids, n nasals.

    Narrow-band radio and its recognisers keep these and lose the rest ("the total" for "patrol").
    """
    return _NO_KIND.sub("", english_key(word).translate(_KINDS))


def english_far(heard: str, name: str) -> bool:
    """Whether `heard` has the consonants of `name` but for one; too little to be trusted alone."""
    skeleton = english_skeleton(name.replace(" ", ""))
    return len(skeleton) >= _SKELETON and Levenshtein.distance(english_skeleton(heard), skeleton) <= 1


@lru_cache(maxsize=8192)
def syllable(character: str) -> str:
    """A Chinese character's sound without tone; anything else is itself."""
    return pinyin(character, style=Style.NORMAL, errors="default")[0][0]


@lru_cache(maxsize=8192)
def loose_syllable(character: str) -> str:
    """The sound with what Chinese speakers and recognisers mix up made equal: zh/z, n/l, -ng/-n."""
    sound = syllable(character)
    initial = next((one for one in ("zh", "ch", "sh", "n") if sound.startswith(one)), "")
    sound = _INITIALS.get(initial, "") + sound[len(initial) :]
    ending = next((one for one in ("iang", "uang", "ang", "eng", "ing") if sound.endswith(one)), "")
    return sound[: len(sound) - len(ending)] + _FINALS.get(ending, "")


Sounds = tuple[str, ...]


@lru_cache(maxsize=8192)
def chinese_key(text: str, *, loose: bool) -> Sounds:
    """One sound a character. The same names and few characters are asked for again and again."""
    return tuple(map(loose_syllable if loose else syllable, text))
