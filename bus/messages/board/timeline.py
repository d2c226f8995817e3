"""What happened."""

from typing import Any

from bus.messages.base import Utc, Value


class TimelineRow(Value):
    """One thing that happened. `what` is a code; `params` fills the console's sentence for it."""

    id: str
    seq: int
    object: str
    object_id: str
    incident: str | None
    at: Utc
    said_at: Utc | None = None
    actor: str
    authority: str = ""
    """In which role, or on which grant."""
    what: str
    params: dict[str, Any] = {}
    clip: str | None = None
    confidence: float | None = None
