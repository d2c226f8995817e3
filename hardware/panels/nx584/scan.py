"""Finds NX frames at the front of a buffer, in either form. Pure.

A binary frame ends by its length; 7E and 7D are stuffed inside it, so a 7E always starts anew.
"""

import re
from typing import Final, Literal, NamedTuple

from hardware.panels.nx584.fletcher import fletcher

START: Final = 0x7E
_ESCAPE: Final = 0x7D
_ESCAPED: Final = {0x5E: 0x7E, 0x5D: 0x7D}
_AROUND: Final = 3
"""Bytes beside the message: the length and two sums."""

ASCII: Final = re.compile(rb"[0-9A-Fa-f]{8,}\Z")
"""The shortest is length, type and two sums; what stands in front of the digits is no part of the frame."""


class Found(NamedTuple):
    """A `whole` frame takes `size` bytes of the wire; its `body` is length, message and sums."""

    state: Literal["whole", "unfinished", "broken"]
    size: int = 0
    body: bytes = b""


def binary(buffer: bytes) -> Found:
    """Look at a buffer that begins with 7E."""
    body = bytearray()
    escaped = False
    for at, byte in enumerate(buffer[1:], start=1):
        if (escaped and byte not in _ESCAPED) or byte == START:
            return Found("broken")
        if byte == _ESCAPE:
            escaped = True
            continue
        body.append(_ESCAPED[byte] if escaped else byte)
        escaped = False
        if body[0] == 0:
            return Found("broken")
        if len(body) == body[0] + _AROUND:
            return Found("whole", at + 1, bytes(body))
    return Found("unfinished")


def ascii_body(digits: bytes) -> bytes | None:
    """Return length, message and sums behind hex digits; `None` when the length is not the one they have."""
    if len(digits) % 2:
        return None
    body = bytes.fromhex(digits.decode("ascii"))
    return body if body[0] and len(body) == body[0] + _AROUND else None


def message_of(body: bytes) -> bytes | None:
    """Return type and data; `None` when the sums are wrong."""
    return body[1:-2] if fletcher(body[:-2]) == body[-2:] else None


_LINE: Final = re.compile(rb"([0-9A-Fa-f]{8,})[\r\n]")


def holds_ascii_frame(data: bytes) -> bool:
    """Return whether a sound ASCII frame is somewhere in the data."""
    bodies = (ascii_body(match[1]) for match in _LINE.finditer(data))
    return any(body is not None and message_of(body) is not None for body in bodies)
