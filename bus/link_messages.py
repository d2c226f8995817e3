"""What is said about and over the link: who we are, one message out, one in, how it stands, why it ended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Will:
    """What the broker says for us, with QoS 1, when we vanish without a word."""

    topic: str
    payload: bytes
    retain: bool = True


@dataclass(frozen=True)
class Outbound:
    """One message to publish."""

    topic: str
    payload: bytes
    qos: int = 1
    retain: bool = False
    expiry_s: int | None = None
    """The broker stops delivering it after so many seconds; the receiver checks its own clock too."""
    user: Mapping[str, str] = field(default_factory=dict)
    response_topic: str | None = None
    correlation: bytes | None = None


@dataclass(frozen=True)
class Inbound:
    """One message as it came. `generation` and `mid` are for `Link.ack` alone."""

    topic: str
    payload: bytes
    qos: int
    retain: bool
    user: Mapping[str, str]
    """Of a name given twice the last value counts."""
    response_topic: str | None
    correlation: bytes | None
    generation: int
    mid: int
    received_at: datetime
    """Our clock, when it came off the wire."""


@dataclass(frozen=True)
class LinkState:
    """Whether the broker is in reach, since when, and in one sentence why not."""

    connected: bool
    since: datetime
    reason: str | None = None
    refused: bool = False
    """The broker, or our own password file, must be mended before trying again can help."""


@dataclass(frozen=True)
class Introduction:
    """Who we are and what we want, the same at every connect."""

    client_id: str
    subscriptions: Sequence[tuple[str, int]]
    will: Will | None
    session_expiry_s: int


@dataclass(frozen=True)
class Ending:
    """Why a connection ended. One that was `refused` will not heal by trying again soon."""

    reason: str
    refused: bool = False
