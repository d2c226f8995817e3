"""Whole bursts of MDC-1200 as bytes, first bit highest: preamble, sync word, one block or two."""

import numpy as np

from hardware.signalling.mdc1200 import block
from hardware.signalling.mdc1200.block import BLOCK_BITS
from hardware.signalling.mdc1200.fec import Bits
from hardware.signalling.mdc1200.packet import DOUBLE, Packet, packet_of

PREAMBLE = b"\x55" * 7
"""Radios send at least this much, for the receiver's squelch to open."""
SYNC = bytes.fromhex("07092a446f")
SYNC_BITS = 8 * len(SYNC)
MOST_SYNC_ERRORS = 5
"""Wrong bits of forty in a sync word that is still believed."""


def encoded(packet: Packet) -> bytes:
    """The burst of `packet`; a double packet without extra bytes sends zeros."""
    blocks = [block.encoded(packet.content)]
    if packet.op in DOUBLE:
        blocks.append(block.encoded(packet.extra or bytes(block.CONTENT_BYTES)))
    return PREAMBLE + SYNC + np.packbits(np.concatenate(blocks)).tobytes()


def decoded(frame: bytes) -> Packet | None:
    """The packet of a burst, however long its preamble and whichever way round its bits are; None if none."""
    for bits in (bits_of(frame), 1 - bits_of(frame)):
        for start in range(len(bits) - SYNC_BITS - BLOCK_BITS + 1):
            read = _read_at(bits[start:])
            if read is not None:
                return read
    return None


def bits_of(data: bytes) -> Bits:
    """The bits in the order they are sent."""
    return np.unpackbits(np.frombuffer(data, np.uint8))


def read(bits: Bits) -> tuple[Packet, int] | None:
    """The packet whose blocks begin with these bits, and how many of them were turned; None if none does.

    A double packet whose second block is missing or damaged is read without it: who it was is known.
    """
    first = block.decoded(bits[:BLOCK_BITS]) if len(bits) >= BLOCK_BITS else None
    if first is None:
        return None
    rest = bits[BLOCK_BITS : 2 * BLOCK_BITS]
    second = block.decoded(rest) if first.content[0] in DOUBLE and len(rest) == BLOCK_BITS else None
    if second is None:
        return packet_of(first.content), first.fixed
    return packet_of(first.content, second.content), first.fixed + second.fixed


def _read_at(bits: Bits) -> Packet | None:
    if int((bits[:SYNC_BITS] ^ bits_of(SYNC)).sum()) > MOST_SYNC_ERRORS:
        return None
    found = read(bits[SYNC_BITS:])
    return found[0] if found else None
