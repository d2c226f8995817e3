"""What the capture process says to the box, as packets on a pipe.

Imported by a process that shall stay small: `struct` and nothing else.
"""

import struct
from typing import Final

SOUND: Final = b"S"
"""Samples, signed 16 bit little endian, mono."""
OPENED: Final = b"O"
"""The card is open; the payload is its rate in Hz, 32 bit little endian. Sound follows."""
REFUSED: Final = b"R"
"""The card cannot be used; the payload is the sentence why, in UTF-8. Nothing follows."""

MOST: Final = 4096 - 64
"""Bytes of a payload: a packet within PIPE_BUF goes into a pipe whole or not at all (pipe(7))."""

_HEADER: Final = struct.Struct("<cxHIQd")


class Packet:
    """One packet.

    `at` is the monotonic clock of the machine in seconds when the last sample was heard. `overflows` counts
    how often the driver lost sound, of which it does not tell how much; `dropped` the samples that found no
    room in the pipe. Both since the card was opened.
    """

    __slots__ = ("at", "dropped", "kind", "overflows", "payload")

    def __init__(self, kind: bytes, payload: bytes, at: float, overflows: int, dropped: int) -> None:
        self.kind = kind
        self.payload = payload
        self.at = at
        self.overflows = overflows
        self.dropped = dropped


def packed(packet: Packet) -> bytes:
    """The bytes of a packet; a payload beyond `MOST` is cut."""
    payload = packet.payload[:MOST]
    return _HEADER.pack(packet.kind, len(payload), packet.overflows, packet.dropped, packet.at) + payload


class Unpacker:
    """Makes packets of a stream that may be read in any pieces."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> list[Packet]:
        """The packets that are complete now."""
        data, at, found = self._rest + data, 0, []
        while len(data) - at >= _HEADER.size:
            kind, size, overflows, dropped, heard = _HEADER.unpack_from(data, at)
            end = at + _HEADER.size + size
            if end > len(data):
                break
            found.append(Packet(kind, data[at + _HEADER.size : end], heard, overflows, dropped))
            at = end
        self._rest = data[at:]
        return found
