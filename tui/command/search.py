"""What is typed to find overs: words, and fields in any order. Pure.

find red jacket unit:p1 from:10:00 to:11:30
find 红色外套 地点:候车厅 日期:昨天
"""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from bus.messages.verbs import Find
from tui.command.model import Unclear
from tui.command.vocabulary import Entries, vocabulary
from tui.view.sight import Sight

FIELDS: dict[str, tuple[str, ...]] = {
    "unit": ("unit", "u", "单位", "警力"),
    "place": ("place", "p", "地点"),
    "channel": ("ch", "channel", "信道"),
    "since": ("from", "从"),
    "until": ("to", "到"),
    "on": ("on", "日期"),
    "gated": ("only", "只看"),
}
"""What can be named, and how people write it in either language."""

_ONLY = {"gated": True, "words": False, "无话音": True, "有话音": False}
_DAYS = {"today": 0, "今天": 0, "yesterday": 1, "昨天": 1}
_TOKEN = re.compile(r'(?:([^\s:："]+)[:：])?("[^"]*"|\S+)')
_AGO = re.compile(r"(\d{1,5})([smhd])")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def search_for(text: str, sight: Sight) -> Find:
    """The request. Raises `Unclear` for a field that says nothing the site or the calendar knows."""
    words: list[str] = []
    wanted: dict[str, Any] = {}
    for found in _TOKEN.finditer(text):
        field = next((name for name, spelled in FIELDS.items() if (found[1] or "").lower() in spelled), None)
        if field is None:
            words.append(found[0])
        else:
            wanted |= _READ[field](found[2].strip('"'), sight)
    return Find(words=" ".join(words)[:400], **wanted)


def _unit(text: str, sight: Sight) -> dict[str, Any]:
    return {"unit": _named(vocabulary(sight.mirror.names).units, text)}


def _place(text: str, sight: Sight) -> dict[str, Any]:
    return {"place": _named(vocabulary(sight.mirror.names).places, text)}


def _channel(text: str, _: Sight) -> dict[str, Any]:
    return {"channel": text}


def _gated(text: str, _: Sight) -> dict[str, Any]:
    if text.lower() not in _ONLY:
        raise Unclear("ask.only", text=text)
    return {"gated": _ONLY[text.lower()]}


def _since(text: str, sight: Sight) -> dict[str, Any]:
    return {"since": _moment(text, sight.now)}


def _until(text: str, sight: Sight) -> dict[str, Any]:
    return {"until": _moment(text, sight.now)}


def _on(text: str, sight: Sight) -> dict[str, Any]:
    """One day where the console stands, from midnight to midnight; `y` is enough for yesterday."""
    ago = next((days for name, days in _DAYS.items() if text and name.startswith(text.lower())), None)
    day = _moment(text, sight.now) if ago is None else sight.now.astimezone() - timedelta(days=ago)
    midnight = day.replace(hour=0, minute=0, second=0, microsecond=0)
    return {"since": midnight, "until": midnight + timedelta(days=1)}


_READ: dict[str, Callable[[str, Sight], dict[str, Any]]] = {
    "unit": _unit,
    "place": _place,
    "channel": _channel,
    "since": _since,
    "until": _until,
    "on": _on,
    "gated": _gated,
}


def _named(entries: Entries, text: str) -> str:
    for name, key in entries:
        if name == text.lower():
            return key
    raise Unclear("ask.name", text=text)


def _moment(text: str, now: datetime) -> datetime:
    """`10:00` the last time the clock showed it, `2h` ago, or a date with or without a time."""
    here = now.astimezone()
    if ago := _AGO.fullmatch(text):
        return here - timedelta(**{_UNITS[ago[2]]: int(ago[1])})
    try:
        if clock := _CLOCK.fullmatch(text):
            at = here.replace(hour=int(clock[1]), minute=int(clock[2]), second=0, microsecond=0)
            return at if at <= here else at - timedelta(days=1)
        return datetime.fromisoformat(text).astimezone()
    except ValueError:
        raise Unclear("ask.moment", text=text) from None
