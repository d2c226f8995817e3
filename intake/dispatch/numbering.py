"""The short number people call an incident by."""

from datetime import date, datetime

from intake.dispatch.objects import Incident
from intake.dispatch.state import Numbering, State


def next_number(state: State, at: datetime) -> Numbering:
    """Return the next number of the site's day at `at`, passing over those of incidents still open."""
    day = at.astimezone(state.policy.zone).date().isoformat()
    first = state.policy.first_number
    no = state.numbering.last + 1 if state.numbering.day == day else first
    while _is_taken(state, no):
        no += 1
    return Numbering(day, no)


def _is_taken(state: State, no: int) -> bool:
    """Two open incidents never answer to one number."""
    holder = state.incidents.get(state.numbers.get(no, ""))
    return holder is not None and holder.is_open


def day_of_number(state: State, incident: Incident) -> date | None:
    """Return the local day its number is of, where a later incident has the number too; else None.

    That comes of reopening: the bare number is then the later one's.
    """
    last = state.numbers.get(incident.no)
    if last in (None, incident.id):
        return None
    return incident.opened_at.astimezone(state.policy.zone).date()
