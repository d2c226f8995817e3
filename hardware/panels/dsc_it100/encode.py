"""IT-100 lines, both ways: what the module says and what it is asked. Each ends with its terminator."""

from typing import Final

CR_LF: Final = b"\r\n"


def checksum(front: str) -> str:
    """Return the low byte of the sum of all characters, as two upper-case hex digits."""
    return f"{sum(front.encode('latin-1')) & 0xFF:02X}"


def line(code: str, data: str = "") -> bytes:
    """Return the line of a three-digit command with its data: `line("654", "2")` is partition 2 in alarm."""
    front = code + data
    return (front + checksum(front)).encode("latin-1") + CR_LF


def label(number: str, text: str) -> bytes:
    """Return a label, padded with spaces to 32 characters; `number` has three digits."""
    return line("570", f"{number}{text:<32}")
