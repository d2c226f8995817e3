"""What each event makes of alarms, and of the incident an alarm joins."""

from typing import Any

from intake.dispatch.changes import changed, observed
from intake.dispatch.desk_events import (
    AlarmClaimed,
    AlarmDismissed,
    AlarmLinked,
    AlarmPromoted,
    AlarmReleased,
    AlarmReopened,
    DismissalAsked,
)
from intake.dispatch.objects import Alarm, AlarmState
from intake.dispatch.source_events import AlarmAnnotated, AlarmQueued, AlarmRepeated
from intake.dispatch.state import State, Thing


def _queued(state: State, event: AlarmQueued) -> tuple[Thing, ...]:
    alarm = Alarm(id=event.content.id, changed_by=event.by.name, changed_at=event.at, content=event.content)
    over = state.overs.get(event.over_id or event.content.over or "")
    if over is None or over.alarm is not None:
        return (alarm,)
    return alarm, observed(over, alarm=alarm.id)


def _repeated(state: State, event: AlarmRepeated) -> tuple[Thing, ...]:
    if event.alarm_id is None:
        return ()
    alarm = state.alarms[event.alarm_id]
    return (observed(alarm, count=alarm.count + 1),)


def _annotated(state: State, event: AlarmAnnotated) -> tuple[Thing, ...]:
    if event.alarm_id is None:
        return ()
    alarm = state.alarms[event.alarm_id]
    return (observed(alarm, annotations=(*alarm.annotations, event.annotation)),)


def _claimed(state: State, event: AlarmClaimed) -> tuple[Thing, ...]:
    alarm = state.alarms[event.alarm_id]
    claim = {"claimed_by": event.by.name, "claim_beat_at": event.at}
    return (changed(alarm, event, state=AlarmState.CLAIMED, **claim),)


def _released(state: State, event: AlarmReleased) -> tuple[Thing, ...]:
    alarm = state.alarms[event.alarm_id]
    return (changed(alarm, event, state=AlarmState.QUEUED, claimed_by=None, claim_beat_at=None),)


def _promoted(state: State, event: AlarmPromoted) -> tuple[Thing, ...]:
    alarm = state.alarms[event.alarm_id]
    joined = {"incident": event.incident_id, "link_kind": "origin", "dismissal": None}
    return (changed(alarm, event, state=AlarmState.PROMOTED, **joined),)


def _linked(state: State, event: AlarmLinked) -> tuple[Thing, ...]:
    alarm = state.alarms[event.alarm_id]
    incident = state.incidents[event.incident_id]
    joined = {"incident": event.incident_id, "link_kind": event.link_kind, "dismissal": None}
    first_at = min(incident.first_at, alarm.content.recorded_at)
    return (
        changed(alarm, event, state=AlarmState.LINKED, **joined),
        changed(incident, event, first_at=first_at),
    )


def _dismissal_asked(state: State, event: DismissalAsked) -> tuple[Thing, ...]:
    return (changed(state.alarms[event.alarm_id], event, dismissal=event.dismissal),)


def _dismissed(state: State, event: AlarmDismissed) -> tuple[Thing, ...]:
    alarm = state.alarms[event.alarm_id]
    return (changed(alarm, event, state=AlarmState.DISMISSED, dismiss_reason=event.reason),)


def _reopened(state: State, event: AlarmReopened) -> tuple[Thing, ...]:
    fresh: dict[str, Any] = dict.fromkeys(
        ("claimed_by", "claim_beat_at", "incident", "link_kind", "dismissal", "dismiss_reason")
    )
    return (changed(state.alarms[event.alarm_id], event, state=AlarmState.QUEUED, **fresh),)


AFTER: dict[type, Any] = {
    AlarmQueued: _queued,
    AlarmRepeated: _repeated,
    AlarmAnnotated: _annotated,
    AlarmClaimed: _claimed,
    AlarmReleased: _released,
    AlarmPromoted: _promoted,
    AlarmLinked: _linked,
    DismissalAsked: _dismissal_asked,
    AlarmDismissed: _dismissed,
    AlarmReopened: _reopened,
}
