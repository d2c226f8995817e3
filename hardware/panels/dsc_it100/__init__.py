"""DSC IT-100, the RS-232 module of PowerSeries panels: `CCC data KK CR LF`, 9600 8N1.

KK is a checksum. The module gives no meaning to answers, waits for nobody and keeps nothing: what it says
while nobody listens is lost. So it is asked for its state (001) after every opening of the port, and polled
(000) in silence, which it answers with 500 000.
"""

import re
from typing import Final

from hardware.panels.asking import Asking, Poll
from hardware.panels.dsc_it100.encode import checksum, line
from hardware.panels.dsc_it100.layouts import NAME, PATTERNS, QUALIFIERS, state_of
from hardware.panels.frame import Kind, PanelRecord
from hardware.panels.splitter import Splitter
from hardware.panels.text_codec import TextCodec

POLL_S: Final = 30.0
"""Ours; the guide asks for none."""

_LINE: Final = re.compile(r"(?P<code>[0-9]{3})(?P<data>.*)(?P<check>[0-9A-F]{2})")
_LABEL: Final = re.compile(r"[0-9]{3}(?P<text>.*)")
_ANYTHING: Final = re.compile(r"(?P<text>.*)")
_POLL_ANSWERED: Final = ("500", "000")


def codec() -> TextCodec:
    """Return a codec for one module."""
    return TextCodec(
        NAME,
        Splitter(b"\r\n", shortest=len("CCCKK")),
        judge,
        answered=False,
        asking=Asking(start=line("001"), poll=Poll(POLL_S, line("000")), state=state_of),
    )


def judge(text: str) -> tuple[PanelRecord, ...]:
    """Read one line; empty when it is none. A wrong sum, or data no such command has, is unparsed."""
    match = _LINE.fullmatch(text.strip(" "))
    if match is None:
        return ()
    code, data = match["code"], match["data"]
    fields = _pattern(code).fullmatch(data)
    sound = match["check"] == checksum(code + data)
    found = fields.groupdict() if fields else {}
    return (
        PanelRecord(
            protocol=NAME,
            kind=_kind(code, data) if sound and fields else "unparsed",
            qualifier=QUALIFIERS.get(code),
            code=code,
            partition=found.get("partition"),
            zone=found.get("zone"),
            user=found.get("user"),
            text=(found.get("text") or "").strip(" ") or None,
            check="ok" if sound else "bad",
            reply="none",
            raw=text.encode("latin-1").hex(),
        ),
    )


def _pattern(code: str) -> re.Pattern[str]:
    """Return what may stand behind a command; of one not listed, its data are text."""
    return PATTERNS.get(code, _LABEL if code == "570" else _ANYTHING)


def _kind(code: str, data: str) -> Kind:
    if code == "000" or (code, data) == _POLL_ANSWERED:
        return "heartbeat"
    return "event" if code[0] in "678" else "text"
