"""What understanding an utterance means: the answer, and the marks it is read from."""

from dataclasses import dataclass
from typing import Literal

Intent = Literal[
    "report", "status", "ack", "query", "request", "order", "readback", "hail", "chatter", "noise"
]  # fmt: skip
Status = Literal["signed", "enroute", "onscene", "cleared", "available", "busy", "declined"]
Lang = Literal["en", "zh"]


@dataclass(frozen=True, slots=True)
class Understanding:
    """What one utterance says.

    `type`, `place` and `units` are the site's ids. `changes_status` is true only where a unit that
    names itself reports its own step. `confidence` is 0 to 1. `because` holds one short reason a
    finding: the rule's name and the words it rests on.
    """

    intent: Intent
    type: str | None = None
    place: str | None = None
    units: tuple[str, ...] = ()
    status: Status | None = None
    changes_status: bool = False
    confidence: float = 0.0
    because: tuple[str, ...] = ()


ALIKE = 0.8
"""Trust in a name that sounds like one of the site's: still enough to apply a step."""
HARDLY_ALIKE = 0.6
"""Trust in a name that may be one of the site's: a step is proposed, never applied."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name of the site's found in normal text, `start` to `end`.

    `ids` is empty where a call sign or a numbered place has no such number. `trust` (0 to 1) is less
    where the name was only heard alike: ALIKE, HARDLY_ALIKE.
    """

    start: int
    end: int
    ids: tuple[str, ...]
    words: str
    rule: str
    trust: float = 1.0
