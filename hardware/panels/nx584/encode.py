"""NX messages as bytes, in the two forms a module may be set to."""

from typing import Final, Literal

from hardware.panels.nx584.fletcher import fletcher

Form = Literal["ascii", "binary"]

ACK_WANTED: Final = 0x80
POSITIVE_ACK: Final = bytes((0x1D,))
"""The host's answer to a message that wants one. From memory of the NX-584 protocol, verify."""
SYSTEM_STATUS_REQUEST: Final = bytes((0x28,))

_START: Final = b"\x7e"


def frame(message: bytes, form: Form = "ascii") -> bytes:
    """Return the frame of a message of 1 to 255 bytes: its type, then its data."""
    body = bytes((len(message),)) + message
    whole = body + fletcher(body)
    if form == "ascii":
        return b"\n" + whole.hex().upper().encode("ascii") + b"\r"
    return _START + whole.replace(b"\x7d", b"\x7d\x5d").replace(_START, b"\x7d\x5e")


def zone_status(zone: int, conditions: int, *, partitions: int = 1) -> bytes:
    """Return message 04, wanting an ACK: zone from 1, condition bits as in `messages.ZONE_CONDITIONS`."""
    return bytes((0x04 | ACK_WANTED, zone - 1, partitions, 0, 0, 0, conditions, 0))


def log_event(event: int, number: int, partition: int, *, index: int = 0) -> bytes:
    """Return message 0A, wanting an ACK: the event's type, its zone or user from 1, its partition from 1."""
    when = (1, 1, 0, 0)
    return bytes((0x0A | ACK_WANTED, index, 185, event, number - 1, partition - 1, *when))


def system_status() -> bytes:
    """Return message 08 of a system with nothing to report."""
    return bytes((0x08, *bytes(11)))
