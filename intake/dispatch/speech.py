"""What was heard on a channel: an over, its transcript, and what was understood."""

from typing import Literal

from pydantic import AwareDatetime, Field

from intake.dispatch.base import Frozen
from intake.dispatch.radio import Caller

Intent = Literal[
    "report", "status", "ack", "readback", "request", "order", "query", "hail", "chatter", "noise", "unknown"
]
Status = Literal["signed", "enroute", "onscene", "cleared", "available", "busy", "declined"]


ANYTHING = "anything"
"""What is absent where nothing at all is to be seen."""


class OverMeta(Frozen):
    """One transmission as the box cut it; `clock_offset` is seconds the box's clock is ahead."""

    id: str
    gateway: str
    channel: str
    clip: str
    said_at: AwareDatetime
    recorded_at: AwareDatetime
    seconds: float = Field(ge=0)
    end_reason: str
    sha256: str
    clock_offset: float = 0.0
    radio_id: str | None = None
    """Of journals written before all callers were kept."""
    callers: tuple[Caller, ...] = ()

    @property
    def radios(self) -> tuple[str, ...]:
        """The keys of the radios that transmitted, in the order heard, each once."""
        old = (Caller(kind="", id=self.radio_id),) if self.radio_id else ()
        return tuple(dict.fromkeys(each.key for each in self.callers or old if each.speaks))


HeardFrom = Literal["stream", "recording"]
"""Whether an over's words were heard while it ran, none of its sound missing, or from its recording."""


class Understanding(Frozen):
    """The six fields every utterance is understood as, and why.

    `confidence` is None where the transcript's own is meant. `entities` are people and things told of, as
    `kind: words`; `also` the other facts of the same breath, each without facts of its own. `absent` is the
    incident type that was said not to be there, or ANYTHING.
    """

    intent: Intent = "unknown"
    type: str | None = None
    place: str | None = None
    units: tuple[str, ...] = ()
    status: Status | None = None
    changes_status: bool = False
    because: tuple[str, ...] = ()
    may_be_alarm: bool = False
    confidence: float | None = None
    entities: tuple[str, ...] = ()
    also: tuple["Understanding", ...] = ()
    absent: str | None = None


class Transcript(Frozen):
    """What an engine made of an over; `gated` is why it was kept out of the queue, or None."""

    text: str
    engine: str
    model: str
    confidence: float = Field(ge=0, le=1)
    gated: str | None = None
    heard_from: HeardFrom = "recording"
    understanding: Understanding = Understanding()


class SecondHearing(Frozen):
    """What another engine made of an over, "" where it would have kept it back.

    `differing` words are wrong, missing or added against the `words` of the first engine's text.
    """

    engine: str
    model: str
    text: str
    words: int = Field(ge=0)
    differing: int = Field(ge=0)


class Proposal(Frozen):
    """A step that was heard but not applied: a person may accept it.

    `why` is a code: `unsure`, `late`, `no-assignment`, `not-arrived`, `elsewhere`, `which`,
    `not-a-step`.
    """

    unit: str
    status: Status
    why: str
    assignment: str | None = None


class Over(Frozen):
    """A transmission and all that came of it; overs are only ever added to."""

    meta: OverMeta
    transcript: Transcript | None = None
    proposals: tuple[Proposal, ...] = ()
    alarm: str | None = None
    gone_at: AwareDatetime | None = None
    """When its recording was removed."""

    @property
    def id(self) -> str:
        """The over's id, made by the box."""
        return self.meta.id


class Device(Frozen):
    """A gateway, panel line, channel or transmitter as it last described itself."""

    id: str
    what: Literal["gateway", "line", "channel", "transmitter"]
    state: str
    since: AwareDatetime
    facts: dict[str, str | int | float | bool | None] = {}
