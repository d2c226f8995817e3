"""What each event makes of alarms, and of the incident an alarm joins."""

from functools import partial
from typing import Any

from intake.dispatch.base import Role
from intake.dispatch.changes import changed, observed
from intake.dispatch.desk_events import (
    AlarmAcknowledged,
    AlarmClaimed,
    AlarmDismissed,
    AlarmLinked,
    AlarmPromoted,
    AlarmReleased,
    AlarmReopened,
    DismissalAsked,
    LinkRejected,
)
from intake.dispatch.objects import Alarm, AlarmState
from intake.dispatch.source_events import AlarmAnnotated, AlarmQueued, AlarmRepeated, LinkProposed
from intake.dispatch.state import State, Thing


def _queued(state: State, event: AlarmQueued) -> tuple[Thing, ...]:
    who = {"changed_by": event.by.name, "changed_at": event.at}
    alarm = Alarm(id=event.content.id, content=event.content, queued_at=event.at, **who)
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


def _link_proposed(state: State, event: LinkProposed) -> tuple[Thing, ...]:
    alarm = state.alarms[event.alarm_id]
    return (observed(alarm, proposals=(*alarm.proposals, event.proposal)),)


def _claimed(state: State, event: AlarmClaimed) -> tuple[Thing, ...]:
    alarm = state.alarms[event.alarm_id]
    claim = {"claimed_by": event.by.name, "claim_beat_at": event.at}
    return (changed(alarm, event, state=AlarmState.CLAIMED, **claim),)


def _released(state: State, event: AlarmReleased) -> tuple[Thing, ...]:
    alarm = state.alarms[event.alarm_id]
    waiting = {"claimed_by": None, "claim_beat_at": None, "queued_at": event.at}
    return (changed(alarm, event, state=AlarmState.QUEUED, **waiting),)


def _promoted(state: State, event: AlarmPromoted) -> tuple[Thing, ...]:
    alarm = state.alarms[event.alarm_id]
    joined = {"incident": event.incident_id, "link_kind": "origin", "dismissal": None}
    return (changed(alarm, event, state=AlarmState.PROMOTED, **joined),)


def _linked(state: State, event: AlarmLinked) -> tuple[Thing, ...]:
    alarm = state.alarms[event.alarm_id]
    incident = state.incidents[event.incident_id]
    joined = {"incident": event.incident_id, "link_kind": event.link_kind, "dismissal": None}
    first_at = min(incident.first_at, alarm.content.recorded_at)
    by_itself = event.by.role is Role.SYSTEM
    # What joins by itself must not get in the way of somebody who is deciding about the incident.
    touched = observed if by_itself else partial(changed, event=event)
    return (
        changed(alarm, event, state=AlarmState.LINKED, unseen=by_itself, **joined),
        touched(incident, first_at=first_at),
    )


def _link_rejected(state: State, event: LinkRejected) -> tuple[Thing, ...]:
    alarm = state.alarms[event.alarm_id]
    return (changed(alarm, event, apart=tuple(dict.fromkeys((*alarm.apart, *event.targets)))),)


def _acknowledged(state: State, event: AlarmAcknowledged) -> tuple[Thing, ...]:
    return (changed(state.alarms[event.alarm_id], event, unseen=False),)


def _dismissal_asked(state: State, event: DismissalAsked) -> tuple[Thing, ...]:
    return (changed(state.alarms[event.alarm_id], event, dismissal=event.dismissal),)


def _dismissed(state: State, event: AlarmDismissed) -> tuple[Thing, ...]:
    alarm = state.alarms[event.alarm_id]
    return (changed(alarm, event, state=AlarmState.DISMISSED, dismiss_reason=event.reason),)


def _reopened(state: State, event: AlarmReopened) -> tuple[Thing, ...]:
    fresh: dict[str, Any] = dict.fromkeys(
        ("claimed_by", "claim_beat_at", "incident", "link_kind", "dismissal", "dismiss_reason", "offer")
    )
    alarm = state.alarms[event.alarm_id]
    return (changed(alarm, event, state=AlarmState.QUEUED, unseen=False, queued_at=event.at, **fresh),)


AFTER: dict[type, Any] = {
    AlarmQueued: _queued,
    AlarmRepeated: _repeated,
    AlarmAnnotated: _annotated,
    LinkProposed: _link_proposed,
    AlarmClaimed: _claimed,
    AlarmReleased: _released,
    AlarmPromoted: _promoted,
    AlarmLinked: _linked,
    LinkRejected: _link_rejected,
    AlarmAcknowledged: _acknowledged,
    DismissalAsked: _dismissal_asked,
    AlarmDismissed: _dismissed,
    AlarmReopened: _reopened,
}
