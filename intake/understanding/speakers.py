"""Which of the units named is the one that counts, and whether it surely speaks for itself."""

import re
from collections.abc import Sequence
from typing import Literal

from intake.understanding.lexicon import Lexicon
from intake.understanding.model import Mention

_UNIT = "<u>"
_BOTH = 2
_SELF_AND = re.compile(
    r"<u>(我|我们|我组)(和|跟|与|同)<u>(?!说|讲|借|要|换|问|核对|联系|交接)"
    r"|<u>(?: (?:copy|roger|here|please|<c>|show|mark|put|log|book|both))* (?:me|myself|i) and <u>"
)
"""A unit that names itself and then another beside it: 巡逻三，我和巡逻四都到了, "me and patrol four"."""
_CALLS = re.compile(r" <u> to <u>|<u>(呼叫|呼|叫)<u>")
_DEALS_WITH = re.compile(r"<u>(和|跟|与)<u>(?=去?(说|讲|借|要|换|问|核对|联系|交接))")
"""A unit that has to do with another, which is not called itself: 巡逻一跟巡逻二换个位置."""
_JOINED = re.compile(r"^( (and|with|both)|和|跟|与|、|还有)*$")


Second = Literal["none", "shares", "unclear", "subject"]
"""What a call sign straight after the first one is: absent; one of both; either; what is spoken about."""


def second_unit(text: str, mentions: Sequence[Mention], lexicon: Lexicon) -> Second:
    """What the second of two call signs that open `text` side by side is, by the words after it.

    "patrol one patrol two both on scene" is a step of both, "patrol one, patrol two is not on scene" what
    the first says of the second, and without such words nobody can tell.
    """
    before, *rest = text.split(_UNIT, 2)
    if len(rest) < _BOTH or mentions[0].ids == mentions[1].ids:
        return "none"
    between, after = rest[0].rstrip(" "), rest[1]
    if not (lexicon.only_pause.fullmatch(between) and lexicon.only_small.fullmatch(before.rstrip(" "))):
        return "none"
    if lexicon.says["plural"].match(after):
        return "shares"
    return "subject" if lexicon.says["third_person"].match(after) else "unclear"


def choose_units(text: str, mentions: Sequence[Mention], lexicon: Lexicon) -> tuple[Mention, ...]:
    """The speaker if it signs; else those called at the start; else the first spoken about.

    `text` is Marked.acts and `mentions` are its `<u>` marks in order.
    """
    if second_unit(text, mentions, lexicon) == "subject":
        return (mentions[0],)
    signed = lexicon.says["signing"].search(text)
    if signed:
        return (mentions[text[: signed.end()].count(_UNIT) - signed["signer"].count(_UNIT)],)
    if _SELF_AND.search(text):
        return tuple(mentions[:_BOTH])
    opening = lexicon.address.match(text)
    called = _callers(text, opening.end()) if opening else 0
    return tuple(mentions[: called or _first_group(text)])


def _callers(text: str, until: int) -> int:
    """How many units an opening names, without the one called in "patrol one to patrol two"."""
    called = _CALLS.search(text, 0, until) or _DEALS_WITH.search(text)
    if called and called.end() <= until:
        return text[: called.start()].count(_UNIT) + 1
    return text[:until].count(_UNIT)


def _first_group(text: str) -> int:
    """How many marks stand together with the first one ("patrol one and patrol two")."""
    between = text.split(_UNIT)[1:-1]
    count = 1
    for words in between:
        if not _JOINED.match(words.rstrip(" ")):
            break
        count += 1
    return count
