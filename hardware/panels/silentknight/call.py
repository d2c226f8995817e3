"""A call from a panel: one account, and its events between quotes.

A Contact ID event is `18QXYZGGCCC`; SIA events are items as everywhere (`ri1`, `BA09`). In front of V may
stand a seconds count of listening in (`*060`), then a comma: the receiver cut a long call and more follows.
What reads as no event stays in the list as text: nothing of a call is dropped.
"""

import re
from dataclasses import asdict
from typing import Final

from hardware.panels.contact_id import QUALIFIERS
from hardware.panels.frame import PanelEvent, PanelRecord
from hardware.panels.sia_items import sia_events
from hardware.panels.silentknight.layout import FRONT, NAME
from hardware.panels.subjects import CONTACT_ID_USER_CODES, zone_or_user

_CALL: Final = re.compile(
    rf"&{FRONT}[0-9]{{5}}(?:#[^\x05]*)?\x05(?P<account>[ 0-9A-Z]{{1,16}})"
    r'"(?P<items>[^\x01-\x05]*?)(?:\*(?P<listen>[0-9]{0,3}))?,?'
)
_CONTACT_ID: Final = re.compile(
    r"(?:18|98|58)(?P<qualifier>[136ERP])(?P<code>[0-9A-F]{3})(?P<partition>[0-9A-F]{2})(?P<number>[0-9A-F]{3})"
)
_BEGINS_WITH_DIGIT: Final = re.compile("[0-9]")


def read_call(frame: str) -> PanelRecord | None:
    """Read a frame without its V; `None` when it is no call or holds no event."""
    match = _CALL.fullmatch(frame)
    events = _events(match["items"]) if match else ()
    if match is None or not any(event.code for event in events):
        return None
    return PanelRecord(
        protocol=NAME,
        kind="event",
        receiver=match["receiver"],
        account=match["account"].strip(" ") or None,
        **asdict(events[0]),
        events=events if len(events) > 1 else (),
    )


def _events(items: str) -> tuple[PanelEvent, ...]:
    """Return the events in order; a format is known by its first item."""
    if _BEGINS_WITH_DIGIT.match(items):
        return tuple(_contact_id(item) for item in items.split('"'))
    return tuple(sia_events(items.replace('"', "/")))


def _contact_id(item: str) -> PanelEvent:
    match = _CONTACT_ID.fullmatch(item)
    if match is None:
        return PanelEvent(text=item)
    zone, user = zone_or_user(match["number"], is_user=match["code"] in CONTACT_ID_USER_CODES)
    return PanelEvent(
        qualifier=QUALIFIERS[match["qualifier"]],
        code_set="contact_id",
        code=match["code"],
        partition=match["partition"],
        zone=zone,
        user=user,
    )
