"""What a radio channel says to the centre: an over begins, sounds, and is recorded."""

import struct
from dataclasses import dataclass
from typing import Literal

from bus.errors import MalformedMessage
from bus.messages.base import Message, Utc, Value
from bus.messages.signal import Clockwork

SAMPLE_RATE = 16_000

OverEnd = Literal["cos", "hang", "max", "device_lost", "shutdown"]


CallMeaning = Literal["ptt-id", "emergency", "status", "call", "message", "other"]
"""What a radio wanted to say with its signalling: mostly only who keyed up."""


class Caller(Value):
    """What a radio's signalling said in an over. Nothing authenticates it: it labels, it never authorises."""

    kind: str
    """The signalling: `dtmf`, `zvei1`, `ccir`, `mdc1200`, `two-tone`, …"""
    id: str
    """As a technician reads it off the radio: digits, or four hexadecimal digits of MDC-1200."""
    meaning: CallMeaning = "ptt-id"
    at_ms: int
    """From the first sample of the over; negative for an id sent alone, just before it."""
    raw: str = ""
    """As received: tones as digits, data bytes as hexadecimal."""
    fixed: int = 0
    """Bits that error correction turned."""


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


class CallerHeard(Message):
    """Who is calling, while the over still runs. May be lost: the over's record says it again."""

    over: str
    gateway: str
    channel: str
    caller: Caller


class RadioCall(Message):
    """A radio's emergency key. Spooled and receipted like a panel's signal: it does not wait for words.

    `id` is made once, at the box; `seq` counts the calls of one channel without gaps.
    """

    id: str
    gateway: str
    channel: str
    seq: int
    boot: str
    said_at: Utc
    clock: Clockwork
    over: str | None = None
    """The over it was heard in, if one had begun."""
    caller: Caller


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
    speech_ratio: float | None = None
    """Share of the over that is speech, 0 to 1; None where the box cannot tell. The centre judges again."""
    callers: tuple[Caller, ...] = ()
    overruns: int = 0
    """How often the sound card lost samples during the over."""
    continues: str | None = None
    sha256: str
    """Of the FLAC bytes."""


_HEADER = struct.Struct(">BBHIQ")
_CHUNK_VERSION = 1
_LAST = 0x01


@dataclass(frozen=True)
class AudioChunk:
    """Up to 200 ms of a running over: s16le, mono, 16 kHz. For live listening and early text; may be lost.

    All chunks of an over, in order, are its recording sample for sample; the `last` one, which may hold no
    samples, is sent when the over has ended. Where `sample_offset` of the last chunk is not what the chunks
    before it add up to, the recording is shorter than what was sent: only the recording counts.
    """

    sequence: int
    sample_offset: int
    pcm: bytes
    last: bool = False

    def encode(self) -> bytes:
        """16-byte header, then PCM."""
        flags = _LAST if self.last else 0
        return _HEADER.pack(_CHUNK_VERSION, flags, 0, self.sequence, self.sample_offset) + self.pcm

    @classmethod
    def decode(cls, payload: bytes) -> "AudioChunk":
        """Raises `MalformedMessage`."""
        if len(payload) < _HEADER.size or payload[0] != _CHUNK_VERSION:
            raise MalformedMessage("an audio chunk starts with a 16-byte header of version 1")
        _, flags, _, sequence, offset = _HEADER.unpack_from(payload)
        return cls(sequence, offset, payload[_HEADER.size :], last=bool(flags & _LAST))
