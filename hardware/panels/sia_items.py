"""The items of a SIA block, wherever one is carried: `ri1/CL03`, `ri1/BA02/OP03`, `RR|Atest`.

Items stand between slashes, though the slash behind an area may be missing. `riN` sets the area for what
follows; two capitals are a code and the digits behind them its number. `^...^`, `|A...`, `*'...'` and what a
space parts from the number are text. Time, date, user and peripheral modifiers (`ti da id pi`) say nothing
the record has a place for.
"""

import re
from dataclasses import replace

from hardware.panels.frame import PanelEvent
from hardware.panels.subjects import SIA_USER_CODES, zone_or_user

_ITEM = re.compile(
    r"ri(?P<area>[0-9]+)"
    r"|[a-z]{2}[^/|^*A-Za-z]*"
    r"|(?P<code>[A-Z]{2})(?P<number>[0-9]*)(?: (?P<plain>[^/|^*]*))?"
    r"|\^(?P<caret>[^^]*)\^|\|A(?P<ascii>[^|]*)|\*'(?P<quoted>[^']*)'"
)


def sia_events(items: str) -> list[PanelEvent]:
    """Return the events of `items` (one character per byte, as Latin-1), each with the area in force.

    A block without events that has an area or a text is one event without code; one that says nothing is
    an empty list.
    """
    events: list[PanelEvent] = []
    area = text = None
    for item in _ITEM.finditer(items):
        if item["area"]:
            area = item["area"]
        elif item["code"]:
            events.append(_event(item["code"], item["number"] or None, area))
        if said := item["plain"] or item["caret"] or item["ascii"] or item["quoted"]:
            text = text_of(said)
            events[-1:] = [replace(event, text=text) for event in events[-1:]]
    if not events and (area or text):
        return [PanelEvent(partition=area, text=text)]
    return events


def text_of(said: str) -> str:
    """Read text as UTF-8 or, as Chinese panels send it, GB 18030; else each byte stays a letter."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return said.encode("latin-1").decode(encoding).strip()
        except UnicodeDecodeError:
            continue
    return said.strip()


def _event(code: str, number: str | None, area: str | None) -> PanelEvent:
    zone, user = zone_or_user(number, is_user=code in SIA_USER_CODES)
    return PanelEvent(code_set="sia", code=code, partition=area, zone=zone, user=user)
