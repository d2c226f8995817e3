"""What a radio channel says to the centre: an over begins, sounds, and is recorded."""

import struct
from dataclasses import dataclass
from typing import Literal

from bus.errors import MalformedMessage
from bus.messages.base import Message, Utc
from bus.messages.signal import Clockwork

SAMPLE_RATE = 16_000

OverEnd = Literal["cos", "hang", "max", "device_lost", "shutdown"]


class OverStart(Message):
    """The squelch opened."""

    id: str
    gateway: str
    channel: str
    boot: str
    said_at: Utc
    clock: Clockwork
    opened_by: Literal["cos", "energy"]
    continues: str | None = None


class Over(Message):
    """The whole over; travels as the user property `over` beside the FLAC, which is the record."""

    id: str
    gateway: str
    channel: str
    seq: int
    boot: str
    said_at: Utc
    clock: Clockwork
    seconds: float
    end: OverEnd
    rms_dbfs: float
    peak_dbfs: float
    clip_percent: float
    snr_db: float | None = None
    caller_ids: tuple[str, ...] = ()
    continues: str | None = None
    sha256: str
    """Of the FLAC bytes."""


_HEADER = struct.Struct(">BBHIQ")
_CHUNK_VERSION = 1


@dataclass(frozen=True)
class AudioChunk:
    """100-200 ms of a running over: s16le, mono, 16 kHz. For live listening only; may be lost."""

    sequence: int
    sample_offset: int
    pcm: bytes

    def encode(self) -> bytes:
        """16-byte header, then PCM."""
        return _HEADER.pack(_CHUNK_VERSION, 0, 0, self.sequence, self.sample_offset) + self.pcm

    @classmethod
    def decode(cls, payload: bytes) -> "AudioChunk":
        """Raises `MalformedMessage`."""
        if len(payload) < _HEADER.size or payload[0] != _CHUNK_VERSION:
            raise MalformedMessage("an audio chunk starts with a 16-byte header of version 1")
        _, _, _, sequence, offset = _HEADER.unpack_from(payload)
        return cls(sequence, offset, payload[_HEADER.size :])
