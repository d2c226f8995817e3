"""SIA DC-09: panels that report over IP, by TCP or UDP.

    framing (bytes → frames, CRC)  →  message (fields, decryption)  →  record (meaning)    reader joins them
    encode (frames, answers)          cipher, crc, stamp

Facts are those of ANSI/SIA DC-09 as its public implementations agree on them. `codec` reads a stream as any
other line; the listener of the box uses `Reader`, because answers there depend on the clock.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from hardware.errors import CodecOptionError
from hardware.panels.frame import NO_REPLY, Run
from hardware.panels.sia_dc09.cipher import KEY_BYTES, Keys
from hardware.panels.sia_dc09.encode import ack_frame, duh_frame
from hardware.panels.sia_dc09.reader import Reader, Reading
from hardware.panels.sia_dc09.record import NAME


def _utc_now() -> datetime:
    return datetime.now(UTC)


def codec(keys: Keys | None = None, now: Callable[[], datetime] = _utc_now) -> "Dc09Codec":
    """Return a codec for one stream.

    `keys` maps accounts to AES keys of 16, 24 or 32 bytes; without its key an encrypted frame is unparsed.
    `now` stamps encrypted answers. Raises `CodecOptionError` for a key of another length.
    """
    keys = keys or {}
    for account, key in keys.items():
        if len(key) not in KEY_BYTES:
            raise CodecOptionError(
                f"The sia_dc09 key of account {account} has {len(key)} bytes; AES takes 16, 24 or 32."
            )
    return Dc09Codec(keys, now)


class Dc09Codec:
    """Each frame is a run with its own answer: the answer repeats the frame's sequence. No time window."""

    name = NAME

    def __init__(self, keys: Keys, now: Callable[[], datetime]) -> None:
        self._now = now
        self._reader = Reader(keys)

    def feed(self, data: bytes) -> list[Run]:
        """Return the runs that `data` completes."""
        return self._runs(self._reader.feed(data))

    def flush(self) -> list[Run]:
        """Return what is held as unparsed."""
        return self._runs(self._reader.flush())

    def _runs(self, readings: Iterator[Reading]) -> list[Run]:
        return [Run((reading.record,), self._reply(reading)) for reading in readings]

    def _reply(self, reading: Reading) -> bytes:
        message = reading.message
        if message is None or reading.record.reply == "none":
            return NO_REPLY
        if reading.record.reply == "nak":
            return duh_frame(message)
        return ack_frame(message, self._now())
