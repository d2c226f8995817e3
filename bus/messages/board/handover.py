"""What one shift hands to the next."""

from typing import Literal

from bus.messages.base import Utc, Value


class NoteRow(Value):
    """What one shift tells the next."""

    id: str
    kind: Literal["work", "important", "shift"]
    text: str
    by: str
    at: Utc


class HandoverRow(Value):
    """A handover that is not signed by both yet, or the last one that was."""

    id: str
    outgoing: str
    """Login."""
    incoming: str | None = None
    """Login of whoever read the first line."""
    opened_at: Utc
    notes: tuple[NoteRow, ...] = ()
    read: tuple[str, ...] = ()
    """Keys of the lines that were read; request `brief` gives the lines."""
    outgoing_signed_at: Utc | None = None
    incoming_signed_at: Utc | None = None
    responsible: tuple[str, ...] = ()
    """Logins: both until both have signed."""
    version: int
