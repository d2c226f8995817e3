"""Radios and what they call themselves: an id labels who speaks, it never authorises anything."""

from typing import Literal

from pydantic import AwareDatetime

from intake.dispatch.base import Frozen, Versioned

EMERGENCY_KEY = "emergency"
"""The event code of an alarm that a radio's emergency key raised."""

Meaning = Literal["ptt-id", "emergency", "status", "call", "message", "other"]


def radio_key(kind: str, number: str) -> str:
    """How an id is named everywhere at the centre: `mdc1200:1a2b`; `1a2b` alone where no kind is told."""
    return f"{kind}:{number}".lower().removeprefix(":")


class Caller(Frozen):
    """What a radio's signalling said in an over; `at_ms` from its first sample, `fixed` bits corrected."""

    kind: str
    id: str
    meaning: Meaning = "ptt-id"
    at_ms: int = 0
    raw: str = ""
    fixed: int = 0

    @property
    def key(self) -> str:
        """The radio's name in the state."""
        return radio_key(self.kind, self.id)

    @property
    def speaks(self) -> bool:
        """Whether the id is of the radio that transmits: a call names the one that is called."""
        return self.meaning not in ("call", "other")


class Radio(Versioned):
    """A radio that was heard, or that somebody gave to a unit; `id` is its key.

    `unit` is what a person said; where it is None the site file's numbers count.
    """

    unit: str | None = None
    heard: int = 0
    last_heard_at: AwareDatetime | None = None
    channel: str | None = None
    """`<gateway>/<channel>` it was last heard on."""
