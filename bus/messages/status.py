"""How a program, a line or a channel is, kept by the broker for whoever asks later."""

from typing import Literal

from bus.messages.base import Message, Utc, Value


class GatewayStatus(Message):
    """Retained. The last will is the same message with state `lost` and the same boot."""

    gateway: str
    state: Literal["ready", "degraded", "stopped", "lost"]
    boot: str
    since: Utc
    software: str
    problems: tuple[str, ...] = ()
    """Short codes (`spool_full`, `line:alarms-1:silent`); wording belongs to the reader."""


class ChannelHealth(Value):
    """One channel since the box started; levels of the last 30 s, in dBFS."""

    channel: str
    overruns: int = 0
    opened_s: float = 0.0
    """Seconds the squelch was open."""
    overs: dict[str, int] = {}
    """Overs by why they ended."""
    kerchunks: int = 0
    floor_dbfs: float | None = None
    peak_dbfs: float | None = None
    clip_percent: float | None = None


class GatewayHealth(Message):
    """Every 30 s, not kept."""

    gateway: str
    boot: str
    sent_at: Utc
    spool_rows: int
    spool_oldest_s: float
    disk_free_mb: int
    audio_overruns: int = 0
    channels: tuple[ChannelHealth, ...] = ()


class ChannelState(Message):
    """Retained."""

    gateway: str
    channel: str
    rx: Literal["idle", "busy", "stuck", "dead"]
    since: Utc
    over: str | None = None


class SpeechStatus(Value):
    """Which ear the centre hears with."""

    engine: str | None
    model: str | None
    problem: str | None = None
    """One sentence when no engine could be opened."""


class CentreStatus(Message):
    """Retained; the last will says `lost`."""

    state: Literal["ready", "degraded", "stopped", "lost"]
    boot: str
    since: Utc
    software: str
    speech: SpeechStatus
    problems: tuple[str, ...] = ()


class Receipt(Message):
    """These ids are in the centre's journal; the box may forget them."""

    ids: tuple[str, ...]
