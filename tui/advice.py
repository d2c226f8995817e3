"""Whom the centre proposes to send: its answer as the console holds it."""

from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict


class _Told(BaseModel):
    """Fields of a later centre are ignored."""

    model_config = ConfigDict(frozen=True)


class Ground(_Told):
    """A reason or a bar: its code, what it names, and the points it costs."""

    code: str
    value: str = ""
    points: float = 0


class Candidate(_Told):
    """One unit; with a `bar` it is not proposed."""

    unit: str
    minutes: float | None = None
    points: float = 0
    reasons: tuple[Ground, ...] = ()
    bar: Ground | None = None
    how: Literal["divert"] | None = None


class Ranking(_Told):
    """The answer: every unit, best first."""

    units: tuple[Candidate, ...] = ()


@dataclass(frozen=True)
class Advice:
    """What was answered for one row: its key (`alarm:<id>`, `incident:<id>`) and the ranking."""

    about: str
    units: tuple[Candidate, ...]

    @property
    def proposed(self) -> tuple[Candidate, ...]:
        """Those that may be sent, best first: a digit picks one."""
        return tuple(one for one in self.units if one.bar is None)

    def of(self, unit: str) -> Candidate | None:
        """What was said of one unit."""
        return next((one for one in self.units if one.unit == unit), None)
