"""How characters travel on a serial line: speed and framing, and what can be told of them from the bytes."""

from dataclasses import dataclass
from typing import Literal

USUAL_BAUDS = (9600, 1200, 19200, 2400, 4800, 38400, 57600, 115200, 600, 300)
"""Most likely first: receivers' manuals name 9600 and 1200, some 19200; panels' own ports go up to 115200."""

Framing = Literal["8N1", "7E1", "7O1"]
"""Framings that look different to a port opened with 8 bits and no parity; 8N2 looks like 8N1."""

_BIT_7 = 0x80


@dataclass(frozen=True, slots=True)
class LineMode:
    """Speed and framing, written `9600 8N1` as in the box's settings."""

    baud: int
    framing: Framing = "8N1"

    def __str__(self) -> str:
        return f"{self.baud} {self.framing}"


def framing_of(data: bytes) -> Framing | None:
    """The framing of a 7-bit or 8-bit text line, from what a port opened as 8N1 read of it.

    With 7 bits and parity the parity arrives as bit 7. None: the bytes follow no parity, so the speed is
    wrong, or the line carries binary.
    """
    if all(byte < _BIT_7 for byte in data):
        return "8N1"
    odd = sum(byte.bit_count() % 2 for byte in data)
    if odd == 0:
        return "7E1"
    return "7O1" if odd == len(data) else None


def as_sent(data: bytes, framing: Framing) -> bytes:
    """The characters behind what an 8N1 port read of a line with this framing."""
    return data if framing == "8N1" else bytes(byte & ~_BIT_7 for byte in data)
