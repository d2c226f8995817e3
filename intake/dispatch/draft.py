"""A decision being written: its events so far, and the board as it stands after them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypedDict

from intake.dispatch.base import Actor
from intake.dispatch.commands import Command
from intake.dispatch.events import Event
from intake.dispatch.evolve import evolve
from intake.dispatch.practice import practised
from intake.dispatch.refusals import Refusal
from intake.dispatch.state import State

Rule = Callable[["Draft", Any], Refusal | None]
"""Writes a command's events into the draft, or returns why not; what it wrote before refusing is dropped."""


class Head(TypedDict):
    """The fields every event takes from its command."""

    id: str
    action: str
    at: datetime
    by: Actor


class Draft:
    """Later rules of one decision see what earlier ones did: `state` moves with every event written."""

    def __init__(self, state: State, command: Command) -> None:
        self.state = state
        self.events: list[Event] = []
        self._command = command

    @property
    def at(self) -> datetime:
        """The centre's time of the command."""
        return self._command.at

    @property
    def by(self) -> Actor:
        """Who gave the command."""
        return self._command.by

    @property
    def head(self) -> Head:
        """The head of the next event, numbered within its command."""
        command = self._command
        return {
            "id": f"{command.id}/{len(self.events)}",
            "action": command.id,
            "at": command.at,
            "by": command.by,
        }

    def write(self, event: Event) -> None:
        """Add an event and move the board on; what a sandbox takes in is an exercise from here on."""
        if self.state.policy.exercise:
            event = practised(event)
        self.state = evolve(self.state, event)
        self.events.append(event)
