"""What agencies and teams agree on: offers, orders to a team's desk, grants."""

from datetime import datetime
from typing import Literal

from pydantic import AwareDatetime

from intake.dispatch.base import Frozen, Versioned

Outcome = Literal["accepted", "refused", "withdrawn", "expired"]


class Offer(Frozen):
    """Something is offered to an agency; until it accepts, whoever offers stays responsible."""

    to: str
    by: str
    at: AwareDatetime
    reason: str


class TeamOrder(Frozen):
    """An order to a team's desk, which signs for it and names who goes.

    `delegated_at` is when units were named; `over_the_head` that the centre named them. `grant` is what an
    order to another agency's team rests on, and with it those of the units named.
    """

    id: str
    team: str
    ordered_by: str
    ordered_at: AwareDatetime
    signed_at: AwareDatetime | None = None
    delegated_at: AwareDatetime | None = None
    over_the_head: bool = False
    recalled_at: AwareDatetime | None = None
    grant: str | None = None

    @property
    def is_open(self) -> bool:
        """Until units are named or it is taken back."""
        return self.delegated_at is None and self.recalled_at is None

    @property
    def waits_since(self) -> datetime:
        """Since when somebody waits for the desk: to sign, then to name a unit."""
        return self.signed_at or self.ordered_at


class Grant(Versioned):
    """One agency lets another order its units: for some types and places, one incident, or a while.

    Empty `types` or `places` mean any. Two people make it: one asks, one of the other side signs.
    """

    no: int
    giver: str
    taker: str
    types: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    incident: str | None = None
    until: AwareDatetime | None = None
    reason: str = ""
    asked_by: str
    asked_for: str | None = None
    """The agency whoever asked belongs to; None for the joint centre."""
    signed_by: str | None = None
    revoked: str | None = None
    """Why it holds no longer."""

    @property
    def is_open(self) -> bool:
        """Until it is revoked."""
        return self.revoked is None

    def holds(self, now: datetime) -> bool:
        """Whether orders may rest on it."""
        return self.signed_by is not None and self.is_open and (self.until is None or now < self.until)
