"""What an MDC-1200 radio says: an operation, its argument, a unit, and sometimes four bytes more."""

from dataclasses import dataclass
from typing import Final

from hardware.signalling.call import Meaning

DOUBLE: Final = frozenset({0x35, 0x55})
"""Operations whose packets have a second block."""
EXTRA_BYTES = 4
_BYTE, _TWO_BYTES = range(1 << 8), range(1 << 16)

EMERGENCY = 0x00
PTT_ID = 0x01
KEYED, RELEASED = 0x80, 0x00
"""Arguments of `PTT_ID`: sent when the key was pressed, or when it was let go."""

_MEANINGS: Final[dict[int, Meaning]] = {
    EMERGENCY: "emergency",
    PTT_ID: "ptt-id",
    0x22: "call",
    0x35: "call",
    0x46: "status",
    0x47: "message",
    0x63: "call",
}
"""By operation: 22 asks for a status and 46 tells it, 35 is a call alert or selective call, 63 a radio check.

In calls the unit is the one called. Stun and revive (2B), remote monitor (71) and all else are `other`:
listed, never acted on.
"""


@dataclass(frozen=True, slots=True)
class Packet:
    """All numbers as on the air: `op` and `arg` a byte each, `unit` two.

    Raises `ValueError` when a number does not fit or `extra` is not what the operation carries.
    """

    op: int
    arg: int
    unit: int
    extra: bytes = b""

    def __post_init__(self) -> None:
        if not (self.op in _BYTE and self.arg in _BYTE and self.unit in _TWO_BYTES):
            raise ValueError(f"op {self.op}, arg {self.arg} and unit {self.unit} are a byte, a byte and two")
        if len(self.extra) not in ((0, EXTRA_BYTES) if self.op in DOUBLE else (0,)):
            raise ValueError(f"op {self.op:02X} does not carry {len(self.extra)} extra bytes")

    @property
    def content(self) -> bytes:
        """The four bytes of the first block."""
        return bytes((self.op, self.arg)) + self.unit.to_bytes(2, "big")

    @property
    def id(self) -> str:
        """The unit as radios show it: four hexadecimal digits."""
        return f"{self.unit:04X}"

    @property
    def meaning(self) -> Meaning:
        """What the radio wanted."""
        return _MEANINGS.get(self.op, "other")


def packet_of(content: bytes, extra: bytes = b"") -> Packet:
    """The packet of a first block's four bytes, and of the second's where there is one."""
    return Packet(content[0], content[1], int.from_bytes(content[2:4], "big"), extra)
