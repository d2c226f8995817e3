"""Rules about units and devices: who exists, who is on duty, what is plugged in."""

from intake.dispatch.commands import SetUnitStatus
from intake.dispatch.draft import Draft
from intake.dispatch.guards import seen_as_it_is, unit_named
from intake.dispatch.objects import UNASSIGNABLE
from intake.dispatch.queries import current_of_unit, unfinished_of_unit
from intake.dispatch.refusals import Refusal, refuse
from intake.dispatch.source_commands import DeviceChanged, EnrolUnits
from intake.dispatch.source_events import DeviceStateChanged, UnitEnrolled
from intake.dispatch.steps import set_unit_state
from intake.dispatch.unit_commands import SetTeamStatus


def enrol_units(draft: Draft, command: EnrolUnits) -> Refusal | None:
    """Make new units known and changed cards current; a unit is never forgotten."""
    for card in command.cards:
        known = draft.state.units.get(card.id)
        if known is None or known.card != card:
            draft.write(UnitEnrolled(**draft.head, card=card))
    return None


def set_unit_status(draft: Draft, command: SetUnitStatus) -> Refusal | None:
    """Change what is stored of a unit; nobody leaves duty with work unfinished."""
    unit = unit_named(draft.state, command.unit)
    if isinstance(unit, Refusal):
        return unit
    if refusal := seen_as_it_is(unit, command.version):
        return refusal
    unfinished = unfinished_of_unit(draft.state, unit.id)
    if command.state in UNASSIGNABLE and unfinished:
        there = draft.state.incidents[unfinished[0].incident]
        return refuse("units-not-done", field="state", units=unit.id, no=there.no)
    set_unit_state(draft, unit.id, command.state, reason=command.reason)
    return None


def set_team_status(draft: Draft, command: SetTeamStatus) -> Refusal | None:
    """Change all or none: members at work are listed, not taken off it."""
    for unit_id in command.units:
        unit = unit_named(draft.state, unit_id)
        if isinstance(unit, Refusal):
            return unit
    at_work = [unit for unit in command.units if unfinished_of_unit(draft.state, unit)]
    if at_work:
        return refuse("team-at-work", field="units", units=", ".join(_where(draft, one) for one in at_work))
    for unit_id in command.units:
        set_unit_state(draft, unit_id, command.state, reason=command.reason)
    return None


def _where(draft: Draft, unit: str) -> str:
    """`P1 (1031 ONSCENE)`: the unit, and its furthest work."""
    work = current_of_unit(draft.state, unit) or unfinished_of_unit(draft.state, unit)[0]
    return f"{unit} ({draft.state.incidents[work.incident].no} {work.state})"


def device_changed(draft: Draft, command: DeviceChanged) -> Refusal | None:
    """Show what a device says of itself, when it says something new."""
    if draft.state.devices.get(command.device.id) != command.device:
        draft.write(DeviceStateChanged(**draft.head, device=command.device))
    return None
