"""SIA blocks inside a Sur-Gard frame: `SRRL[#ACCT|Nri1/CL03]`, and the receiver's own events with id 0.

Items stand between slashes, though the slash behind an area may be missing. `riN` sets the area for what
follows; two capitals are a code and the digits behind them its number. `^...^`, `|A...`, `*'...'` and what a
space parts from the number are text. Time, date, user and peripheral modifiers (`ti da id pi`) say nothing
the record has a place for.
"""

import re
from dataclasses import asdict, replace

from hardware.panels.frame import Kind, PanelEvent, PanelRecord
from hardware.panels.subjects import SIA_USER_CODES, zone_or_user
from hardware.panels.surgard.header import NAME, Form, header_pattern

_ITEM = re.compile(
    r"ri(?P<area>[0-9]+)"
    r"|[a-z]{2}[^/|^*A-Za-z]*"
    r"|(?P<code>[A-Z]{2})(?P<number>[0-9]*)(?: (?P<plain>[^/|^*]*))?"
    r"|\^(?P<caret>[^^]*)\^|\|A(?P<ascii>[^|]*)|\*'(?P<quoted>[^']*)'"
)


def forms(header_length: int | None) -> list[Form]:
    """Return the one layout: N is a new event, O one sent late."""
    header = header_pattern(header_length)
    block = rf"(?P<id>[SO0]){header}\[#(?P<account>[0-9A-Za-z]{{3,16}})\|[NO](?P<items>[^\[\]]*)\]"
    return [Form(re.compile(block), _read)]


def _read(match: re.Match[str]) -> PanelRecord:
    events = _events(match["items"]) or [PanelEvent()]
    return PanelRecord(
        protocol=NAME,
        kind=_kind(match["id"], events[0]),
        receiver=match["receiver"],
        line=match["line"],
        account=match["account"],
        **asdict(events[0]),
        events=tuple(events) if len(events) > 1 else (),
    )


def _kind(frame_id: str, first: PanelEvent) -> Kind:
    """Tell what a block is by its first event; one that says nothing at all is unparsed."""
    if first == PanelEvent():
        return "unparsed"
    if frame_id == "0":
        return "receiver"
    return "event" if first.code else "text"


def _events(items: str) -> list[PanelEvent]:
    """Return the block's events; if it has none, its area or text as an event without code."""
    events: list[PanelEvent] = []
    area = text = None
    for item in _ITEM.finditer(items):
        if item["area"]:
            area = item["area"]
        elif item["code"]:
            events.append(_event(item["code"], item["number"] or None, area))
        if said := item["plain"] or item["caret"] or item["ascii"] or item["quoted"]:
            text = _decode(said)
            events[-1:] = [replace(event, text=text) for event in events[-1:]]
    if not events and (area or text):
        return [PanelEvent(partition=area, text=text)]
    return events


def _event(code: str, number: str | None, area: str | None) -> PanelEvent:
    zone, user = zone_or_user(number, is_user=code in SIA_USER_CODES)
    return PanelEvent(code_set="sia", code=code, partition=area, zone=zone, user=user)


def _decode(said: str) -> str:
    """Read text as UTF-8 or, as Chinese panels send it, GB 18030; else each byte stays a letter."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return said.encode("latin-1").decode(encoding).strip()
        except UnicodeDecodeError:
            continue
    return said.strip()
