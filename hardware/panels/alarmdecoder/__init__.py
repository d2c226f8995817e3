"""AlarmDecoder AD2USB, AD2PI and AD2SERIAL: a keypad bus of Honeywell and DSC panels, as lines of text.

    [bits],num,[raw],"display"       what keypads show                  !KPM:[…  the same
    !LRR:nnn,p,CID_Qxyz,ff           long-range radio: real events       !LRR:nnn,p,WORD  older firmware
    !CONFIG>…  !VER:…  !RFX:…  !EXP:…  !REL:…  !Sending.done  !Ready

115200 8N1 on the AD2USB (from memory, verify; AD2SERIAL differs). No check, no answer. Where the panel's
long-range radio is off, only the keypads' alarm and fire bits tell of an alarm.
"""

import re
from typing import Final

from hardware.panels.alarmdecoder.keypad import KEYPAD, NAME, alarm_word, state_of
from hardware.panels.asking import Asking, Poll
from hardware.panels.contact_id import QUALIFIERS
from hardware.panels.frame import PanelRecord
from hardware.panels.splitter import Splitter
from hardware.panels.subjects import CONTACT_ID_USER_CODES, zone_or_user
from hardware.panels.text_codec import TextCodec

CONFIG_QUERY: Final = b"C\r"
"""The device answers !CONFIG>…; it reads the rest of the line as settings, so the line is empty."""

POLL_S: Final = 60.0
"""Ours: keypads are refreshed more often than that, so it is hardly ever asked."""

_RADIO: Final = re.compile(r"!LRR:(?P<number>[0-9A-Fa-f]*),(?P<partition>[0-9]*),(?P<event>[^,]*)(?:,.*)?")
_CONTACT_ID: Final = re.compile(r"CID_(?P<qualifier>[136])(?P<code>[0-9A-F]{3})")
_WORD: Final = re.compile(r"[A-Z][A-Z_]*")
_NOTE: Final = re.compile(r"!(?P<text>[A-Z].*)", re.IGNORECASE)


def codec(*, keypad_alarms: bool = False) -> TextCodec:
    """Return a codec for one device.

    With `keypad_alarms` a keypad's fire and alarm bits are events (`KEYPAD_FIRE`, `KEYPAD_ALARM`), for panels
    whose long-range radio is off; else every keypad line is text.
    """
    return TextCodec(
        NAME,
        Splitter(b"\r\n", shortest=len("!VER:")),
        _Reader(keypad_alarms=keypad_alarms).judge,
        answered=False,
        asking=Asking(start=CONFIG_QUERY, poll=Poll(POLL_S, CONFIG_QUERY), state=state_of),
    )


class _Reader:
    """Reads lines of one device."""

    def __init__(self, *, keypad_alarms: bool) -> None:
        self._keypad_alarms = keypad_alarms

    def judge(self, text: str) -> tuple[PanelRecord, ...]:
        """Read one line; empty when it is none of the device's."""
        line, raw = text.strip(" "), text.encode("latin-1").hex()
        if match := KEYPAD.fullmatch(line):
            return (self._keypad(match, raw),)
        if line.startswith("!LRR:"):
            match = _RADIO.fullmatch(line)
            return _radio(match, raw) if match else ()
        if match := _NOTE.fullmatch(line):
            return (PanelRecord(NAME, "text", text=match["text"], reply="none", raw=raw),)
        return ()

    def _keypad(self, match: re.Match[str], raw: str) -> PanelRecord:
        word = alarm_word(match["bits"]) if self._keypad_alarms else None
        return PanelRecord(
            protocol=NAME,
            kind="event" if word else "text",
            qualifier="new" if word else None,
            code=word or match["number"],
            zone=match["number"] if word else None,
            text=match["text"],
            reply="none",
            raw=raw,
        )


def _radio(match: re.Match[str], raw: str) -> tuple[PanelRecord, ...]:
    partition = match["partition"] or None
    if cid := _CONTACT_ID.fullmatch(match["event"]):
        zone, user = zone_or_user(match["number"] or None, is_user=cid["code"] in CONTACT_ID_USER_CODES)
        return (
            PanelRecord(
                protocol=NAME,
                kind="event",
                qualifier=QUALIFIERS[cid["qualifier"]],
                code_set="contact_id",
                code=cid["code"],
                partition=partition,
                zone=zone,
                user=user,
                reply="none",
                raw=raw,
            ),
        )
    if _WORD.fullmatch(match["event"]):
        return (PanelRecord(NAME, "event", code=match["event"], partition=partition, reply="none", raw=raw),)
    return ()
