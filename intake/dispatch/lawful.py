"""What must be true of a board at any moment, object by object; used before an undo, and by the tests."""

from collections.abc import Iterable, Iterator

from intake.dispatch.base import ObjectKind, Ref
from intake.dispatch.objects import (
    MOVING,
    UNASSIGNABLE,
    Alarm,
    AlarmState,
    Assignment,
    Incident,
    IncidentState,
    Unit,
)
from intake.dispatch.queries import (
    alarms_of,
    assignments_of,
    live_of_unit,
    somebody_arrived,
    unfinished_of_unit,
)
from intake.dispatch.state import State

JOINED = frozenset({AlarmState.PROMOTED, AlarmState.LINKED})
UNSENT = frozenset({IncidentState.PENDING, IncidentState.HELD})


def broken_rules(state: State, refs: Iterable[Ref]) -> list[str]:
    """Return what is wrong with these objects and those they hang together with; empty when all is lawful."""
    return [problem for ref in _with_neighbours(state, refs) for problem in _problems(state, ref)]


def _with_neighbours(state: State, refs: Iterable[Ref]) -> set[Ref]:
    """Return the objects with the incidents and units their assignments and alarms belong to."""
    around = set(refs)
    for ref in tuple(around):
        thing = state.find(ref)
        if isinstance(thing, Assignment):
            around |= {Ref(ObjectKind.INCIDENT, thing.incident), Ref(ObjectKind.UNIT, thing.unit)}
        elif isinstance(thing, Alarm) and thing.incident:
            around.add(Ref(ObjectKind.INCIDENT, thing.incident))
    return around


def _problems(state: State, ref: Ref) -> Iterator[str]:
    thing = state.find(ref)
    match thing:
        case Alarm():
            yield from _alarm_problems(state, thing)
        case Incident():
            yield from _incident_problems(state, thing)
        case Unit():
            yield from _unit_problems(state, thing)
        case None if ref.kind is ObjectKind.INCIDENT:
            if alarms_of(state, ref.id) or assignments_of(state, ref.id):
                yield f"incident {ref.id} is gone but still referred to"
        case _:
            return


def _alarm_problems(state: State, alarm: Alarm) -> Iterator[str]:
    if (alarm.state in JOINED) != (alarm.incident in state.incidents):
        yield f"alarm {alarm.id} is {alarm.state} with incident {alarm.incident}"
    if alarm.state is AlarmState.CLAIMED and alarm.claimed_by is None:
        yield f"alarm {alarm.id} is claimed by nobody"


def _incident_problems(state: State, incident: Incident) -> Iterator[str]:
    mine = assignments_of(state, incident.id)
    live = [one for one in mine if one.is_live]
    if incident.state in UNSENT and live:
        yield f"incident {incident.no} is {incident.state} with units sent"
    if incident.state is IncidentState.ACTIVE and not live and not somebody_arrived(state, incident):
        yield f"incident {incident.no} is ACTIVE with nobody sent or arrived"
    if incident.state not in UNSENT | {IncidentState.ACTIVE} and any(one.is_unfinished for one in mine):
        yield f"incident {incident.no} is {incident.state} with units not done"
    if incident.state is IncidentState.MERGED and (mine or alarms_of(state, incident.id)):
        yield f"incident {incident.no} is MERGED and keeps what it had"
    if (incident.state is IncidentState.MERGED) != (incident.merged_into in state.incidents):
        yield f"incident {incident.no} is {incident.state}, merged into {incident.merged_into}"
    if incident.state is IncidentState.HELD and incident.priority == 0:
        yield f"incident {incident.no} is HELD at priority 0"


def _unit_problems(state: State, unit: Unit) -> Iterator[str]:
    if sum(one.state in MOVING for one in live_of_unit(state, unit.id)) > 1:
        yield f"unit {unit.id} is in two places"
    if unit.state in UNASSIGNABLE and unfinished_of_unit(state, unit.id):
        yield f"unit {unit.id} is {unit.state} with work unfinished"
    incidents = [one.incident for one in unfinished_of_unit(state, unit.id)]
    if len(set(incidents)) != len(incidents):
        yield f"unit {unit.id} is twice on one incident"
