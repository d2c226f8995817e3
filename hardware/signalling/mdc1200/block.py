"""One block of MDC-1200: four bytes, sent as 112 bits that survive a burst of noise.

The four bytes get their CRC, low byte first, and a zero byte; each byte's bits go low bit first; the parity
bits follow the data bits; and the 112 are written into a square by rows and sent by columns.
"""

from dataclasses import dataclass

import numpy as np

from hardware.signalling.mdc1200.crc import crc16
from hardware.signalling.mdc1200.fec import DATA_BITS, Bits, corrected, parity

BLOCK_BITS = 2 * DATA_BITS
CONTENT_BYTES = 4

_ROW, _COLUMNS = 7, 16
_SPACE = np.arange(BLOCK_BITS)
ON_AIR = _SPACE // _ROW + _COLUMNS * (_SPACE % _ROW)
"""Where on the air each bit of a block stands."""
_MOST_ERRORS = 12
"""Wrong bits in a block that is still believed. Blocks of chance have 20 and more, CRC right or not."""


@dataclass(frozen=True, slots=True)
class Block:
    """What a block carried; `fixed` counts the data bits that were turned."""

    content: bytes
    fixed: int


def encoded(content: bytes) -> Bits:
    """The 112 bits of four bytes, in the order of the air."""
    data = np.unpackbits(np.frombuffer(with_check(content), np.uint8), bitorder="little")
    air = np.empty(BLOCK_BITS, np.uint8)
    air[ON_AIR] = np.concatenate((data, parity(data)))
    return air


def decoded(air: Bits) -> Block | None:
    """The block of these 112 bits; None when they are none, or damaged beyond repair."""
    bits = air[ON_AIR]
    data, turned, left = corrected(bits[:DATA_BITS], bits[DATA_BITS:])
    received = np.packbits(data, bitorder="little").tobytes()
    content = received[:CONTENT_BYTES]
    # The last byte is not compared: it says nothing, and the CRC does not cover it.
    if received[:-1] != with_check(content)[:-1] or turned + left > _MOST_ERRORS:
        return None
    return Block(content, turned)


def with_check(content: bytes) -> bytes:
    """Four bytes as the seven that are sent: with their CRC and a zero byte."""
    return content + crc16(content).to_bytes(2, "little") + b"\0"
