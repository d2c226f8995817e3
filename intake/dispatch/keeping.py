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
from intake.shelf.objects import Recording

_LINKED = frozenset({AlarmState.PROMOTED, AlarmState.LINKED})


@dataclass(frozen=True)
class Keeping:
    """What a site wants kept: None is for ever. `evidence` counts from the end of the incident."""

    age: timedelta | None
    evidence: timedelta | None


def removable(state: State, now: datetime, keeping: Keeping) -> Iterator[Recording]:
    """Recordings that nothing holds any more, whatever their age, the oldest first.

    Held are those nobody has written down yet, those of an alarm that waits, and the evidence of an incident:
    while it is open, and for `keeping.evidence` after its end.
    """
    free = (*_free_on_the_board(state, now, keeping), *_free_on_the_shelf(state, now, keeping))
    yield from sorted(free, key=lambda one: (one.recorded_at, one.id))


def _free_on_the_board(state: State, now: datetime, keeping: Keeping) -> Iterator[Recording]:
    held = _held_steps(state, now, keeping)
    for over in state.overs.values():
        if _may_go(over) and over.meta.clip not in held and not _alarm_holds(state, over, now, keeping):
            yield Recording(over.id, over.meta.clip, over.meta.recorded_at)


def _free_on_the_shelf(state: State, now: datetime, keeping: Keeping) -> Iterator[Recording]:
    yield from (one for one in state.shelf.values() if not _is_evidence(one.ended_at, now, keeping))


def remove_recordings(draft: Draft, command: RemoveRecordings) -> Refusal | None:
    """Write down which recordings go: not those that an alarm has come to hold since they were chosen."""
    keeping = Keeping(age=None, evidence=command.evidence)
    going = [id_ for id_ in command.overs if _goes(draft, id_, keeping)]
    if going:
        draft.write(RecordingsRemoved(**draft.head, overs=tuple(going), why=command.why))
    return None


def _goes(draft: Draft, id_: str, keeping: Keeping) -> bool:
    over, shelved = draft.state.overs.get(id_), draft.state.shelf.get(id_)
    if over is not None:
        return _may_go(over) and not _alarm_holds(draft.state, over, draft.at, keeping)
    return shelved is not None and not _is_evidence(shelved.ended_at, draft.at, keeping)


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
    return incident.is_open or _is_evidence(incident.changed_at, now, keeping)


def _is_evidence(ended_at: datetime | None, now: datetime, keeping: Keeping) -> bool:
    """Whether it is held for an incident that ended then; of none where there was no incident."""
    return ended_at is not None and (keeping.evidence is None or now - ended_at < keeping.evidence)
