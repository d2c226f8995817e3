"""Frames as a 685 sends them, for simulators and tests. Each has its LF in front and ends with CR."""

from typing import Final

from hardware.panels.frame import Qualifier

_LETTERS: Final = {"new": "E", "restore": "R", "status": "P"}


def contact_id_frame(
    account: str,
    qualifier: Qualifier,
    code: str,
    partition: str,
    *,
    zone: str = "000",
    user: str | None = None,
    header: str = "11",
) -> bytes:
    """Return a Contact ID frame: account of 4 or 8 digits, code of 3, partition of 2, zone or user of 3.

    `header` is one character each for receiver and line. A frame with a user has no zone.
    """
    subject = f"C{zone}" if user is None else f"U{user}"
    return _framed(f"{header} {account} 18 {_LETTERS[qualifier]}{code} {partition} {subject}")


def pulse_frame(account: str, code: str, *, header: str = "11") -> bytes:
    """Return a 4x1 frame for a code of one digit, a 4x2 frame for one of two."""
    return _framed(f"{header} {account} {' '.join(code)}")


def heartbeat_frame() -> bytes:
    """Return the idle line."""
    return _framed("00 OKAY @ ")


def _framed(text: str) -> bytes:
    return b"\n" + text.encode("ascii") + b"\r"
