"""Units are ordered, and their steps marked."""

from typing import Literal

from pydantic import Field

from bus.messages.base import Value


class Dispatch(Value):
    """Gives `{"assignments": [id…]}`."""

    incident: str
    units: tuple[str, ...] = Field(min_length=1)
    how: Literal["divert", "stack"] | None = None
    comment: str = ""


class Answer(Value):
    """The alarm becomes an incident and the units are sent to it, or neither.

    Gives `{"incident", "no", "assignments"}`.
    """

    alarm: str
    units: tuple[str, ...] = Field(min_length=1)
    how: Literal["divert", "stack"] | None = None
    comment: str = ""
    version: int | None = None


class Step(Value):
    """A unit's step, as the dispatcher heard or was told it."""

    unit: str
    step: Literal["signed", "enroute", "onscene", "cleared"]
    incident: str | None = None
    quote: str = ""
    disposition: str | None = None


class CancelAssignment(Value):
    unit: str
    incident: str
    reason: str


class Reserve(Value):
    """Set a unit aside; nobody calls it. Gives `{"assignments": [id]}`."""

    incident: str
    unit: str


class Decline(Value):
    """Quote a unit that cannot go."""

    unit: str
    reason: str
    incident: str | None = None


class StepBack(Value):
    """A step was a mistake: the unit stands at an earlier one."""

    unit: str
    step: Literal["dispatched", "signed", "enroute", "onscene"]
    incident: str | None = None
    text: str = ""
