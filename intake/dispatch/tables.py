"""Putting objects into the state and taking them out, with every index kept in step."""

from dataclasses import replace
from typing import TypeVar

from immutables import Map

from intake.agencies.objects import Grant
from intake.correlation.candidates import entered, keys_of, left
from intake.correlation.report import Report
from intake.dispatch.base import ObjectKind, Ref
from intake.dispatch.objects import Alarm, Assignment, Incident, Unit
from intake.dispatch.radio import Radio
from intake.dispatch.reports import incident_report, report_of
from intake.dispatch.speech import Device, Over
from intake.dispatch.state import State, Thing, ZoneKey
from intake.handover.objects import Handover
from intake.patrol.objects import Check, Line, Point
from intake.timers.kinds import KINDS

Ids = Map[str, tuple[str, ...]]
Key = TypeVar("Key")
Value = TypeVar("Value")

TIMERS = tuple(kind.id for kind in KINDS)

_KINDS: dict[type, ObjectKind] = {
    Alarm: ObjectKind.ALARM,
    Incident: ObjectKind.INCIDENT,
    Assignment: ObjectKind.ASSIGNMENT,
    Unit: ObjectKind.UNIT,
    Over: ObjectKind.OVER,
    Device: ObjectKind.DEVICE,
    Radio: ObjectKind.RADIO,
    Handover: ObjectKind.HANDOVER,
    Point: ObjectKind.PATROL,
    Line: ObjectKind.PATROL,
    Check: ObjectKind.PATROL,
    Grant: ObjectKind.GRANT,
}


def ref_of(thing: Thing) -> Ref:
    """Return the reference that names an object."""
    return Ref(_KINDS[type(thing)], thing.id)


def put(state: State, thing: Thing) -> State:
    """Return the state with an object added, or standing in for the one of the same id."""
    ref = ref_of(thing)
    old = state.find(ref)
    state = state.with_table(ref.kind, state.table(ref.kind).set(ref.id, thing))
    if isinstance(thing, Alarm):
        known = old if isinstance(old, Alarm) else None
        return _index_proposals(_index_alarm(state, known, thing), known, thing)
    if isinstance(thing, Assignment):
        before = old if isinstance(old, Assignment) else None
        return _index_assignment(state, before, thing)
    if isinstance(thing, Incident):
        state = _numbered(state, thing)
        return _index_incident(state, old if isinstance(old, Incident) else None, thing)
    if isinstance(thing, Over) and thing.alarm:
        state = replace(state, alarm_overs=_with(state.alarm_overs, thing.alarm, thing.id))
        alarm = state.alarms.get(thing.alarm)
        return state if alarm is None else _find_by(state, report_of(state, alarm))
    return state


def _numbered(state: State, incident: Incident) -> State:
    """A number is the latest incident's that got it, whatever becomes of earlier ones."""
    last = state.incidents.get(state.numbers.get(incident.no, ""))
    if last is not None and last.opened_at > incident.opened_at:
        return state
    return replace(state, numbers=state.numbers.set(incident.no, incident.id))


def remove(state: State, ref: Ref) -> State:
    """Return the state without an object, and without what was kept to find it by."""
    old = state.find(ref)
    if old is None:
        return state
    left = _unfound(state, old)
    return left.with_table(ref.kind, left.table(ref.kind).delete(ref.id))


def _unfound(state: State, old: Thing) -> State:
    match old:
        case Assignment():
            return replace(
                _untimed(state, old.id),
                incident_assignments=_without(state.incident_assignments, old.incident, old.id),
                unit_unfinished=_without(state.unit_unfinished, old.unit, old.id),
                recalls=_without(state.recalls, old.unit, old.id),
            )
        case Incident():
            state = _hide(_untimed(state, old.id), incident_report(old))
            mine = state.numbers.get(old.no) == old.id
            return replace(state, numbers=state.numbers.delete(old.no)) if mine else state
        case Alarm():
            return _alarm_unfound(_hide(_untimed(state, old.id), report_of(state, old)), old)
        case Over():
            of_alarms = _without(state.alarm_overs, old.alarm or "", old.id)
            return replace(state, alarm_overs=of_alarms, over_alarms=_dropped(state.over_alarms, old.id))
        case _:
            return state


def _alarm_unfound(state: State, old: Alarm) -> State:
    proposing = state.proposing
    for proposal in old.proposals:
        proposing = _without(proposing, proposal.target, old.id)
    latest = state.latest
    for zone in _zones(old):
        if latest.get(zone) == old.id:
            latest = latest.delete(zone)
    of_incidents = _without(state.incident_alarms, old.incident or "", old.id)
    return replace(state, proposing=proposing, latest=latest, incident_alarms=of_incidents)


def _untimed(state: State, id_: str) -> State:
    timers = state.timers
    for kind in TIMERS:
        timers = _dropped(timers, (kind, id_))
    return replace(state, timers=timers)


def _dropped(table: Map[Key, Value], key: Key) -> Map[Key, Value]:
    return table.delete(key) if key in table else table


def _zones(alarm: Alarm) -> tuple[ZoneKey, ...]:
    """The account, and the zone of it, an alarm came from."""
    content = alarm.content
    if content.account is None:
        return ()
    return (content.source_id, content.account, None), (content.source_id, content.account, content.zone)


def _index_incident(state: State, old: Incident | None, incident: Incident) -> State:
    """Let it be found where and as what people say it is."""
    if old is None:
        return _find_by(state, incident_report(incident))
    if (old.type, old.place) == (incident.type, incident.place):
        return state
    return _find_by(_hide(state, incident_report(old)), incident_report(incident))


def _find_by(state: State, report: Report) -> State:
    """Let a new alarm be compared with this report."""
    keys = keys_of(report, state.policy.correlation)
    return replace(state, reports=entered(state.reports, keys, report.id))


def _hide(state: State, report: Report) -> State:
    """Compare nothing with this report any more: another stands for it."""
    keys = keys_of(report, state.policy.correlation)
    return replace(state, reports=left(state.reports, keys, report.id))


def _index_proposals(state: State, old: Alarm | None, alarm: Alarm) -> State:
    """Keep who proposes what, and which alarms a new one is compared with: of a row, the first."""
    for proposal in alarm.proposals[len(old.proposals) if old else 0 :]:
        state = replace(state, proposing=_with(state.proposing, proposal.target, alarm.id))
    stands_behind = _stands_behind(alarm)
    if old is not None and stands_behind == _stands_behind(old):
        return state
    return (_hide if stands_behind else _find_by)(state, report_of(state, alarm))


def _stands_behind(alarm: Alarm) -> bool:
    repeats = any(one.repeat and one.target not in alarm.apart for one in alarm.proposals)
    return repeats or alarm.unseen


def _index_alarm(state: State, old: Alarm | None, alarm: Alarm) -> State:
    """Keep the latest alarm of each zone, and the alarms of each incident."""
    if old is None:
        state = replace(state, latest=state.latest.update((zone, alarm.id) for zone in _zones(alarm)))
    before = old.incident if old else None
    if before == alarm.incident:
        return state
    alarms = state.incident_alarms
    if before:
        alarms = _without(alarms, before, alarm.id)
    if alarm.incident:
        alarms = _with(alarms, alarm.incident, alarm.id)
    return replace(state, incident_alarms=alarms)


def _index_assignment(state: State, old: Assignment | None, assignment: Assignment) -> State:
    """Keep the assignments of each incident, and the unfinished ones of each unit."""
    unit_index = _with if assignment.is_unfinished else _without
    recall_index = _with if assignment.recall_open else _without
    of_incidents = state.incident_assignments
    if old is not None and old.incident != assignment.incident:
        of_incidents = _without(of_incidents, old.incident, assignment.id)
    return replace(
        state,
        incident_assignments=_with(of_incidents, assignment.incident, assignment.id),
        unit_unfinished=unit_index(state.unit_unfinished, assignment.unit, assignment.id),
        recalls=recall_index(state.recalls, assignment.unit, assignment.id),
    )


def _with(index: Ids, key: str, id_: str) -> Ids:
    """Return the index with an id under a key, once."""
    ids = index.get(key, ())
    return index if id_ in ids else index.set(key, (*ids, id_))


def _without(index: Ids, key: str, id_: str) -> Ids:
    """Return the index without an id under a key; a key with no ids is dropped."""
    ids = index.get(key, ())
    if id_ not in ids:
        return index
    kept = tuple(other for other in ids if other != id_)
    return index.set(key, kept) if kept else index.delete(key)
