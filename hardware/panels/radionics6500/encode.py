"""Frames as a Bosch D6600 sends them, for simulators and tests. Each ends with its DC4."""

from typing import Final

from hardware.panels.frame import Qualifier
from hardware.panels.surgard import encode as surgard

_HEADER_BYTE: Final = b" "
_DIGITS: Final = {"new": "1", "restore": "3", "status": "6"}


def contact_id_frame(
    account: str, qualifier: Qualifier, code: str, partition: str, number: str, *, header: str = "011"
) -> bytes:
    """Return a Contact ID frame: account of 4 digits, code of 3, partition of 2, zone or user of 3.

    `header` is receiver and line, three to nine hex digits.
    """
    text = f"a{header} {account}18{_DIGITS[qualifier]}{code}{partition}{number}"
    return _HEADER_BYTE + text.encode("ascii") + surgard.DC4


def sia_frame(account: str, items: str, *, header: str = "011") -> bytes:
    """Return a SIA block with the given items, such as `ri1/BA02/OP03`."""
    return _HEADER_BYTE + surgard.sia_frame(account, items, header=header)


def heartbeat_frame(*, header: str = "011") -> bytes:
    """Return a heartbeat."""
    return _HEADER_BYTE + surgard.heartbeat_frame(header=header)
