"""What understanding an utterance means: the answer, and the marks it is read from."""

from dataclasses import dataclass
from typing import Literal

Intent = Literal[
    "report", "status", "ack", "query", "request", "order", "readback", "hail", "chatter", "noise"
]  # fmt: skip
Status = Literal["signed", "enroute", "onscene", "cleared", "available", "busy", "declined"]
Lang = Literal["en", "zh"]
EntityKind = Literal["person", "weapon", "vehicle", "plate", "description", "train", "carriage"]


ANYTHING = "anything"
"""What is absent where nothing at all is to be seen."""


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something named: the words as they stand in the normal text.

    `value` is the plate, train or carriage number in capital letters and digits, else None.
    """

    kind: EntityKind
    words: str
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Understanding:
    """What one utterance says.

    `type`, `place` and `units` are the site's ids. `changes_status` is true only where a unit that
    names itself surely reports its own step. `confidence` is 0 to 1; for a step it is how far it may be
    trusted: from APPLIED on it may move the unit, from PROPOSED on a person is asked, below it is only shown.

    `may_be_alarm`: something may have happened though no type can be told. `also` are the other facts said
    in the same breath, each without facts of its own. `absent` is the incident type that was said not to be
    there, or ANYTHING. `because` holds one short reason a finding: the rule's name and the words it rests on.
    """

    intent: Intent
    type: str | None = None
    place: str | None = None
    units: tuple[str, ...] = ()
    status: Status | None = None
    changes_status: bool = False
    confidence: float = 0.0
    may_be_alarm: bool = False
    entities: tuple[Entity, ...] = ()
    also: tuple["Understanding", ...] = ()
    because: tuple[str, ...] = ()
    absent: str | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What the centre knows before anybody speaks.

    `caller` is the unit whose radio transmits, where signalling told; `expected` are the units it was just
    spoken to or ordered and that have not answered, so that one of them is likely to speak.
    """

    caller: str | None = None
    expected: frozenset[str] = frozenset()


NOTHING_KNOWN = Context()

APPLIED = 0.7
"""Confidence from which a step moves its unit (Policy.apply_above is the site's own)."""
PROPOSED = 0.4
"""Confidence from which a step is offered to a person (Policy.propose_above is the site's own)."""

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
