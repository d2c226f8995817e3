"""What may be asked about speech on a channel."""

from dataclasses import dataclass
from datetime import datetime

from intake.dispatch.commands import Command
from intake.speaking.events import Language, SpeechState


@dataclass(frozen=True, slots=True, kw_only=True)
class SayOnChannel(Command):
    """Have these words said once, not later than `not_after`; without `channel` on the only one there is."""

    channel: str | None
    text: str
    language: Language
    priority: int
    not_after: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MuteChannel(Command):
    """Mute the transmitter of a channel, or let it speak again."""

    channel: str | None
    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteProgress(Command):
    """A box says how far a request has come."""

    device_id: str
    request: str
    state: SpeechState
    reason: str | None
    seconds: float
    said_at: datetime
