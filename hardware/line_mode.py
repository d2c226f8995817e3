"""How characters travel on a serial line: speed and framing, and what can be told of them from the bytes."""

from dataclasses import dataclass
from typing import Final, Literal

USUAL_BAUDS: Final = (9600, 1200, 19200, 2400, 4800, 38400, 57600, 115200, 600, 300)
"""Most likely first: receivers' manuals name 9600 and 1200, some 19200; panels' own ports go up to 115200."""

Framing = Literal["8N1", "7E1", "7O1"]
"""Framings that look different to a port opened with 8 bits and no parity; 8N2 looks like 8N1."""

_BIT_7: Final = 0x80

_FOLLOWS: Final = 0.97
"""Share of bytes with the right parity that makes a framing likely: a click on the line spoils a byte or two,
while binary and a wrong speed come out near one half."""


@dataclass(frozen=True, slots=True)
class LineMode:
    """Speed and framing, written `9600 8N1` as in the box's settings."""

    baud: int
    framing: Framing = "8N1"

    def __str__(self) -> str:
        return f"{self.baud} {self.framing}"


def framings_of(data: bytes) -> tuple[Framing, ...]:
    """The framings a line may have, from what a port opened as 8N1 read of it.

    With 7 bits and parity the parity arrives as bit 7. A binary protocol's bytes may happen to follow one, so
    8N1 is always among them.
    """
    if all(byte < _BIT_7 for byte in data):
        return ("8N1",)
    odd = sum(byte.bit_count() % 2 for byte in data) / len(data)
    if odd <= 1 - _FOLLOWS:
        return ("8N1", "7E1")
    return ("8N1", "7O1") if odd >= _FOLLOWS else ("8N1",)


def as_sent(data: bytes, framing: Framing) -> bytes:
    """The characters behind what an 8N1 port read of a line with this framing."""
    return data if framing == "8N1" else bytes(byte & ~_BIT_7 for byte in data)
