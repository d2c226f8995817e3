"""Handing the desk over."""

from typing import Literal

from pydantic import Field

from bus.messages.base import Value


class OpenHandover(Value):
    """Begin to hand the desk over; gives `{"handover"}`."""


class LeaveNote(Value):
    """A note for the next shift; `work` and `important` ones go on to the shift after it."""

    handover: str
    kind: Literal["work", "important", "shift"]
    text: str = Field(min_length=1, max_length=2000)


class ReadLines(Value):
    """Lines of the brief that were read, by their keys; the first reader is who takes over."""

    handover: str
    lines: tuple[str, ...] = Field(max_length=2000)


class SignHandover(Value):
    """By who goes, or by who comes and has read every line."""

    handover: str


class DropHandover(Value):
    """Nobody takes over after all."""

    handover: str
    reason: str
