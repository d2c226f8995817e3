"""Frames as a Sur-Gard receiver sends them, for simulators and tests. Each ends with its terminator."""

from typing import Final

from hardware.panels.frame import Qualifier

DC4: Final = b"\x14"

_LETTERS: Final = {"new": "E", "restore": "R", "status": "P"}


def contact_id_frame(
    account: str,
    qualifier: Qualifier,
    code: str,
    partition: str,
    number: str,
    *,
    header: str = "011",
) -> bytes:
    """Return a Contact ID frame: account of 4 or 10 digits, code of 3, partition of 2, zone or user of 3.

    `header` is receiver and line, three to nine hex digits.
    """
    front = f"5{header} 18" if len(account) == len("AAAA") else f"Q{header} 58"
    return f"{front}{account}{_LETTERS[qualifier]}{code}{partition}{number}".encode("ascii") + DC4


def sia_frame(account: str, items: str, *, header: str = "011") -> bytes:
    """Return a SIA block with the given items, such as `ri1/BA02/OP03`."""
    return f"S{header}[#{account}|N{items}]".encode("ascii") + DC4


def heartbeat_frame(*, header: str = "011") -> bytes:
    """Return a heartbeat."""
    return f"1{header}{' ' * 11}@{' ' * 4}".encode("ascii") + DC4
