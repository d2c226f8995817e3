"""DC-09 frames, for the box's answers, the dialler simulator and tests. Each has its LF and CR."""

from datetime import datetime
from typing import Final

from hardware.panels.frame import Qualifier
from hardware.panels.sia_dc09.cipher import encrypt
from hardware.panels.sia_dc09.crc import crc16
from hardware.panels.sia_dc09.message import Message
from hardware.panels.sia_dc09.stamp import written

_DIGITS: Final = {"new": "1", "restore": "3", "status": "6"}


def framed(body: bytes) -> bytes:
    """Return a whole frame around `body`, which begins with the quoted id."""
    return b"\n%04X%04X%b\r" % (crc16(body), len(body), body)


def message_frame(
    message_id: str,
    data: str,
    *,
    sequence: int,
    account: str,
    address: str = "L0",
    at: datetime | None = None,
    key: bytes | None = None,
    extended: str = "",
) -> bytes:
    """Return a message with `data` (without account; empty for a link test) stamped `at`.

    `address` is receiver and line with their letters, `extended` whole brackets. With `key` the content is
    encrypted, and then `at` must be given: only its time stamp tells a reader that the key was right.
    """
    stamp = written(at) if at else ""
    inside = f"#{account}|{data}" if data else ""
    front = f'{message_id}"{sequence:04d}{address}#{account}['
    if key is None:
        return framed(f'"{front}{inside}]{extended}{stamp}'.encode("latin-1"))
    said = f"{'|' if inside else ''}{inside}]{extended}{stamp}".encode("latin-1")
    return framed(f'"*{front}{encrypt(said, key)}'.encode("ascii"))


def contact_id_data(qualifier: Qualifier, code: str, partition: str, number: str) -> str:
    """Return the data of an `ADM-CID` message: code of 3, partition of 2, zone or user of 3."""
    return f"{_DIGITS[qualifier]}{code} {partition} {number}"


def ack_frame(message: Message, at: datetime) -> bytes:
    """Return the receipt for a message that was read; encrypted and stamped when the message was."""
    front = f'ACK"{message.sequence}{message.address}['
    if message.key is None:
        return framed(f'"{front}]'.encode("ascii"))
    return framed(f'"*{front}{encrypt(f"]{written(at)}".encode("ascii"), message.key)}'.encode("ascii"))


def duh_frame(message: Message) -> bytes:
    """Return "I got it sound and cannot do anything with it"."""
    return framed(f'"DUH"{message.sequence}{message.address}[]'.encode("ascii"))


def nak_frame(at: datetime) -> bytes:
    """Return "your clock is wrong, mine says `at`". It is never encrypted and names nobody."""
    return framed(f'"NAK"0000R0L0A0[]{written(at)}'.encode("ascii"))
