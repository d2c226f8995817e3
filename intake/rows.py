"""Objects of the core as rows of the board. Pure; what a row cannot know of itself comes from the state."""

from datetime import datetime

from bus.messages.base import Value
from bus.messages.board import AlarmRow, AssignmentRow, DeviceRow, IncidentRow, OverRow, UnitRow
from intake.dispatch import queries
from intake.dispatch.objects import Alarm, Assignment, AssignmentState, Incident, Unit
from intake.dispatch.speech import Device, Over
from intake.dispatch.state import State, Thing


def row_of(thing: Thing, state: State) -> Value:
    """The row of any object."""
    match thing:
        case Alarm():
            return alarm_row(thing)
        case Incident():
            return incident_row(thing, state)
        case Assignment():
            return assignment_row(thing)
        case Unit():
            return unit_row(thing, state)
        case Over():
            return over_row(thing)
        case _:
            return device_row(thing)


def alarm_row(alarm: Alarm) -> AlarmRow:
    """One alarm."""
    content = alarm.content
    claimed = alarm.claimed_by is not None
    return AlarmRow(
        id=alarm.id,
        source=content.source,
        source_id=content.source_id,
        state=alarm.state,
        type=content.type or "",
        priority=content.priority,
        place=content.place,
        text=content.text,
        text_zh=content.text_zh,
        parsed=content.parsed,
        said_at=content.said_at,
        recorded_at=content.recorded_at,
        clock_offset=content.clock_offset,
        count=alarm.count,
        maybe_repeat=content.maybe_repeat,
        raw=content.raw,
        account=content.account,
        zone=content.zone,
        event_code=content.event_code,
        qualifier=content.qualifier,
        restored_at=_restored_at(alarm),
        caller_unit=content.caller_unit,
        clip=content.clip,
        confidence=content.confidence,
        claimed_by=_login(alarm.claimed_by),
        claimed_at=alarm.changed_at if claimed else None,
        dismiss_wanted_by=_login(alarm.dismissal.by) if alarm.dismissal else None,
        dismiss_reason=alarm.dismiss_reason,
        incident=alarm.incident,
        link_kind=alarm.link_kind,
        version=alarm.version,
    )


def _login(actor: str | None) -> str | None:
    """Consoles know people by their login."""
    return actor.removeprefix("person:") if actor else None


def _restored_at(alarm: Alarm) -> datetime | None:
    restores = [note.at for note in alarm.annotations if note.what == "restore"]
    return max(restores, default=None)


def incident_row(incident: Incident, state: State) -> IncidentRow:
    """One incident with the step its units have reached."""
    return IncidentRow(
        id=incident.id,
        no=incident.no,
        type=incident.type,
        priority=incident.priority,
        place=incident.place,
        summary=incident.summary,
        state=incident.state,
        step=queries.incident_step(state, incident.id),
        first_alarm_at=incident.first_at,
        review_at=incident.review_at,
        disposition=incident.disposition,
        alarms=len(state.incident_alarms.get(incident.id, ())),
        version=incident.version,
    )


def assignment_row(assignment: Assignment) -> AssignmentRow:
    """One unit on one incident."""
    return AssignmentRow(
        id=assignment.id,
        incident=assignment.incident,
        unit=assignment.unit,
        state=assignment.state,
        stamps={str(step): stamp.at for step, stamp in assignment.stamps.items()},
        inferred=tuple(str(step) for step, stamp in assignment.stamps.items() if stamp.inferred),
        evidence={str(step): stamp.evidence for step, stamp in assignment.stamps.items() if stamp.evidence},
        after=assignment.after,
        version=assignment.version,
    )


def unit_row(unit: Unit, state: State) -> UnitRow:
    """One unit, with what its assignments make of it."""
    current = queries.current_of_unit(state, unit.id)
    shown = unit.state.value
    if current or queries.unfinished_of_unit(state, unit.id):
        shown = "COMMITTED" if current else "RESERVED"
    return UnitRow(
        id=unit.id,
        team=unit.card.team,
        agency=unit.card.agency,
        state=shown,
        step=_step_word(current) if current else None,
        incident=current.incident if current else None,
        reason=unit.reason,
        place=unit.place,
        place_at=unit.place_at,
        last_heard_at=unit.last_heard_at,
        version=unit.version,
    )


def _step_word(assignment: Assignment) -> str:
    return "SENT" if assignment.state is AssignmentState.DISPATCHED else assignment.state.value


def over_row(over: Over) -> OverRow:
    """One over, heard or not yet."""
    heard = over.transcript
    return OverRow(
        id=over.id,
        gateway=over.meta.gateway,
        channel=over.meta.channel,
        said_at=over.meta.said_at,
        seconds=over.meta.seconds,
        text=heard.text if heard else None,
        gated=heard.gated if heard else None,
        engine=heard.engine if heard else None,
        intent=heard.understanding.intent if heard else None,
        units=heard.understanding.units if heard else (),
        confidence=heard.confidence if heard else None,
        alarm=over.alarm,
    )


def device_row(device: Device) -> DeviceRow:
    """One box, line or channel."""
    detail = str(device.facts.get("detail") or "")
    return DeviceRow(id=device.id, kind=device.what, state=device.state, since=device.since, detail=detail)
