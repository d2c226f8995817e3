"""Contact ID inside a Sur-Gard frame.

    5RRLs18AAAAQXYZGGCCC               4-character account
    QRRLLLs58AAAAAAAAAAQXYZGGCCC       10-character account

A second System III dialect has four digits in CCC. The fourth is believed only directly before the
terminator; elsewhere it could as well begin the next frame.
"""

import re

from hardware.panels.contact_id import QUALIFIERS
from hardware.panels.forms import Form
from hardware.panels.frame import PanelRecord
from hardware.panels.subjects import CONTACT_ID_USER_CODES, zone_or_user
from hardware.panels.surgard.header import NAME, header_pattern

EVENT = r"(?P<qualifier>[ERP136])(?P<code>[0-9A-F]{3})(?P<partition>[0-9]{2})(?P<number>[0-9]{3}(?:[0-9]\Z)?)"


def forms(header_length: int | None) -> list[Form]:
    """Return the two layouts."""
    header = header_pattern(header_length)
    short = rf"5{header} (?:18|98)(?P<account>[0-9A-F]{{4}}){EVENT}"
    long = rf"Q{header} (?:58|98)(?P<account>[0-9A-F]{{10}}){EVENT}"
    return [Form(re.compile(short), read_contact), Form(re.compile(long), read_contact)]


def read_contact(match: re.Match[str]) -> PanelRecord:
    """Read a match that has the groups of a header, an account and `EVENT`."""
    zone, user = zone_or_user(match["number"], is_user=match["code"] in CONTACT_ID_USER_CODES)
    return PanelRecord(
        protocol=NAME,
        kind="event",
        receiver=match["receiver"],
        line=match["line"],
        account=match["account"],
        qualifier=QUALIFIERS[match["qualifier"]],
        code_set="contact_id",
        code=match["code"],
        partition=match["partition"],
        zone=zone,
        user=user,
    )
