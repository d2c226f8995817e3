"""From a frame to the record `tongpin decode` prints, and the kind of answer it earns."""

import re
from dataclasses import asdict, replace
from typing import Final

from hardware.panels.contact_id import QUALIFIERS
from hardware.panels.frame import PanelEvent, PanelRecord
from hardware.panels.sia_dc09.framing import Frame, Junk
from hardware.panels.sia_dc09.message import Content, Message
from hardware.panels.sia_items import sia_events
from hardware.panels.subjects import CONTACT_ID_USER_CODES, zone_or_user

NAME: Final = "sia_dc09"

LINK_TEST: Final = "NULL"
ANSWERS: Final = frozenset({"ACK", "NAK", "DUH", "RSP"})
"""What only receivers send; nobody answers an answer."""

_SIA: Final = "SIA-DCS"
_CONTACT_ID: Final = frozenset({"ADM-CID", "HENG-BO"})
_CONTACT_ID_DATA: Final = re.compile(
    r"(?P<qualifier>[136]) ?(?P<code>[0-9A-F]{3}) ?(?P<partition>[0-9A-F]{2}) ?(?P<number>[0-9A-F]{3}) *"
)


def record_of(frame: Frame | Junk, message: Message | None) -> PanelRecord:
    """Return the record; `message` is what `read` made of the frame, or `None`.

    A wrong CRC is one unparsed record, whatever the fields look like; the first event stays for the journal.
    A sound frame that says nothing we know is unparsed too, and answered where it has a sequence to repeat.
    """
    raw = frame.raw.hex()
    if isinstance(frame, Junk):
        return PanelRecord(NAME, "unparsed", reply="none", raw=raw)
    if message is None:
        return PanelRecord(NAME, "unparsed", check="ok" if frame.sound else "bad", reply="none", raw=raw)
    record = replace(
        _said(message), receiver=message.receiver, line=message.line, account=message.account, raw=raw
    )
    if not frame.sound:
        return replace(record, kind="unparsed", check="bad", reply="none", events=())
    return replace(record, check="ok")


def _said(message: Message) -> PanelRecord:
    """Return kind, event fields and answer."""
    if message.id in ANSWERS:
        return PanelRecord(NAME, "text", text=message.id, reply="none")
    if message.id == LINK_TEST:
        return PanelRecord(NAME, "heartbeat", reply="ack" if message.content else "nak")
    if message.content is None:
        return PanelRecord(NAME, "unparsed", reply="nak")
    events = _events(message.id, message.content)
    if not events:
        return PanelRecord(NAME, "unparsed")
    return PanelRecord(
        NAME,
        "event" if events[0].code else "text",
        **asdict(events[0]),
        events=tuple(events) if len(events) > 1 else (),
    )


def _events(message_id: str, content: Content) -> list[PanelEvent]:
    if message_id == _SIA:
        return sia_events(content.data[1:]) if content.data[:1] in ("N", "O") else []
    if message_id in _CONTACT_ID:
        match = _CONTACT_ID_DATA.fullmatch(content.data)
        return [_contact_id(match)] if match else []
    return []


def _contact_id(match: re.Match[str]) -> PanelEvent:
    zone, user = zone_or_user(match["number"], is_user=match["code"] in CONTACT_ID_USER_CODES)
    return PanelEvent(
        qualifier=QUALIFIERS[match["qualifier"]],
        code_set="contact_id",
        code=match["code"],
        partition=match["partition"],
        zone=zone,
        user=user,
    )
