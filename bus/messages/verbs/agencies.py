"""Between two agencies: hand-off, team desks, grants, mutual aid."""

from typing import Literal

from pydantic import Field

from bus.messages.base import Value


class Offer(Value):
    """Offer an alarm or an incident, one of the two, to another agency; whoever offers stays responsible."""

    alarm: str | None = None
    incident: str | None = None
    to: str
    reason: str


class AnswerOffer(Value):
    """Take what was offered, or not; whoever offered takes it back the same way.

    An alarm that is taken becomes an incident the agency leads: gives `{"incident", "no"}`; `type`
    and `place` are the alarm's own where not given.
    """

    alarm: str | None = None
    incident: str | None = None
    accept: bool
    reason: str = ""
    type: str | None = None
    place: str | None = None


class OrderTeam(Value):
    """A team's desk names who goes."""

    incident: str
    team: str


class SignTeam(Value):
    """The team's desk has its order."""

    incident: str
    team: str


class NameUnits(Value):
    """Who goes for a team; `quoted`: its desk said so by voice. Gives `{"assignments": [id…]}`."""

    incident: str
    team: str
    units: tuple[str, ...] = Field(min_length=1)
    how: Literal["divert", "stack"] | None = None
    quoted: bool = False


class RecallTeam(Value):
    """Take a team's order back before anybody was named."""

    incident: str
    team: str
    reason: str


class AskGrant(Value):
    """Ask that `taker` may order units of `giver`. Gives `{"grant", "no"}`; it holds once signed."""

    giver: str
    taker: str
    types: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    incident: str | None = None
    minutes: int | None = Field(default=None, ge=1, le=30 * 24 * 60)
    reason: str


class SignGrant(Value):
    """Agree to a grant, as another person of the other side."""

    grant: str


class RevokeGrant(Value):
    """No new order rests on it. Gives `{"running": [unit…], "teams": [team…]}`: whose orders do."""

    grant: str
    reason: str


class LendUnit(Value):
    """A unit works with another team for a while; without `team` it returns to its own."""

    unit: str
    team: str | None = None
    reason: str = ""
