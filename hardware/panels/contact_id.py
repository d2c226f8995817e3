"""Contact ID as it leaves a panel: the event model of SIA DC-05, and raw lines of it.

    AAAA MT Q XYZ GG CCC S    16 characters with check digit, spaces anywhere between the groups
    AAAA Q XYZ GG CCC         13 characters without; Q a digit or a letter

The standard has no framing: lines end with CR, LF, NUL or DC4.
"""

import re
from typing import Final

from hardware.panels.frame import Check, PanelRecord, Qualifier
from hardware.panels.splitter import Splitter
from hardware.panels.subjects import CONTACT_ID_USER_CODES, zone_or_user
from hardware.panels.text_codec import TextCodec

NAME: Final = "contact_id"

QUALIFIERS: Final[dict[str, Qualifier]] = {
    "1": "new",
    "E": "new",
    "3": "restore",
    "R": "restore",
    "6": "status",
    "P": "status",
}

# DC-05 has no digit A: a 0 is sent as ten tone pulses. Telephones write B as * and C as #.
_DIGIT_VALUES: Final[dict[str, int]] = dict(zip("1234567890BCDEF*#", [*range(1, 16), 11, 12], strict=True))

_CHECKED: Final = re.compile(
    r"([0-9B-F*#]{4}) *(?:18|98) *([136]) *([0-9B-F*#]{3}) *([0-9B-F]{2}) *([0-9B-F]{3}) *[0-9B-F*#]"
)
_UNCHECKED: Final = re.compile(r"([0-9B-F*#]{4}) *([136ERP]) *([0-9B-F*#]{3}) *([0-9B-F]{2}) *([0-9B-F]{3})")


def codec() -> TextCodec:
    """Return a codec for raw Contact ID lines."""
    return TextCodec(NAME, Splitter(b"\r\n\x00\x14", shortest=len("AAAAQXYZGGCCC")), judge)


def judge(text: str) -> tuple[PanelRecord, ...]:
    """Read one line; empty when it is no Contact ID."""
    line = text.strip(" ")
    if match := _CHECKED.fullmatch(line):
        return (_record(text, match, "ok" if check_is_right(line) else "bad"),)
    if match := _UNCHECKED.fullmatch(line):
        return (_record(text, match, "none"),)
    return ()


def check_is_right(digits: str) -> bool:
    """Return whether the sum of all 16 digits, check digit included, is 0 modulo 15. Spaces do not count."""
    return sum(_DIGIT_VALUES[digit] for digit in digits if digit != " ") % 15 == 0


def check_digit(digits: str) -> str:
    """Return the digit that makes `digits` (the 15 in front of it) sum to 0 modulo 15."""
    missing = -sum(_DIGIT_VALUES[digit] for digit in digits) % 15 or 15
    return "1234567890BCDEF"[missing - 1]


def encode(account: str, qualifier: Qualifier, code: str, partition: str, number: str) -> str:
    """Return 16 characters: account of 4 digits, code of 3, partition of 2, zone or user of 3."""
    digit = {"new": "1", "restore": "3", "status": "6"}[qualifier]
    body = f"{account}18{digit}{code}{partition}{number}"
    return body + check_digit(body)


def _record(text: str, match: re.Match[str], check: Check) -> PanelRecord:
    """Fill a record; a wrong check keeps its fields for the journal, but is no event and gets no reply."""
    account, qualifier, code, partition, number = match.groups()
    zone, user = zone_or_user(number, is_user=code in CONTACT_ID_USER_CODES)
    return PanelRecord(
        protocol=NAME,
        kind="unparsed" if check == "bad" else "event",
        account=account,
        qualifier=QUALIFIERS[qualifier],
        code_set="contact_id",
        code=code,
        partition=partition,
        zone=zone,
        user=user,
        check=check,
        reply="none" if check == "bad" else "ack",
        raw=text.encode("latin-1").hex(),
    )
