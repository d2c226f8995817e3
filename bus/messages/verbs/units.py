"""Units, teams, radios and patrols as they are."""

from typing import Literal

from pydantic import Field

from bus.messages.base import Value


class UnitStatus(Value):
    unit: str
    status: Literal["off_duty", "available", "post", "busy", "out_of_service"]
    reason: str = ""


class TeamStatus(Value):
    """Several units at once, all or none: refused with the list of those at work."""

    units: tuple[str, ...] = Field(min_length=1)
    status: Literal["off_duty", "available", "post", "busy", "out_of_service"]
    reason: str = ""


class ClearEmergency(Value):
    """A unit's emergency is over. A supervisor's word."""

    unit: str
    reason: str


class NameRadio(Value):
    """Whose radio it is; without `unit` the site file says it again."""

    radio: str = Field(min_length=1, max_length=64)
    """`<signalling>:<id>`, or the id alone for any signalling."""
    unit: str | None = None


class Tick(Value):
    """A unit is at a point of its patrol."""

    unit: str
    place: str


class DrawCheck(Value):
    """Draw units on duty at random; each is to report in within `minutes`. Gives `{"check", "units"}`."""

    count: int = Field(ge=1, le=100)
    minutes: int = Field(default=5, ge=1, le=120)
