"""What may be asked about agencies, team desks and grants."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from intake.dispatch.base import Ref
from intake.dispatch.commands import Command, IncidentCommand


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeOffer(Command):
    """Offer an alarm or an incident to another agency."""

    about: Ref
    to: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerOffer(Command):
    """Take what was offered, or not; whoever offered takes it back the same way.

    `opens` is the id of the incident an alarm that is taken becomes, of `type` at `place`, the alarm's own
    where not given; the agency it was offered to leads it.
    """

    about: Ref
    accept: bool
    reason: str = ""
    opens: str | None = None
    type: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderTeam(IncidentCommand):
    """Send a team: its desk names who goes."""

    order_id: str
    team: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignTeam(IncidentCommand):
    """A team's desk has its order."""

    team: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NameUnits(IncidentCommand):
    """Say who goes for a team: unit id → the id its assignment would get.

    `quoted`: the desk itself said so, on the channel or the telephone.
    """

    team: str
    units: Mapping[str, str]
    how: Literal["divert", "stack"] | None = None
    quoted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallTeam(IncidentCommand):
    """Take a team's order back before anybody was named."""

    team: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskGrant(Command):
    """Ask that one agency may order the other's units; `until` and the rest limit it."""

    grant_id: str
    giver: str
    taker: str
    types: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    incident_id: str | None = None
    until: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignGrant(Command):
    """Agree to a grant, as the other side."""

    grant_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeGrant(Command):
    """End a grant; orders that rest on it go on."""

    grant_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LendUnit(Command):
    """Let a unit work with another team for a while; without a team it returns to its own."""

    unit: str
    team: str | None
    reason: str = ""
