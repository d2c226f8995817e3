"""What each event makes of overs and devices, and of the units heard in an over."""

from typing import Any

from intake.dispatch.changes import observed
from intake.dispatch.source_events import DeviceStateChanged, OverAccepted, OverTranscribed, StatusProposed
from intake.dispatch.speech import Over
from intake.dispatch.state import State, Thing


def _accepted(_state: State, event: OverAccepted) -> tuple[Thing, ...]:
    return (Over(meta=event.meta),)


def _transcribed(state: State, event: OverTranscribed) -> tuple[Thing, ...]:
    over = observed(state.overs[event.over_id], transcript=event.transcript)
    heard_at = over.meta.recorded_at
    units = (observed(state.units[unit], last_heard_at=heard_at) for unit in event.heard)
    return (over, *units)


def _proposed(state: State, event: StatusProposed) -> tuple[Thing, ...]:
    over = state.overs[event.over_id]
    return (observed(over, proposals=(*over.proposals, event.proposal)),)


def _device(_state: State, event: DeviceStateChanged) -> tuple[Thing, ...]:
    return (event.device,)


AFTER: dict[type, Any] = {
    OverAccepted: _accepted,
    OverTranscribed: _transcribed,
    StatusProposed: _proposed,
    DeviceStateChanged: _device,
}
