"""Frames as an MX8000 sends them in native mode, for simulators and tests. Each has its V and ends with CR.

`reference` is the receiver's running number, 1 to 9999; `stamp` date and time as `mmddyy"hhmmss`.
"""

from collections.abc import Sequence
from typing import Final

from hardware.panels.frame import Qualifier
from hardware.panels.silentknight.validation import validation_byte

STAMP: Final = '010226"030405'

_CONTACT_ID: Final = "05001"
_SIA: Final = "00401"
_DIGITS: Final = {"new": "1", "restore": "3", "status": "6"}


def contact_id_event(qualifier: Qualifier, code: str, partition: str, number: str) -> str:
    """Return one event: code of 3 digits, partition of 2, zone or user of 3."""
    return f"18{_DIGITS[qualifier]}{code}{partition}{number}"


def contact_id_frame(
    account: str, events: Sequence[str], *, reference: int, receiver: str = "01", stamp: str = STAMP
) -> bytes:
    """Return a call with one or more events made by `contact_id_event`."""
    items = '"'.join(events)
    return _framed(f'&{stamp}"{receiver}"{reference:04}"{_CONTACT_ID}\x05{account}"{items}')


def sia_frame(
    account: str, items: Sequence[str], *, reference: int, receiver: str = "01", stamp: str = STAMP
) -> bytes:
    """Return a call with SIA items such as `ri1`, `BA09`."""
    said = '"'.join(items)
    return _framed(f'&{stamp}"{receiver}"{reference:04}"{_SIA}\x05{account}"{said}')


def system_frame(
    code: str, data: str = "", *, reference: int, receiver: str = "01", stamp: str = STAMP
) -> bytes:
    """Return the receiver's own state: one code byte, such as `w` for AC lost, and its data."""
    return _framed(f'\x02{stamp}"{receiver}"{reference:04}"{code}{data}')


def heartbeat_frame(*, receiver: str = "01", stamp: str = STAMP) -> bytes:
    """Return a heartbeat; its running number is that of a link test."""
    return _framed(f'\x03{stamp}"{receiver}"0000"')


def _framed(text: str) -> bytes:
    frame = text.encode("latin-1")
    return frame + bytes([validation_byte(frame)]) + b"\r"
