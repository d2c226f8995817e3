"""On what an order to a unit rests: one's own agency, the joint centre, priority 0, or a grant. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from intake.agencies.objects import Grant
from intake.dispatch.base import Actor
from intake.dispatch.objects import Incident, Unit
from intake.dispatch.refusals import Refusal, refuse
from intake.dispatch.state import State

URGENT = "priority-0"
"""The authority of an order where the closest unit goes, whoever's it is."""


@dataclass(frozen=True, slots=True)
class Matter:
    """What an order is for; `incident` is None while it is still an alarm."""

    type: str | None
    place: str | None
    incident: str | None = None


def authority_for(
    state: State, by: Actor, unit: Unit, incident: Incident, now: datetime
) -> str | Refusal | None:
    """Return the grant's number or `URGENT`, None where none is needed, or that there is none."""
    if by.agency in (None, unit.card.agency):
        return None
    if incident.priority == 0:
        return URGENT
    matter = Matter(incident.type, incident.place, incident.id)
    fitting = grants_for(state, unit.card.agency, by.agency or "", matter, now)
    found = next(iter(fitting), None)
    if found is None:
        return refuse("no-grant", field="units", unit=unit.id, agency=unit.card.agency)
    return str(found.no)


def grants_for(state: State, giver: str, taker: str, matter: Matter, now: datetime) -> Iterable[Grant]:
    """Return the grants an order for this matter may rest on, the oldest first."""
    fitting = (one for one in state.grants.values() if (one.giver, one.taker) == (giver, taker))
    return sorted((one for one in fitting if one.holds(now) and _fits(one, matter)), key=lambda one: one.no)


def _fits(grant: Grant, matter: Matter) -> bool:
    here = not grant.places or matter.place in grant.places
    known = not grant.types or matter.type in grant.types
    return here and known and grant.incident in (None, matter.incident)
