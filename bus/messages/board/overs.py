"""What is heard on the channels."""

from bus.messages.base import Message, Utc, Value


class OverRow(Value):
    """One over heard on a channel, with its words or the reason there are none."""

    id: str
    gateway: str
    channel: str
    said_at: Utc
    seconds: float
    text: str | None
    gated: str | None = None
    engine: str | None = None
    intent: str | None = None
    units: tuple[str, ...] = ()
    confidence: float | None = None
    alarm: str | None = None
    callers: tuple[str, ...] = ()
    """Keys of the radios that transmitted, in the order heard; `RadioRow` says whose they are."""
    place: str | None = None
    type: str | None = None
    clip: str | None = None
    """Name of the recording; None when it is kept no longer."""


class LiveText(Message):
    """An over that is still running: who speaks, how loud, and the words so far."""

    over: str
    channel: str
    text: str
    gateway: str = ""
    since: Utc | None = None
    caller: str | None = None
    """The radio's own id, as its signalling gave it."""
    unit: str | None = None
    """The unit that carries this radio."""
    level_dbfs: float | None = None
    """Of the last chunk heard."""
    done: bool = False
    """The over has ended; its words come with the board."""
