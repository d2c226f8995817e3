"""A handover: who goes, who comes, what was read, and the two signatures."""

from typing import Literal

from pydantic import AwareDatetime

from intake.dispatch.base import Frozen, Versioned

NoteKind = Literal["work", "important", "shift"]
"""`important` and `work` notes go on to the next handover; `shift` is for this one only."""


class Note(Frozen):
    """What one shift tells the next in its own words; `id` is the request that wrote it."""

    id: str
    kind: NoteKind
    text: str
    by: str
    at: AwareDatetime


class Handover(Versioned):
    """From one person to another. Until both have signed, both are responsible.

    `outgoing` and `incoming` are actors' names; `incoming` is whoever read the first line. `read` are keys of
    lines of the brief.
    """

    outgoing: str
    incoming: str | None = None
    opened_at: AwareDatetime
    notes: tuple[Note, ...] = ()
    read: tuple[str, ...] = ()
    outgoing_signed_at: AwareDatetime | None = None
    incoming_signed_at: AwareDatetime | None = None
    dropped: str | None = None
    """Why nobody took over after all."""

    @property
    def is_open(self) -> bool:
        """Until both have signed, or it was dropped."""
        return self.dropped is None and None in (self.outgoing_signed_at, self.incoming_signed_at)

    @property
    def responsible(self) -> tuple[str, ...]:
        """Who answers for the desk: both until both have signed."""
        if self.dropped is not None or self.incoming is None:
            return (self.outgoing,)
        return (self.outgoing, self.incoming) if self.is_open else (self.incoming,)
