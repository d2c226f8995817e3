"""How long a recording is needed, and the fact that one is there no more."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from intake.dispatch.draft import Draft
from intake.dispatch.objects import AlarmState
from intake.dispatch.queries import WAITING_ALARM
from intake.dispatch.refusals import Refusal
from intake.dispatch.source_commands import RemoveRecordings
from intake.dispatch.source_events import RecordingsRemoved
from intake.dispatch.speech import Over
from intake.dispatch.state import State

_LINKED = frozenset({AlarmState.PROMOTED, AlarmState.LINKED})


@dataclass(frozen=True)
class Keeping:
    """What a site wants kept: None is for ever. `evidence` counts from the end of the incident."""

    age: timedelta | None
    evidence: timedelta | None


def removable(state: State, now: datetime, keeping: Keeping) -> Iterator[Over]:
    """Overs whose recordings nothing holds any more, whatever their age, the oldest first.

    Held are those nobody has written down yet, those of an alarm that waits, and the evidence of an incident:
    while it is open, and for `keeping.evidence` after its end.
    """
    held = _held_steps(state, now, keeping)
    for over in sorted(state.overs.values(), key=lambda one: (one.meta.recorded_at, one.id)):
        if _may_go(over) and over.meta.clip not in held and not _alarm_holds(state, over, now, keeping):
            yield over


def remove_recordings(draft: Draft, command: RemoveRecordings) -> Refusal | None:
    """Write down which recordings go: not those that an alarm has come to hold since they were chosen."""
    known = (draft.state.overs[id_] for id_ in command.overs if id_ in draft.state.overs)
    keeping = Keeping(age=None, evidence=command.evidence)
    going = [
        over.id for over in known if _may_go(over) and not _alarm_holds(draft.state, over, draft.at, keeping)
    ]
    if going:
        draft.write(RecordingsRemoved(**draft.head, overs=tuple(going), why=command.why))
    return None


def _may_go(over: Over) -> bool:
    return over.transcript is not None and over.gone_at is None


def _alarm_holds(state: State, over: Over, now: datetime, keeping: Keeping) -> bool:
    ids = (over.alarm or "", state.over_alarms.get(over.id, ""))
    for alarm in (state.alarms[id_] for id_ in ids if id_ in state.alarms):
        if alarm.state in WAITING_ALARM:
            return True
        if alarm.state in _LINKED and _incident_holds(state, alarm.incident, now, keeping):
            return True
    return False


def _held_steps(state: State, now: datetime, keeping: Keeping) -> frozenset[str]:
    """Recordings that say when a unit took a step, of incidents that hold them."""
    held = {
        stamp.evidence
        for one in state.assignments.values()
        if _incident_holds(state, one.incident, now, keeping)
        for stamp in one.stamps.values()
        if stamp.evidence
    }
    return frozenset(held)


def _incident_holds(state: State, incident_id: str | None, now: datetime, keeping: Keeping) -> bool:
    incident = state.incidents.get(incident_id or "")
    if incident is None:
        return False
    ended = incident.changed_at
    return incident.is_open or keeping.evidence is None or now - ended < keeping.evidence
