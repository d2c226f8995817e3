"""Every kind of timer, one entry each: what it runs for, since when, and with which rungs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from intake.agencies.objects import TeamOrder
from intake.dispatch.base import ObjectKind, Ref
from intake.dispatch.links import leader_of
from intake.dispatch.objects import (
    Alarm,
    AlarmState,
    Assignment,
    AssignmentState,
    Incident,
    IncidentState,
    Unit,
    UnitState,
)
from intake.dispatch.queries import WORKING_INCIDENT, is_stacked, live_of_unit
from intake.dispatch.state import State
from intake.timers.ladders import Rungs
from intake.timers.run import Run
from intake.timers.timer import Timer

Start = tuple[datetime, Rungs]
"""A moment that is in the journal, and the rungs counted from it."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A timer of one kind of object; `start` returns None while it does not run."""

    id: str
    of: ObjectKind
    start: Callable[[State, Any], Start | None]


def _answer(state: State, alarm: Alarm) -> Start | None:
    """Nobody has taken it; of a row of repeats, the first."""
    if alarm.state is not AlarmState.QUEUED or leader_of(state, alarm) is not None:
        return None
    since = alarm.queued_at or alarm.content.recorded_at
    return since, state.policy.ladders.of("answer", type_=alarm.content.type)


def _decide(state: State, alarm: Alarm) -> Start | None:
    """Somebody has taken it and has not said what becomes of it."""
    if alarm.state is not AlarmState.CLAIMED or alarm.claim_beat_at is None:
        return None
    name = "decide" if alarm.content.priority else "decide_priority_0"
    return alarm.claim_beat_at, state.policy.ladders.of(name, type_=alarm.content.type)


def _review(state: State, incident: Incident) -> Start | None:
    """It is held; its review is the one rung."""
    if incident.state is not IncidentState.HELD or incident.review_at is None:
        return None
    return incident.review_at, state.policy.ladders.of("review")


def _caller(state: State, incident: Incident) -> Start | None:
    """It is held, and whoever called waits for news."""
    if incident.state is not IncidentState.HELD or incident.held_at is None:
        return None
    return incident.held_at, state.policy.ladders.of("caller", type_=incident.type)


def _sign(state: State, order: Assignment) -> Start | None:
    """The unit was sent and has not signed for it; whatever else it says stops nothing."""
    if order.state is not AssignmentState.DISPATCHED:
        return None
    return order.reached_at, _rungs(state, order, "sign")


def _arrival(state: State, order: Assignment) -> Start | None:
    """The unit was sent and has not arrived; stacked, from when it was done with what came before."""
    underway = order.is_live and not order.arrived and AssignmentState.DISPATCHED in order.stamps
    if not underway or is_stacked(state, order):
        return None
    outer = state.incidents[order.incident].place in state.policy.ladders.outer
    name = "arrival_outer" if outer else "arrival"
    before = state.assignments.get(order.after or "")
    sent_at = order.stamps[AssignmentState.DISPATCHED].at
    since = max(sent_at, before.reached_at) if before else sent_at
    return since, _rungs(state, order, name)


def _scene(state: State, order: Assignment) -> Start | None:
    """The unit is on a scene of a checked type; every word of it starts anew."""
    type_ = state.incidents[order.incident].type
    if order.state is not AssignmentState.ONSCENE or type_ not in state.policy.ladders.checked:
        return None
    heard = state.units[order.unit].last_heard_at
    return max(filter(None, (order.reached_at, heard))), _rungs(state, order, "scene")


def _feedback(state: State, order: Assignment) -> Start | None:
    """The unit is done and nobody has written what came of it."""
    done = order.state is AssignmentState.CLEARED and order.disposition is None
    if not done or not state.incidents[order.incident].is_open:
        return None
    return order.reached_at, _rungs(state, order, "feedback")


def _offer(state: State, thing: Alarm | Incident) -> Start | None:
    """It was offered to another agency, which has not answered."""
    if thing.offer is None or (isinstance(thing, Alarm) and thing.state is not AlarmState.OFFERED):
        return None
    return thing.offer.at, state.policy.ladders.of("offer")


def _desk(state: State, incident: Incident) -> Start | None:
    """A team's desk has an order and has not signed it; of several, the oldest."""
    unsigned = [one for one in incident.teams if one.is_open and one.signed_at is None]
    return _of_desk(state, incident, unsigned, "sign")


def _delegate(state: State, incident: Incident) -> Start | None:
    """A team's desk has signed and has not named who goes; of several, the oldest."""
    signed = [one for one in incident.teams if one.is_open and one.signed_at is not None]
    return _of_desk(state, incident, signed, "delegate")


def _of_desk(state: State, incident: Incident, waiting: list[TeamOrder], name: str) -> Start | None:
    if not waiting or incident.state not in WORKING_INCIDENT:
        return None
    order = min(waiting, key=lambda one: one.waits_since)
    return order.waits_since, state.policy.ladders.of(name, type_=incident.type, team=order.team)


def _contact(state: State, unit: Unit) -> Start | None:
    """The unit moves about or was sent somewhere; posts on stand-by, meals and days off may be quiet."""
    if unit.state is not UnitState.AVAILABLE_MOBILE and not live_of_unit(state, unit.id):
        return None
    since = unit.state_at or unit.changed_at
    heard = unit.last_heard_at
    ladder = state.policy.ladders.of("contact", team=unit.team)
    return max(filter(None, (since, heard))), ladder


def _rungs(state: State, order: Assignment, name: str) -> Rungs:
    type_ = state.incidents[order.incident].type
    return state.policy.ladders.of(name, type_=type_, team=state.units[order.unit].team)


KINDS = (
    Kind("answer", ObjectKind.ALARM, _answer),
    Kind("decide", ObjectKind.ALARM, _decide),
    Kind("review", ObjectKind.INCIDENT, _review),
    Kind("caller", ObjectKind.INCIDENT, _caller),
    Kind("offer", ObjectKind.ALARM, _offer),
    Kind("offer", ObjectKind.INCIDENT, _offer),
    Kind("desk", ObjectKind.INCIDENT, _desk),
    Kind("delegate", ObjectKind.INCIDENT, _delegate),
    Kind("sign", ObjectKind.ASSIGNMENT, _sign),
    Kind("arrival", ObjectKind.ASSIGNMENT, _arrival),
    Kind("scene", ObjectKind.ASSIGNMENT, _scene),
    Kind("feedback", ObjectKind.ASSIGNMENT, _feedback),
    Kind("contact", ObjectKind.UNIT, _contact),
)
"""All of them; a new timer is a new entry, its rungs in `ladders`, and its words in the console."""

_OF: dict[ObjectKind, tuple[Kind, ...]] = {
    each: tuple(kind for kind in KINDS if kind.of is each) for each in ObjectKind
}


def running(state: State, about: Ref) -> tuple[Timer, ...]:
    """Return the timers that run for an object, as the board stands."""
    thing = state.find(about)
    if thing is None:
        return ()
    starts = ((kind, kind.start(state, thing)) for kind in _OF[about.kind])
    return tuple(_timer(state, kind.id, about, start) for kind, start in starts if start and start[1])


def _timer(state: State, kind: str, about: Ref, start: Start) -> Timer:
    since, rungs = start
    run = state.timers.get((kind, about.id), Run())
    reached = run.reached if run.since == since else 0
    due = [since + timedelta(seconds=each) for each in rungs]
    muted = run.muted_until
    if muted is not None:
        due[reached:] = [max(each, muted) for each in due[reached:]]
    return Timer(kind, about, since, tuple(due), min(reached, len(due)), muted)
