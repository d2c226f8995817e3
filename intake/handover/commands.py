"""What may be asked about a handover."""

from dataclasses import dataclass

from intake.dispatch.commands import Command
from intake.handover.objects import NoteKind


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenHandover(Command):
    """Begin to hand one's desk over."""

    handover_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveNote(Command):
    """Tell the next shift something in one's own words."""

    handover_id: str
    note: NoteKind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLines(Command):
    """Say that lines of the brief were read; the first reader is who takes over."""

    handover_id: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignHandover(Command):
    """Sign as the one who goes or the one who comes; whoever comes has read every line."""

    handover_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DropHandover(Command):
    """Nobody takes over after all."""

    handover_id: str
    reason: str
