"""Text as written or recognised → normal text, the only form the rules read.

English becomes ` word word`: lower case, each word with one space before it, `'s` a word of its own.
Chinese becomes characters alone: recognisers put spaces and punctuation where they please.
Both lose `<` and `>`, which stand for marks (mark.py).
"""

import re
import unicodedata

from intake.understanding.model import Lang

_APOSTROPHES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "`": "'"})
LONGEST = 2000
"""Characters read; no over is longer (60 s of speech), so more is a fault and is cut."""


def normalise(text: str, lang: Lang) -> str:
    """Normal text of `text`; empty when it holds no letter or digit."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST].translate(_APOSTROPHES)).lower()
    return _chinese(plain) if lang == "zh" else _english(plain)


def _english(text: str) -> str:
    text = re.sub(r"'s\b", " 's", text)
    text = re.sub(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])", " ", text)
    words = (word.strip("'") if word != "'s" else word for word in re.findall(r"[a-z0-9']+", text))
    return "".join(f" {word}" for word in words if word)


def _chinese(text: str) -> str:
    return re.sub(r"[^\w]|_", "", text)
