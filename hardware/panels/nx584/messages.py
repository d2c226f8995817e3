"""What an NX message says: number, and for a few of them zone, partition and conditions.

    04 zone status    zone, partitions, type ×3, conditions, memories
    06 partition status    partition, conditions ×…
    0a log event    index, size of the log, event, zone or user, partition, month, day, hour, minute

The places of these bytes and the names of the bits are from memory of the NX-584 protocol, verify; zones,
partitions and users count from 0 on the wire and from 1 here, as on every keypad.
"""

from typing import Final

from hardware.panels.asking import State
from hardware.panels.frame import PanelRecord
from hardware.panels.nx584.encode import ACK_WANTED

NAME: Final = "nx584"

ZONE_CONDITIONS: Final = (
    "faulted",
    "tampered",
    "trouble",
    "bypassed",
    "inhibited",
    "low battery",
    "supervision lost",
)
"""Bits 0 to 6 of a zone's conditions."""

_PARTITION_BITS: Final = {
    (1, 1): "fire trouble",
    (1, 2): "fire",
    (1, 6): "armed",
    (2, 1): "siren",
    (2, 4): "tamper",
}
"""Byte of the data, bit of it, and its name."""

_ALARMING: Final = ("fire", "siren", "tampered")
"""Conditions that are alarms at the centre, the gravest first."""

_NUMBER: Final = 0x3F
_ZONE, _PARTITION, _SYSTEM, _LOG = 0x04, 0x06, 0x08, 0x0A
_EVENTS: Final = frozenset({_ZONE, _PARTITION, _SYSTEM, _LOG})
_ECHOES: Final = frozenset({_ZONE, _PARTITION, _SYSTEM})
_ZONE_LENGTH, _PARTITION_LENGTH, _LOG_LENGTH = 7, 3, 5


def record_of(message: bytes, raw: str) -> PanelRecord:
    """Return the record of a message (type, then data) whose check was right."""
    number, data = message[0] & _NUMBER, message[1:]
    partition, zone, text = _fields(number, data)
    return PanelRecord(
        protocol=NAME,
        kind="event" if number in _EVENTS else "text",
        code=f"{number:02x}",
        partition=partition,
        zone=zone,
        text=text,
        check="ok",
        reply="ack" if message[0] & ACK_WANTED else "none",
        raw=raw,
    )


def _fields(number: int, data: bytes) -> tuple[str | None, str | None, str | None]:
    """Return partition, zone and text; shorter data than the layout's say nothing."""
    if number == _ZONE and len(data) >= _ZONE_LENGTH:
        bits = [name for at, name in enumerate(ZONE_CONDITIONS) if data[5] >> at & 1]
        return None, str(data[0] + 1), ", ".join(bits) or "normal"
    if number == _PARTITION and len(data) >= _PARTITION_LENGTH:
        bits = [name for (byte, at), name in _PARTITION_BITS.items() if data[byte] >> at & 1]
        return str(data[0] + 1), None, ", ".join(bits) or "normal"
    if number == _LOG and len(data) >= _LOG_LENGTH:
        return str(data[4] + 1), str(data[3] + 1), f"log {data[2]}"
    return None, None, None


def state_of(record: PanelRecord) -> State | None:
    """Return the state a status message tells; the same status again is no news.

    Amid an alarm only a graver one is: else every other bit that changes would be the alarm once more.
    """
    if record.kind != "event" or record.code is None or int(record.code, 16) not in _ECHOES:
        return None
    of = f"{record.code} {record.partition or '-'}/{record.zone or '-'}"
    words = (record.text or record.raw).split(", ")
    gravest = next((word for word in _ALARMING if word in words), None)
    return State(of, gravest or ", ".join(words), echo=True)
