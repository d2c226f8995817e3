"""What is done with incidents."""

from typing import Literal

from pydantic import Field

from bus.messages.base import Exercise, Priority, Value


class NewIncident(Value):
    """Gives `{"incident", "no"}`."""

    type: str
    place: str | None
    summary: str
    exercise: Exercise = "actual"


class Note(Value):
    incident: str
    text: str


class SetPriority(Value):
    incident: str
    priority: Priority = Field(ge=0, le=4)
    reason: str


class SetCertainty(Value):
    """How sure it is; what a sighting proposes needs no reason, and the present one keeps it as it is."""

    incident: str
    certainty: Literal["possible", "likely", "observed"]
    reason: str = ""


class Hold(Value):
    incident: str
    minutes: int = Field(ge=1, le=7 * 24 * 60)
    reason: str


class ReleaseHold(Value):
    """A held incident comes back, on top of its priority."""

    incident: str
    reason: str = ""


class Correct(Value):
    """What an incident really is, or where; what is not given stays."""

    incident: str
    reason: str
    type: str | None = None
    place: str | None = None


class Resolve(Value):
    """The work is done; the feedback is still to come."""

    incident: str
    disposition: str
    text: str = ""


class Close(Value):
    incident: str
    disposition: str
    text: str = ""


class CancelIncident(Value):
    incident: str
    reason: str


class ReopenIncident(Value):
    incident: str
    reason: str


class Merge(Value):
    """Both are one event: the work goes on under `into`."""

    incident: str
    into: str
