"""From events to marks. What was taken back did not happen; what was never reported is not made up."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeVar

from intake.dispatch.desk_events import (
    ActionUndone,
    AlarmClaimed,
    AlarmDismissed,
    AlarmLinked,
    AlarmPromoted,
    AlarmReleased,
    AlarmReopened,
    AssignmentEnded,
    AssignmentStepped,
    IncidentActivated,
    IncidentCancelled,
    IncidentClosed,
    IncidentHeld,
    IncidentOpened,
    IncidentReprioritised,
    IncidentResolved,
    IncidentReturned,
    UnitDispatched,
)
from intake.dispatch.events import Event
from intake.dispatch.incident_events import IncidentMerged, IncidentSplit
from intake.dispatch.objects import STEPS, AssignmentState, UnitCard
from intake.dispatch.source_events import AlarmQueued, AlarmRepeated, UnitEnrolled
from intake.dispatch.work_events import StepCorrected
from intake.statistics.marks import (
    LAST_ARRIVAL,
    AlarmMarks,
    AssignmentMarks,
    IncidentMarks,
    Mark,
    Marks,
    Times,
)

KINDS = (
    "action.undone",
    "alarm.claimed",
    "alarm.dismissed",
    "alarm.linked",
    "alarm.promoted",
    "alarm.queued",
    "alarm.released",
    "alarm.reopened",
    "alarm.repeated",
    "assignment.corrected",
    "assignment.dispatched",
    "assignment.ended",
    "assignment.stepped",
    "incident.activated",
    "incident.cancelled",
    "incident.closed",
    "incident.held",
    "incident.merged",
    "incident.opened",
    "incident.reprioritised",
    "incident.resolved",
    "incident.returned",
    "incident.split",
    "unit.enrolled",
)
"""The kinds of event looked at; a reader may leave out all others."""

OPENING = ("t1", "t3")
"""The marks every incident has from its opening."""

STEP_MARK = {
    AssignmentState.SIGNED: "t5",
    AssignmentState.ENROUTE: "t6",
    AssignmentState.ONSCENE: "t7",
    AssignmentState.CLEARED: "t8",
}
Part = TypeVar("Part", AlarmMarks, AssignmentMarks)
"""What an incident is made of."""

_NOBODY = UnitCard(id="", team="", agency="", family="", n=0)


@dataclass
class _Tables:
    alarms: dict[str, AlarmMarks] = field(default_factory=dict)
    incidents: dict[str, IncidentMarks] = field(default_factory=dict)
    assignments: dict[str, AssignmentMarks] = field(default_factory=dict)
    units: dict[str, UnitCard] = field(default_factory=dict)
    held: dict[str, datetime] = field(default_factory=dict)
    merged: dict[str, str] = field(default_factory=dict)
    """Incident → the one it was merged into."""


def collect(events: Iterable[Event]) -> Marks:
    """The marks of everything in `events`, which are in the order of the journal, from its first on."""
    happened = tuple(events)
    undone = {event.undone for event in happened if isinstance(event, ActionUndone)}
    tables = _Tables()
    for event in happened:
        if not (event.undoable and event.action in undone):
            _take(tables, event)
    alarms = tuple(_with_the_whole(one, tables.merged) for one in tables.alarms.values())
    orders = tuple(_with_the_whole(one, tables.merged) for one in tables.assignments.values())
    reported, sent = _by_incident(alarms), _by_incident(orders)
    incidents = (
        _whole(one, reported.get(one.id, ()), sent.get(one.id, ()))
        for one in _with_what_joined(tables.incidents, tables.merged)
    )
    return Marks(alarms, tuple(incidents), orders)


def _whither(incident: str, merged: Mapping[str, str]) -> str:
    while incident in merged:
        incident = merged[incident]
    return incident


def _with_the_whole(one: Part, merged: Mapping[str, str]) -> Part:
    return replace(one, incident=_whither(one.incident, merged)) if one.incident else one


def _with_what_joined(
    incidents: Mapping[str, IncidentMarks], merged: Mapping[str, str]
) -> Iterator[IncidentMarks]:
    """Every incident that stands for itself, as early as the earliest that was merged into it."""
    parts: dict[str, list[IncidentMarks]] = {}
    for one in incidents.values():
        parts.setdefault(_whither(one.id, merged), []).append(one)
    for whole, joined in parts.items():
        first = {name: min((one.times[name] for one in joined), key=lambda mark: mark.at) for name in OPENING}
        yield replace(incidents[whole], times={**incidents[whole].times, **first})


def _take(tables: _Tables, event: Event) -> None:
    match event:
        case AlarmQueued():
            tables.alarms[event.content.id] = _alarm(event)
        case AlarmClaimed() | AlarmReleased() | AlarmRepeated(alarm_id=str()):
            _touch_alarm(tables, event)
        case AlarmPromoted() | AlarmLinked() | AlarmDismissed() | AlarmReopened():
            _decide(tables, event)
        case UnitDispatched():
            tables.assignments[event.assignment_id] = _order(event, tables)
        case AssignmentStepped() | AssignmentEnded() | StepCorrected():
            _step(tables, event)
        case UnitEnrolled():
            tables.units[event.card.id] = event.card
        case _:
            _take_of_incident(tables, event)


def _take_of_incident(tables: _Tables, event: Event) -> None:
    match event:
        case IncidentOpened():
            tables.incidents[event.incident_id] = _incident(event, tables.alarms)
        case IncidentReprioritised() | IncidentClosed() | IncidentHeld():
            _touch_incident(tables, event)
        case IncidentActivated() | IncidentReturned() | IncidentResolved() | IncidentCancelled():
            _end_hold(tables, event.incident_id, event.at)
        case IncidentMerged():
            tables.merged[event.incident_id] = event.into
            _end_hold(tables, event.incident_id, event.at)
        case IncidentSplit():
            del tables.merged[event.incident_id]
        case _:
            pass


def _alarm(event: AlarmQueued) -> AlarmMarks:
    content = event.content
    said_at = content.said_at - timedelta(seconds=content.clock_offset)
    return AlarmMarks(
        id=content.id,
        source=content.source,
        type=content.type or "",
        exercise=content.exercise,
        times={"t0": Mark(said_at), "t1": Mark(event.at)},
        account=content.account,
        place=content.place,
    )


def _touch_alarm(tables: _Tables, event: AlarmClaimed | AlarmReleased | AlarmRepeated) -> None:
    alarm = tables.alarms[event.alarm_id or ""]
    match event:
        case AlarmClaimed():
            alarm = replace(alarm, times=_first(alarm.times, "t2", Mark(event.at)))
        case AlarmReleased():
            alarm = replace(alarm, releases=alarm.releases + 1)
        case AlarmRepeated():
            alarm = replace(alarm, repeats=alarm.repeats + 1)
    tables.alarms[alarm.id] = alarm


def _decide(tables: _Tables, event: AlarmPromoted | AlarmLinked | AlarmDismissed | AlarmReopened) -> None:
    """An alarm decided on unclaimed was answered by that decision, but nobody reported when."""
    alarm = tables.alarms[event.alarm_id]
    match event:
        case AlarmReopened():
            alarm = replace(alarm, incident=None, link_kind=None, dismissed=None)
        case AlarmDismissed():
            alarm = replace(alarm, dismissed=event.reason, times=_answered(alarm.times, event.at))
        case AlarmPromoted() | AlarmLinked():
            times = _first(_answered(alarm.times, event.at), "t3", Mark(event.at))
            kind = event.link_kind if isinstance(event, AlarmLinked) else "origin"
            alarm = replace(alarm, incident=event.incident_id, link_kind=kind, times=times)
    tables.alarms[alarm.id] = alarm


def _answered(times: Times, at: datetime) -> Times:
    return _first(times, "t2", Mark(at, inferred=True))


def _incident(event: IncidentOpened, alarms: Mapping[str, AlarmMarks]) -> IncidentMarks:
    origin = alarms.get(event.alarm_id or "")
    return IncidentMarks(
        id=event.incident_id,
        no=event.no,
        type=event.type,
        priority=event.priority,
        source=origin.source if origin else "manual",
        exercise=event.exercise,
        times={"t1": Mark(event.first_at), "t3": Mark(event.at)},
    )


def _touch_incident(tables: _Tables, event: IncidentReprioritised | IncidentClosed | IncidentHeld) -> None:
    incident = tables.incidents[event.incident_id]
    match event:
        case IncidentReprioritised():
            tables.incidents[incident.id] = replace(incident, priority=event.after)
        case IncidentClosed():
            times = {**incident.times, "t9": Mark(event.at)}
            tables.incidents[incident.id] = replace(incident, times=times)
            _end_hold(tables, incident.id, event.at)
        case IncidentHeld():
            tables.held.setdefault(incident.id, event.at)


def _end_hold(tables: _Tables, incident_id: str, at: datetime) -> None:
    since = tables.held.pop(incident_id, None)
    if since is not None:
        incident = tables.incidents[incident_id]
        held = incident.held_s + (at - since).total_seconds()
        tables.incidents[incident_id] = replace(incident, held_s=held)


def _order(event: UnitDispatched, tables: _Tables) -> AssignmentMarks:
    incident = tables.incidents[event.incident_id]
    card = tables.units.get(event.unit, _NOBODY)
    return AssignmentMarks(
        id=event.assignment_id,
        incident=incident.id,
        unit=event.unit,
        team=card.team,
        agency=card.agency,
        type=incident.type,
        source=incident.source,
        exercise=incident.exercise,
        times={"t4": Mark(event.at)},
    )


def _step(tables: _Tables, event: AssignmentStepped | AssignmentEnded | StepCorrected) -> None:
    """A reservation that ends was never an order, and has no marks."""
    order = tables.assignments.get(event.assignment_id)
    if order is None:
        return
    if isinstance(event, AssignmentEnded):
        tables.assignments[order.id] = replace(order, ended=event.state.lower())
        return
    if isinstance(event, StepCorrected):
        void = {STEP_MARK[step] for step in STEPS[STEPS.index(event.step) + 1 :]}
        times = {name: mark for name, mark in order.times.items() if name not in void}
        tables.assignments[order.id] = replace(order, times=times)
        return
    guessed = {STEP_MARK[step]: Mark(event.said_at, inferred=True) for step in event.inferred}
    reached = {STEP_MARK[event.step]: Mark(event.said_at)}
    tables.assignments[order.id] = replace(order, times={**order.times, **guessed, **reached})


def _by_incident(objects: Iterable[Part]) -> dict[str, list[Part]]:
    found: dict[str, list[Part]] = {}
    for one in objects:
        found.setdefault(one.incident or "", []).append(one)
    return found


def _whole(
    incident: IncidentMarks, alarms: Sequence[AlarmMarks], sent: Sequence[AssignmentMarks]
) -> IncidentMarks:
    """An incident with what its alarms and its units add to it."""
    told = {name: found for name in ("t0", "t1", "t2") if (found := _earliest(alarms, name))}
    steps = {name: found for name in ("t4", "t5", "t6", "t7") if (found := _earliest(sent, name))}
    last = {LAST_ARRIVAL: _latest(sent, "t7"), "t8": _latest(sent, "t8")}
    times = {**incident.times, **told, **steps, **{name: mark for name, mark in last.items() if mark}}
    return replace(incident, alarms=len(alarms), times=times)


def _earliest(of: Iterable[AlarmMarks | AssignmentMarks], name: str) -> Mark | None:
    marks = (one.times[name] for one in of if name in one.times)
    return min(marks, key=lambda mark: (mark.at, mark.inferred), default=None)


def _latest(of: Iterable[AlarmMarks | AssignmentMarks], name: str) -> Mark | None:
    marks = (one.times[name] for one in of if name in one.times)
    return max(marks, key=lambda mark: (mark.at, not mark.inferred), default=None)


def _first(times: Times, name: str, mark: Mark) -> Times:
    return times if name in times else {**times, name: mark}
