"""On what an order to a unit rests: one's own agency, the joint centre, priority 0, or a grant. Pure."""

from collections.abc import Iterable
from datetime import datetime

from intake.agencies.objects import Grant
from intake.dispatch.base import Actor
from intake.dispatch.objects import Incident, Unit
from intake.dispatch.refusals import Refusal, refuse
from intake.dispatch.state import State

URGENT = "priority-0"
"""The authority of an order where the closest unit goes, whoever's it is."""


def authority_for(
    state: State, by: Actor, unit: Unit, incident: Incident, now: datetime
) -> str | Refusal | None:
    """Return the grant's number or `URGENT`, None where none is needed, or that there is none."""
    if by.agency in (None, unit.card.agency):
        return None
    if incident.priority == 0:
        return URGENT
    fitting = grants_for(state, unit.card.agency, by.agency or "", incident, now)
    found = next(iter(fitting), None)
    if found is None:
        return refuse("no-grant", field="units", unit=unit.id, agency=unit.card.agency)
    return str(found.no)


def grants_for(state: State, giver: str, taker: str, incident: Incident, now: datetime) -> Iterable[Grant]:
    """Return the grants an order to this incident may rest on, the oldest first."""
    fitting = (one for one in state.grants.values() if (one.giver, one.taker) == (giver, taker))
    return sorted((one for one in fitting if one.holds(now) and _fits(one, incident)), key=lambda one: one.no)


def _fits(grant: Grant, incident: Incident) -> bool:
    here = not grant.places or incident.place in grant.places
    known = not grant.types or incident.type in grant.types
    return here and known and grant.incident in (None, incident.id)
