"""Speech on a radio channel: what the centre asks of a box, and what became of it."""

from typing import Literal

from bus.messages.base import Message, Priority, Utc

Final = Literal["done", "aborted", "refused", "expired"]
TxState = Literal["accepted", "waiting", "keyed"] | Final
TxReason = Literal[
    "busy",
    "deaf",
    "gap",
    "stuck",
    "late",
    "far_off",
    "too_long",
    "duty",
    "inhibited",
    "receive_only",
    "no_voice",
    "keying",
    "overran",
    "restarted",
]
"""Short codes; wording belongs to the reader.

`busy`, `deaf` and `gap` say why it waits or waited: somebody talks, nobody can tell whether somebody talks,
this box has just spoken. `far_off`: its time limit is further away than any may be. `duty`: the box has
spoken enough for this hour. `keying`: the wire that keys, or the sound card, failed. `overran`: it did not
end when it should have. `restarted`: the box stopped amid it.
"""
Language = Literal["en", "zh"]

LIMIT_S = 120
"""No request may be spoken later than this after it was made."""


class TxRequest(Message):
    """Say this once. Never retained: the broker would have it said again to every new connection."""

    id: str
    text: str
    language: Language
    priority: Priority = 2
    not_after: Utc
    """By the box's own clock: later it is not begun."""
    by: str
    """Who ordered it."""


class TxProgress(Message):
    """How far a request has come. Its last word is one of done, aborted, refused and expired."""

    id: str
    """Of this message; `request` is what it is about."""
    gateway: str
    channel: str
    request: str
    state: TxState
    reason: TxReason | None = None
    seconds_keyed: float = 0.0
    at: Utc


class TxInhibit(Message):
    """Retained: whether this channel's transmitter is muted."""

    on: bool
    by: str
