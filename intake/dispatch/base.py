"""What all objects, events and commands are made of: frozen values, actors, references, versions."""

from enum import StrEnum
from typing import Literal, NamedTuple

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

Priority = int
"""0 = drop everything … 4 = whenever there is time."""

Exercise = Literal["actual", "exercise", "test"]
"""CAP 1.2 `status`: exercise records never mix into statistics."""


class Frozen(BaseModel):
    """A value: compared by content, never changed in place, strict about unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Role(StrEnum):
    """What somebody may do; `system` is the centre itself, its sources and its parser."""

    OBSERVER = "observer"
    DISPATCHER = "dispatcher"
    SUPERVISOR = "supervisor"
    TECHNICIAN = "technician"
    SYSTEM = "system"


class Actor(Frozen):
    """Who did it: `person:<login>`, `rule:<id>`, `parser`, `panel` or `timer`, and in which role.

    Without an agency it is the joint centre, without a team no team's desk.
    """

    name: str = Field(pattern=r"^(person:.+|rule:.+|parser|panel|timer)$")
    role: Role
    agency: str | None = None
    team: str | None = None

    @property
    def is_person(self) -> bool:
        """True when a human being stands behind it."""
        return self.name.startswith("person:")


class ObjectKind(StrEnum):
    """The tables of the board that hold mutable objects."""

    ALARM = "alarm"
    INCIDENT = "incident"
    ASSIGNMENT = "assignment"
    UNIT = "unit"
    OVER = "over"
    DEVICE = "device"
    RADIO = "radio"
    HANDOVER = "handover"
    PATROL = "patrol"
    GRANT = "grant"


class Ref(NamedTuple):
    """Names one object of the board."""

    kind: ObjectKind
    id: str


class Versioned(Frozen):
    """An object people change: `version` is what compare-and-set compares."""

    id: str
    version: int = 1
    changed_by: str
    changed_at: AwareDatetime
