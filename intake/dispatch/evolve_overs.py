"""What each event makes of overs, radios and devices, and of the units heard in an over."""

from collections.abc import Iterator
from typing import Any

from intake.dispatch.changes import changed, observed
from intake.dispatch.desk_events import RadioNamed
from intake.dispatch.objects import Overlay
from intake.dispatch.radio import Radio
from intake.dispatch.source_events import (
    DeviceStateChanged,
    OverAccepted,
    OverCompared,
    OverTranscribed,
    RecordingsRemoved,
    StatusProposed,
)
from intake.dispatch.speech import Over, OverMeta
from intake.dispatch.state import State, Thing


def _accepted(state: State, event: OverAccepted) -> tuple[Thing, ...]:
    meta = event.meta
    over = Over(meta=meta, alarm=state.over_alarms.get(meta.id))
    return (over, *_evidence(state, over), *_units(state, event.heard, meta), *_radios(state, event))


def _transcribed(state: State, event: OverTranscribed) -> tuple[Thing, ...]:
    over = observed(state.overs[event.over_id], transcript=event.transcript)
    return (over, *_evidence(state, over), *_units(state, event.heard, over.meta))


def _compared(_state: State, _event: OverCompared) -> tuple[Thing, ...]:
    return ()


def _evidence(state: State, over: Over) -> tuple[Thing, ...]:
    """The alarm the over belongs to: it is shown with the clip and the words."""
    alarm = state.alarms.get(over.alarm or "")
    return (alarm,) if alarm else ()


def _units(state: State, heard: tuple[str, ...], meta: OverMeta) -> Iterator[Thing]:
    for unit in (state.units[each] for each in heard):
        overlays = unit.overlays - {Overlay.NO_CONTACT}
        yield observed(unit, last_heard_at=meta.recorded_at, overlays=overlays)


def _radios(state: State, event: OverAccepted) -> Iterator[Thing]:
    meta = event.meta
    for key in meta.radios:
        radio = state.radios.get(key) or Radio(id=key, changed_by=event.by.name, changed_at=event.at)
        where = f"{meta.gateway}/{meta.channel}"
        yield observed(radio, heard=radio.heard + 1, last_heard_at=meta.recorded_at, channel=where)


def _named(state: State, event: RadioNamed) -> tuple[Thing, ...]:
    radio = state.radios.get(event.radio)
    touched = (state.units[unit] for unit in (event.before, event.unit) if unit)
    if radio is None:
        fresh = Radio(id=event.radio, changed_by=event.by.name, changed_at=event.at, unit=event.unit)
        return (fresh, *touched)
    return (changed(radio, event, unit=event.unit), *touched)


def _removed(state: State, event: RecordingsRemoved) -> tuple[Thing, ...]:
    here = (state.overs[over] for over in event.overs if over in state.overs)
    return tuple(observed(over, gone_at=event.at) for over in here)


def _proposed(state: State, event: StatusProposed) -> tuple[Thing, ...]:
    over = state.overs[event.over_id]
    return (observed(over, proposals=(*over.proposals, event.proposal)),)


def _device(_state: State, event: DeviceStateChanged) -> tuple[Thing, ...]:
    return (event.device,)


AFTER: dict[type, Any] = {
    OverAccepted: _accepted,
    OverTranscribed: _transcribed,
    OverCompared: _compared,
    RadioNamed: _named,
    RecordingsRemoved: _removed,
    StatusProposed: _proposed,
    DeviceStateChanged: _device,
}
