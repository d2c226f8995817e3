"""SIA blocks inside a Sur-Gard frame: `SRRL[#ACCT|Nri1/CL03]`, and the receiver's own events with id 0."""

import re
from dataclasses import asdict

from hardware.panels.forms import Form
from hardware.panels.frame import Kind, PanelEvent, PanelRecord
from hardware.panels.sia_items import sia_events
from hardware.panels.surgard.header import NAME, header_pattern


def forms(header_length: int | None) -> list[Form]:
    """Return the one layout: N is a new event, O one sent late."""
    header = header_pattern(header_length)
    block = rf"(?P<id>[SO0]){header}\[#(?P<account>[0-9A-Za-z]{{3,16}})\|[NO](?P<items>[^\[\]]*)\]"
    return [Form(re.compile(block), _read)]


def _read(match: re.Match[str]) -> PanelRecord:
    events = sia_events(match["items"]) or [PanelEvent()]
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
