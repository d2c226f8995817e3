"""A message from outside, understood: what to store, and whom to give a receipt."""

from dataclasses import dataclass
from datetime import datetime

from intake.dispatch.base import Actor, Role
from intake.dispatch.commands import Command

PANEL = Actor(name="panel", role=Role.SYSTEM)
PARSER = Actor(name="parser", role=Role.SYSTEM)


def rule(name: str) -> Actor:
    """The centre itself, acting on its rule `name`."""
    return Actor(name=f"rule:{name}", role=Role.SYSTEM)


@dataclass(frozen=True)
class Receiving:
    """The circumstances of a message: the centre's clock, and how far the box's clock is ahead (seconds).

    `turn` tells messages of one moment apart: of those read by one run of the centre each has its own.
    """

    at: datetime
    clock_offset: float = 0.0
    turn: int = 0

    @property
    def mark(self) -> str:
        """What no other message received has."""
        return f"{self.at} {self.turn}"


@dataclass(frozen=True)
class Ticket:
    """Whom to tell, and of what, once it is stored."""

    gateway: str
    id: str


@dataclass(frozen=True)
class Arrival:
    """`cause` is the message's own id: the same message again is the same cause and is stored once."""

    cause: str
    commands: tuple[Command, ...] = ()
    ticket: Ticket | None = None
