"""Incidents, what is said of them from their scene, and the orders to units."""

from datetime import date
from typing import Literal

from bus.messages.base import Exercise, Priority, Utc, Value
from bus.messages.board.agencies import OfferRow, TeamOrderRow
from bus.messages.board.timers import TimerRow


class SightingRow(Value):
    """What was said of an incident from its scene, and the certainty it would have by that."""

    certainty: str
    why: str
    """nothing-showing or seen."""
    unit: str | None = None
    clip: str
    text: str
    at: Utc


class IncidentRow(Value):
    """One open incident."""

    id: str
    no: int
    number_day: date | None = None
    """The site's day of its number, where a later incident has the number too."""
    type: str
    priority: Priority
    place: str | None
    summary: str
    summary_zh: str = ""
    state: str
    step: str
    """UNSENT, SENT, SIGNED, ENROUTE or ONSCENE: the furthest live assignment."""
    first_alarm_at: Utc
    returned_at: Utc | None = None
    """When it came back to wait again: it stands before its equals."""
    review_at: Utc | None = None
    disposition: str | None = None
    certainty: str = "possible"
    """CAP 1.2: possible, likely or observed."""
    sighting: SightingRow | None = None
    alarms: int = 0
    exercise: Exercise = "actual"
    lead: str | None = None
    """The agency whose matter it is."""
    assist: tuple[str, ...] = ()
    offer: OfferRow | None = None
    teams: tuple[TeamOrderRow, ...] = ()
    merged: dict[str, int] = {}
    """Incidents that were merged into it: their ids and numbers."""
    timers: tuple[TimerRow, ...] = ()
    version: int


class AssignmentRow(Value):
    """One unit on one incident. Status lives here, never on the unit alone."""

    id: str
    incident: str
    unit: str
    state: str
    stamps: dict[str, Utc]
    """When each step was reached, by state name."""
    inferred: tuple[str, ...] = ()
    """Steps nobody reported, stamped because a later one was."""
    evidence: dict[str, str] = {}
    """Clip or quote behind a step."""
    grant: str | None = None
    """What an order to another agency's unit rests on: a grant's number, or `priority-0`."""
    after: str | None = None
    """The order of its unit that comes first, as long as that is not done."""
    recall: Literal["open", "heard"] | None = None
    """Whether the unit, called off, has said that it heard it."""
    timers: tuple[TimerRow, ...] = ()
    version: int
