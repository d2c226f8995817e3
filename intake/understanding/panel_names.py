"""A class of event said in its code's own words: `Perimeter burglary`, `Restored: perimeter burglary`.

The class keeps deciding type, priority and category; only the words change.
"""

from dataclasses import replace
from typing import Final

from intake.understanding.codes import CodeName, contact_id_names, sia_names
from intake.understanding.panel_codes import Meaning

_PLAIN: Final = CodeName("{}", "{}")
_RESTORED: Final = CodeName("Restored: {}", "恢复：{}")
_ENDED: Final = CodeName("Ended: {}", "结束：{}")
_PRESENT: Final = CodeName("Still present: {}", "仍存在：{}")

_ENDS_NOTHING: Final = frozenset({"406", "470", "480"})
"""A cancel has no end; the partial openings of some makes are told as both ways already."""

_BYPASSES: Final = "5"
"""Codes of the 500s take something out of use: that ends, nothing is restored."""


def contact_id_named(meaning: Meaning, code: str, qualifier: str | None) -> Meaning:
    """`meaning`, an event's class, in the words of its Contact ID code; unchanged where it has none."""
    names = contact_id_names()
    if how := names.how.get(code):
        return _with_manner(meaning, how, qualifier)
    if name := names.name.get(code):
        return _with_words(meaning, name, _frame(meaning, code, qualifier))
    return meaning


def sia_named(meaning: Meaning, code: str) -> Meaning:
    """`meaning` in the words of its SIA code (capitals), which say themselves whether it begins or ends."""
    name = sia_names().name.get(code)
    return _with_words(meaning, name, _PLAIN) if name else meaning


def _with_manner(meaning: Meaning, how: CodeName, qualifier: str | None) -> Meaning:
    """`Closed (armed) by key switch`; a status report says no manner: nothing was opened or closed."""
    if qualifier not in {"new", "restore"}:
        return meaning
    return replace(meaning, en=f"{meaning.en} {how.en}", zh=f"{how.zh}{meaning.zh}")


def _with_words(meaning: Meaning, name: CodeName, frame: CodeName) -> Meaning:
    english = frame.en.format(name.en)
    return replace(meaning, en=english[:1].upper() + english[1:], zh=frame.zh.format(name.zh))


def _frame(meaning: Meaning, code: str, qualifier: str | None) -> CodeName:
    if qualifier == "restore" and code not in _ENDS_NOTHING:
        return _RESTORED if meaning.category == "restore" and not code.startswith(_BYPASSES) else _ENDED
    if qualifier == "status" and meaning.category in {"alarm", "system"}:
        return _PRESENT
    return _PLAIN
