"""The short number people call an incident by."""

from datetime import datetime

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
