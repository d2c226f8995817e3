"""What happened to a handover."""

from typing import Literal

from intake.dispatch.source_events import BaseEvent
from intake.handover.objects import Note


class HandoverOpened(BaseEvent):
    """Somebody began to hand over; `notes` go on from the handover before."""

    kind: Literal["handover.opened"] = "handover.opened"
    handover_id: str
    notes: tuple[Note, ...] = ()


class HandoverNoted(BaseEvent):
    """A note was left for the next shift."""

    kind: Literal["handover.noted"] = "handover.noted"
    handover_id: str
    note: Note


class HandoverRead(BaseEvent):
    """Lines of the brief were read."""

    kind: Literal["handover.read"] = "handover.read"
    handover_id: str
    lines: tuple[str, ...]


class HandoverSigned(BaseEvent):
    """One of the two signed."""

    kind: Literal["handover.signed"] = "handover.signed"
    handover_id: str
    side: Literal["outgoing", "incoming"]


class HandoverDropped(BaseEvent):
    """Nobody took over after all."""

    kind: Literal["handover.dropped"] = "handover.dropped"
    handover_id: str
    reason: str
