"""CRC-16/ARC, the check of a DC-09 frame: polynomial A001 reflected, start 0.

It runs from the first quote to the byte before CR.
"""

from typing import Final

_POLYNOMIAL: Final = 0xA001


def crc16(data: bytes) -> int:
    """Return the check of `data`; `b"123456789"` gives 0xBB3D."""
    crc = 0
    for byte in data:
        crc = (crc >> 8) ^ _TABLE[(crc ^ byte) & 0xFF]
    return crc


def _entry(index: int) -> int:
    for _ in range(8):
        index = (index >> 1) ^ (_POLYNOMIAL if index & 1 else 0)
    return index


_TABLE: Final = tuple(_entry(index) for index in range(256))
