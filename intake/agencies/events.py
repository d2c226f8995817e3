"""What happened between agencies, and between the centre and a team's desk."""

from typing import Literal

from intake.agencies.objects import Grant, Offer, Outcome
from intake.dispatch.source_events import BaseEvent


class AlarmOffered(BaseEvent):
    """An alarm was offered to another agency."""

    kind: Literal["alarm.offered"] = "alarm.offered"
    alarm_id: str
    offer: Offer


class AlarmOfferEnded(BaseEvent):
    """It was taken, and leaves this queue; or it waits here again, as old as it is."""

    kind: Literal["alarm.offer-ended"] = "alarm.offer-ended"
    alarm_id: str
    to: str
    outcome: Outcome
    reason: str = ""


class IncidentOffered(BaseEvent):
    """An incident was offered to another agency."""

    kind: Literal["incident.offered"] = "incident.offered"
    incident_id: str
    offer: Offer


class IncidentOfferEnded(BaseEvent):
    """The other agency leads now and this one assists; or it stays, on top, as old as it is."""

    kind: Literal["incident.offer-ended"] = "incident.offer-ended"
    incident_id: str
    to: str
    outcome: Outcome
    reason: str = ""


class TeamOrdered(BaseEvent):
    """A team's desk was asked to name who goes."""

    kind: Literal["incident.team-ordered"] = "incident.team-ordered"
    incident_id: str
    order_id: str
    team: str
    grant: str | None = None
    """What an order to another agency's team rests on: a grant's number, or `priority-0`."""


class TeamSigned(BaseEvent):
    """The desk has the order."""

    kind: Literal["incident.team-signed"] = "incident.team-signed"
    incident_id: str
    team: str


class TeamDelegated(BaseEvent):
    """Units were named; `over_the_head` says that it was the centre, for the desk took too long."""

    kind: Literal["incident.team-delegated"] = "incident.team-delegated"
    incident_id: str
    team: str
    units: tuple[str, ...]
    over_the_head: bool = False


class TeamRecalled(BaseEvent):
    """The order was taken back before anybody was named."""

    kind: Literal["incident.team-recalled"] = "incident.team-recalled"
    incident_id: str
    team: str
    reason: str


class GrantAsked(BaseEvent):
    """One side wants a grant; it holds once the other has signed."""

    kind: Literal["grant.asked"] = "grant.asked"
    grant_id: str
    grant: Grant


class GrantSigned(BaseEvent):
    """Both sides agree."""

    kind: Literal["grant.signed"] = "grant.signed"
    grant_id: str


class GrantRevoked(BaseEvent):
    """No new order rests on it; `running` are the units whose orders do, `teams` have not named any yet."""

    kind: Literal["grant.revoked"] = "grant.revoked"
    grant_id: str
    reason: str
    running: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()


class UnitLent(BaseEvent):
    """A unit works with another team, under its own call sign; without a team it is back at its own."""

    kind: Literal["unit.lent"] = "unit.lent"
    unit: str
    team: str | None
    reason: str = ""
