"""Rules about units in need: a key or a word declares it at once, and a named supervisor ends it."""

from intake.dispatch.draft import Draft
from intake.dispatch.guards import given, seen_as_it_is, unit_named
from intake.dispatch.objects import AlarmContent, Overlay
from intake.dispatch.refusals import Refusal, refuse
from intake.dispatch.unit_commands import ClearEmergency
from intake.dispatch.unit_events import EmergencyCleared, EmergencyDeclared

EMERGENCY = "officer-emergency"
"""The type of an alarm in which one of our own calls for help."""


def declare(draft: Draft, content: AlarmContent) -> None:
    """Mark the unit that calls for help in this alarm, if it is known who that is."""
    if content.type == EMERGENCY and content.caller_unit:
        declare_unit(draft, content.caller_unit, content.id)


def declare_unit(draft: Draft, unit_id: str, alarm_id: str) -> None:
    """Mark a unit that calls for help, once."""
    unit = draft.state.units.get(unit_id)
    if unit is not None and Overlay.EMERGENCY not in unit.overlays:
        draft.write(EmergencyDeclared(**draft.head, unit=unit_id, alarm_id=alarm_id))


def clear_emergency(draft: Draft, command: ClearEmergency) -> Refusal | None:
    """End it, with a reason."""
    unit = unit_named(draft.state, command.unit)
    if isinstance(unit, Refusal):
        return unit
    if refusal := seen_as_it_is(unit, command.version):
        return refusal
    if Overlay.EMERGENCY not in unit.overlays:
        return refuse("no-emergency", field="unit", unit=unit.id)
    if refusal := given(command.reason, "reason"):
        return refusal
    draft.write(EmergencyCleared(**draft.head, unit=unit.id, reason=command.reason))
    return None
