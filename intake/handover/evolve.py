"""What each event makes of a handover."""

from typing import Any

from intake.dispatch.changes import changed
from intake.dispatch.state import State, Thing
from intake.handover.events import (
    HandoverDropped,
    HandoverNoted,
    HandoverOpened,
    HandoverRead,
    HandoverSigned,
)
from intake.handover.objects import Handover


def _opened(_: State, event: HandoverOpened) -> tuple[Thing, ...]:
    by = event.by.name
    who = {"changed_by": by, "changed_at": event.at, "outgoing": by, "opened_at": event.at}
    return (Handover(id=event.handover_id, notes=event.notes, **who),)


def _noted(state: State, event: HandoverNoted) -> tuple[Thing, ...]:
    handover = state.handovers[event.handover_id]
    return (changed(handover, event, notes=(*handover.notes, event.note)),)


def _read(state: State, event: HandoverRead) -> tuple[Thing, ...]:
    handover = state.handovers[event.handover_id]
    return (changed(handover, event, incoming=event.by.name, read=(*handover.read, *event.lines)),)


def _signed(state: State, event: HandoverSigned) -> tuple[Thing, ...]:
    handover = state.handovers[event.handover_id]
    if event.side == "outgoing":
        return (changed(handover, event, outgoing_signed_at=event.at),)
    return (changed(handover, event, incoming=event.by.name, incoming_signed_at=event.at),)


def _dropped(state: State, event: HandoverDropped) -> tuple[Thing, ...]:
    return (changed(state.handovers[event.handover_id], event, dropped=event.reason),)


AFTER: dict[type, Any] = {
    HandoverOpened: _opened,
    HandoverNoted: _noted,
    HandoverRead: _read,
    HandoverSigned: _signed,
    HandoverDropped: _dropped,
}
