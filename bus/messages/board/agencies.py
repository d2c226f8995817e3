"""What two agencies ask of each other: offers, orders to a team's desk, grants."""

from typing import Literal

from bus.messages.base import Utc, Value


class OfferRow(Value):
    """Offered to an agency, by whom and since when; it has not answered."""

    to: str
    by: str
    """Login."""
    since: Utc
    reason: str


TeamOrderState = Literal["ORDERED", "SIGNED", "DELEGATED", "RECALLED"]


class TeamOrderRow(Value):
    """An order to a team's desk, and how far it is: ORDERED, SIGNED, DELEGATED or RECALLED."""

    team: str
    state: TeamOrderState
    since: Utc
    over_the_head: bool = False
    """The centre named the units, for the desk took too long."""
    grant: str | None = None
    """What an order to another agency's team rests on, as `AssignmentRow` has it."""


class GrantRow(Value):
    """One agency lets another order its units; it holds once it is signed."""

    id: str
    no: int
    giver: str
    taker: str
    types: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    incident: str | None = None
    until: Utc | None = None
    reason: str = ""
    asked_by: str
    signed_by: str | None = None
    version: int
