"""Contact ID in a 685 frame: `RL AAAA 18 QXYZ GG FCCC`, where F is C for a zone and U for a user.

The letter decides what CCC is, not the code. A dialect writes two digits; FE100 and Conwin have accounts of
eight. Conwin adds who called, when, and which receiver it was (`#1` to `#4`), which the record has no place
for, and text in GBK behind `#8`.
"""

import re
from dataclasses import replace

from hardware.panels.ademco685.layout import NAME, front
from hardware.panels.forms import Form
from hardware.panels.frame import PanelRecord
from hardware.panels.sia_items import text_of
from hardware.panels.subjects import zone_or_user
from hardware.panels.surgard.contact import read_contact

_EVENT = (
    rf"{front('[0-9A-F]{4}(?:[0-9A-F]{4})?')} (?:18|98)"
    r" (?P<qualifier>[ERP])(?P<code>[0-9A-F]{3}) (?P<partition>[0-9A-F]{2}) (?P<subject>[CU])"
)
_CONWIN = r"(?: ?#[1-7][ -~]*?)?(?: ?#8(?P<text>[^\x0e]*)\x0e?)?"


def forms() -> list[Form]:
    """Return the two layouts; only three digits show the end of a frame."""
    return [
        Form(re.compile(rf"{_EVENT}(?P<number>[0-9]{{3}}){_CONWIN}"), _read),
        Form(re.compile(rf"{_EVENT}(?P<number>[0-9]{{2}})(?P<text>\Z)"), _read),
    ]


def _read(match: re.Match[str]) -> PanelRecord:
    zone, user = zone_or_user(match["number"], is_user=match["subject"] == "U")
    record = read_contact(match)
    return replace(record, protocol=NAME, zone=zone, user=user, text=text_of(match["text"] or "") or None)
