"""What people may ask of units besides sending them."""

from dataclasses import dataclass

from intake.dispatch.commands import Command
from intake.dispatch.objects import UnitState


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearEmergency(Command):
    """Say that a unit's emergency is over; only a supervisor may."""

    unit: str
    reason: str
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTeamStatus(Command):
    """Change what is stored of several units, all or none; refused while any of them is reserved or sent."""

    units: tuple[str, ...]
    state: UnitState
    reason: str = ""
