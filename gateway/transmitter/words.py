"""What a transmitter is asked, what happens to it, and what it does about that."""

from dataclasses import dataclass
from typing import Literal

from bus.messages.transmit import Final, TxReason, TxState

Carrier = Literal["idle", "busy", "stuck", "dead"]
"""Of the channel as it is heard; `dead`: nobody can tell."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody is to be heard on the channel: `priority` 0 is the most urgent.

    `until`: monotonic seconds after which it may not be keyed any more.
    """

    id: str
    priority: int
    until: float


@dataclass(frozen=True, slots=True)
class Made:
    """The sound of a request is there; `seconds` are those on the air, lead-in and hang included."""

    id: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Failed:
    """The sound of a request could not be made, or its keying broke off."""

    id: str
    reason: TxReason


@dataclass(frozen=True, slots=True)
class Played:
    """All of the sound has been on the air."""

    id: str


@dataclass(frozen=True, slots=True)
class CarrierIs:
    """The channel as it is heard now; `patience_s` (0 to 0.4, by chance) is how long others may go first."""

    carrier: Carrier
    patience_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Inhibit:
    """The operator mutes the transmitter, or lets it speak again."""

    on: bool


@dataclass(frozen=True, slots=True)
class TimePassed:
    """Nothing happened, but it is later; see `due`."""


Happened = Asked | Made | Failed | Played | CarrierIs | Inhibit | TimePassed


@dataclass(frozen=True, slots=True)
class Tell:
    """The one who asked is to know; `seconds` on the air so far."""

    id: str
    state: TxState
    reason: TxReason | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Make:
    """Have the sound of this request made."""

    id: str


@dataclass(frozen=True, slots=True)
class Key:
    """Key the transmitter and play the sound of this request."""

    id: str


@dataclass(frozen=True, slots=True)
class Unkey:
    """Let the channel go at once."""

    id: str


Effect = Tell | Make | Key | Unkey

FINALS: tuple[Final, ...] = ("done", "aborted", "refused", "expired")
"""Of one request there is one of these, and nothing after it."""
