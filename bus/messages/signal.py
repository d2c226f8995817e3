"""What a panel line says to the centre."""

from typing import Literal

from bus.messages.base import Message, Utc, Value

SignalKind = Literal["event", "receiver", "text", "unparsed", "repeat", "line_fault", "line_restored"]
"""event, receiver, text and unparsed as `tongpin decode` names them; `repeat` counts up `repeat_of`."""

LineTrouble = Literal["silent", "broken", "noise", "spool_full"]

Clockwork = Literal["synced", "unsynced"]
"""Whether the box's clock is kept right by the network; a Pi has no clock battery."""


class PanelEvent(Value):
    """One decoded event. Every field is a string exactly as on the wire, or null."""

    receiver: str | None = None
    line: str | None = None
    account: str | None = None
    qualifier: Literal["new", "restore", "status"] | None = None
    code_set: str | None = None
    code: str | None = None
    partition: str | None = None
    zone: str | None = None
    user: str | None = None
    text: str | None = None


class PanelSignal(Message):
    """One event of one panel, or the fault or recovery of a line.

    `id` is made when the frame is committed to the box's spool and never again. `seq` counts the signals of
    one line of one box without gaps, across restarts: the centre sees order and loss from it.
    """

    id: str
    gateway: str
    line: str
    protocol: str
    kind: SignalKind
    seq: int
    boot: str
    said_at: Utc
    clock: Clockwork
    event: PanelEvent | None = None
    raw: str = ""
    """The frame's bytes in hex, without terminator."""
    repeat_of: str | None = None
    maybe_repeat: bool = False
    trouble: LineTrouble | None = None
    detail: str = ""
    """For a fault: what the device said, as it said it."""
