"""Which of the units named is the one that counts, and whether it surely speaks for itself."""

import re
from collections.abc import Sequence

from intake.understanding.lexicon import Lexicon
from intake.understanding.model import Mention

_UNIT = "<u>"
_JOINED = re.compile(r"^( (and|with|both)|和|跟|与|、|还有)*$")


def choose_units(text: str, mentions: Sequence[Mention], lexicon: Lexicon) -> tuple[Mention, ...]:
    """The speaker if it signs; else those called at the start; else the first spoken about.

    `text` is Marked.acts and `mentions` are its `<u>` marks in order.
    """
    signed = lexicon.says["signing"].search(text)
    if signed:
        return (mentions[text[: signed.end()].count(_UNIT) - signed["signer"].count(_UNIT)],)
    opening = lexicon.address.match(text)
    called = _callers(text[: opening.end()]) if opening else 0
    return tuple(mentions[: called or _first_group(text)])


def _callers(opening: str) -> int:
    """How many units an opening names, without the one called in "patrol one to patrol two"."""
    caller, calls, _called = opening.partition(" <u> to <u>")
    return caller.count(_UNIT) + 1 if calls else opening.count(_UNIT)


def speaks_for_itself(text: str, lexicon: Lexicon) -> bool:
    """False for an acknowledgement with a bare unit after it: "copy patrol three" may be the centre."""
    return lexicon.unsure_speaker.search(text) is None


def _first_group(text: str) -> int:
    """How many marks stand together with the first one ("patrol one and patrol two")."""
    between = text.split(_UNIT)[1:-1]
    count = 1
    for words in between:
        if not _JOINED.match(words.rstrip(" ")):
            break
        count += 1
    return count
