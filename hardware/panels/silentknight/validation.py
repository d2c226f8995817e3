"""The validation byte V in front of the CR: MX8000 manual, 8.4.5.

All bytes from the start byte on are added; at each step bit 7 is cleared and bit 6 set, which leaves the
lowest six bits of the plain sum. So V is 40..7F and can look like a letter of the last event.
"""

from typing import Final

_LOWEST_SIX: Final = 0x3F
_BIT_6: Final = 0x40


def validation_byte(frame: bytes) -> int:
    """Return V for `frame`, which runs from its start byte to the byte before V."""
    return sum(frame) & _LOWEST_SIX | _BIT_6


def is_sound(frame: bytes) -> bool:
    """Return whether the last byte of `frame` is the V of those before it."""
    return validation_byte(frame[:-1]) == frame[-1]
