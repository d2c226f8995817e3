"""Things two texts may both name: a colour of something, a plate, a train, a carriage, a window, a person.

English and Chinese give the same marks, so a dispatcher's typed line and a Chinese call can share one.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from intake.understanding.numbers import chinese_value, english_value

Marks = Mapping[str, frozenset[str]]
"""Kind of thing (`top`, `vehicle`, `plate`, `carriage` …) → what is said of it."""

POINTS: Final = {"plate": 20, "train": 10, "carriage": 15, "window": 10, "pillar": 10}
"""What a shared mark is worth; a colour is worth `COLOUR_POINTS`, a person nothing: half of mankind."""
COLOUR_POINTS: Final = 10

TELLS_APART: Final = frozenset({"plate", "train", "carriage", "pillar", "top", "trousers", "person"})
"""Kinds of which one event has one: two texts that name different ones contradict each other.

A vehicle or a bag of another colour may be the second of two, so these tell nothing apart.
"""

_COLOURS: Final = {
    "red": "red", "blue": "blue", "black": "black", "white": "white", "green": "green", "yellow": "yellow",
    "grey": "grey", "gray": "grey", "silver": "silver", "brown": "brown", "pink": "pink", "orange": "orange",
    "purple": "purple", "红": "red", "蓝": "blue", "黑": "black", "白": "white", "绿": "green",
    "黄": "yellow", "灰": "grey", "银": "silver", "棕": "brown", "粉": "pink", "橙": "orange", "紫": "purple",
}  # fmt: skip

_THINGS: Final = {
    "jacket": "top", "coat": "top", "shirt": "top", "t-shirt": "top", "sweater": "top", "hoodie": "top",
    "dress": "top", "vest": "top", "外套": "top", "上衣": "top", "衣服": "top", "衬衫": "top", "夹克": "top",
    "t恤": "top", "衣": "top", "裙": "top", "trousers": "trousers", "pants": "trousers", "jeans": "trousers",
    "裤": "trousers", "bag": "bag", "backpack": "bag", "suitcase": "bag", "rucksack": "bag", "case": "bag",
    "包": "bag", "背包": "bag", "行李箱": "bag", "箱": "bag", "car": "vehicle", "taxi": "vehicle",
    "van": "vehicle", "truck": "vehicle", "bus": "vehicle", "sedan": "vehicle", "轿车": "vehicle",
    "出租车": "vehicle", "面包车": "vehicle", "货车": "vehicle", "车": "vehicle",
}  # fmt: skip

_PEOPLE: Final = (
    ("child", re.compile(r"\b(?:boy|girl|child|kid|toddler|baby)\b|男孩|女孩|小孩|孩子|儿童")),
    ("woman", re.compile(r"\b(?:woman|lady|female|grandmother)\b|女子|女士|妇女|女的|老太")),
    ("man", re.compile(r"\b(?:man|gentleman|male|guy|grandfather)\b|男子|男士|男的|老大爷|老头")),
)


def _longest_first(words: Mapping[str, str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_LATIN = {word: kind for word, kind in _THINGS.items() if word.isascii()}
_HAN = {word: kind for word, kind in _THINGS.items() if not word.isascii()}
_COLOURED: Final = (
    re.compile(
        rf"\b(?P<colour>{_longest_first({c: c for c in _COLOURS if c.isascii()})})\s+"
        rf"(?:[a-z]+\s+){{0,1}}?(?P<thing>{_longest_first(_LATIN)})s?\b"
    ),
    re.compile(
        rf"(?P<colour>{_longest_first({c: c for c in _COLOURS if not c.isascii()})})"
        rf"(?:色)?(?:的|长|短|大|小)?(?P<thing>{_longest_first(_HAN)})"
    ),
)

_PLATE: Final = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]\s?[a-z]\s?[a-z0-9]{5,6}"
)
_ENGLISH_PLATE: Final = re.compile(r"\bplate (?:number )?([a-z]* ?[a-z]? ?[0-9][a-z0-9]{3,6})\b")
_TRAIN: Final = re.compile(r"(?<![a-z0-9])([gdckztl]) ?(\d{2,4})(?![0-9])")
_NUMBERED: Final = (
    ("carriage", re.compile(r"\b(?:carriage|coach|car) (?:number )?([a-z]+|\d+)\b")),
    ("window", re.compile(r"\bwindow (?:number )?([a-z]+|\d+)\b")),
    ("pillar", re.compile(r"\b(?:pillar|column) (?:number )?([a-z]+|\d+)\b")),
)
_NUMBERED_CHINESE: Final = (
    ("carriage", re.compile(r"([\d零〇一二两三四五六七八九十]+)号?车厢")),
    ("window", re.compile(r"([\d零〇一二两三四五六七八九十]+)号?(?:售票)?窗口")),
    ("pillar", re.compile(r"([\d零〇一二两三四五六七八九十]+)号?柱")),
)


@lru_cache(maxsize=4096)
def marks(text: str) -> Marks:
    """What a text names, by kind; empty for a text that names nothing."""
    found: dict[str, frozenset[str]] = {}
    for kind, value in _found(text.lower()):
        found[kind] = found.get(kind, frozenset()) | {value}
    return found


def shared(one: Marks, other: Marks) -> dict[str, str]:
    """Kind → what both texts name of it, in words; nothing for people, of whom there are too many."""
    both = {kind: one[kind] & other[kind] for kind in sorted(one.keys() & other.keys()) if kind != "person"}
    return {kind: " ".join(sorted(values)) for kind, values in both.items() if values}


def contradicting(one: Marks, other: Marks, kinds: frozenset[str]) -> dict[str, str]:
    """Kind → what the two texts name differently, of the kinds that tell events apart."""
    clash = {
        kind: (one[kind], other[kind])
        for kind in sorted(one.keys() & other.keys() & kinds)
        if not one[kind] & other[kind]
    }
    return {kind: " / ".join(sorted((*left, *right))) for kind, (left, right) in clash.items()}


def _found(text: str) -> Iterator[tuple[str, str]]:
    yield from (("plate", match[0].replace(" ", "")) for match in _PLATE.finditer(text))
    yield from (("plate", match[1].replace(" ", "")) for match in _ENGLISH_PLATE.finditer(text))
    yield from (("train", match[1] + match[2]) for match in _TRAIN.finditer(text))
    for pattern in _COLOURED:
        yield from ((_THINGS[match["thing"]], _COLOURS[match["colour"]]) for match in pattern.finditer(text))
    for kind, pattern in _NUMBERED:
        yield from ((kind, str(n)) for match in pattern.finditer(text) if (n := english_value([match[1]])))
    for kind, pattern in _NUMBERED_CHINESE:
        yield from ((kind, str(n)) for match in pattern.finditer(text) if (n := chinese_value(match[1])))
    yield from (("person", who) for who, pattern in _PEOPLE if pattern.search(text))
