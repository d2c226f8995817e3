"""AlarmDecoder lines. Each ends with its terminator."""

from typing import Final

from hardware.panels.frame import Qualifier

CR_LF: Final = b"\r\n"

_DIGITS: Final = {"new": "1", "restore": "3", "status": "6"}


def contact_id(qualifier: Qualifier, code: str, partition: str, number: str) -> bytes:
    """Return a long-range radio event: code of 3 digits, partition of 1, zone or user of 3."""
    return f"!LRR:{number},{partition},CID_{_DIGITS[qualifier]}{code},ff".encode("ascii") + CR_LF


def word(name: str, partition: str, data: str = "012") -> bytes:
    """Return a long-range radio event of the older firmware, such as ALARM_PANIC."""
    return f"!LRR:{data},{partition},{name}".encode("ascii") + CR_LF


def keypad(display: str, *, bits: str = "1000000100000000----", number: str = "008") -> bytes:
    """Return a keypad line; `display` is padded to 32 characters, `bits` has 20."""
    return f'[{bits}],{number},[f700000000000000],"{display:<32}"'.encode("ascii") + CR_LF


def note(text: str) -> bytes:
    """Return any other line of the device, such as `CONFIG>MODE=A`."""
    return f"!{text}".encode("ascii") + CR_LF
