"""What each event makes of what lies over a unit's state."""

from typing import Any

from intake.dispatch.changes import changed, observed
from intake.dispatch.objects import Overlay
from intake.dispatch.state import State, Thing
from intake.dispatch.unit_events import EmergencyCleared, EmergencyDeclared


def _emergency(state: State, event: EmergencyDeclared) -> tuple[Thing, ...]:
    unit = state.units[event.unit]
    return (observed(unit, overlays=unit.overlays | {Overlay.EMERGENCY}),)


def _cleared(state: State, event: EmergencyCleared) -> tuple[Thing, ...]:
    unit = state.units[event.unit]
    return (changed(unit, event, overlays=unit.overlays - {Overlay.EMERGENCY}),)


AFTER: dict[type, Any] = {EmergencyDeclared: _emergency, EmergencyCleared: _cleared}
