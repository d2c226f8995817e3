"""One line of the timeline for each event: codes and facts; the wording belongs to the console."""

from collections.abc import Iterator
from typing import Any

from pydantic import AwareDatetime

from intake.dispatch.base import Frozen, ObjectKind, Ref
from intake.dispatch.desk_events import ActionUndone
from intake.dispatch.events import Event
from intake.dispatch.incident_events import IncidentMerged, IncidentSplit
from intake.dispatch.source_events import (
    AlarmAnnotated,
    AlarmQueued,
    OverAccepted,
    OverTranscribed,
    StatusProposed,
)
from intake.dispatch.state import Thing
from intake.dispatch.tables import ref_of
from intake.timers.events import TimerMuted, TimerReached

HEAD = frozenset({"id", "action", "at", "by", "kind"})

NAMED_BY: tuple[tuple[str, ObjectKind], ...] = (
    ("alarm_id", ObjectKind.ALARM),
    ("assignment_id", ObjectKind.ASSIGNMENT),
    ("incident_id", ObjectKind.INCIDENT),
    ("over_id", ObjectKind.OVER),
    ("unit", ObjectKind.UNIT),
    ("radio", ObjectKind.RADIO),
    ("handover_id", ObjectKind.HANDOVER),
    ("point", ObjectKind.PATROL),
    ("line", ObjectKind.PATROL),
    ("check_id", ObjectKind.PATROL),
    ("grant_id", ObjectKind.GRANT),
    ("device_id", ObjectKind.DEVICE),
)
"""Event field → the kind of object it names."""


class TimelineEntry(Frozen):
    """What a timeline shows of an event.

    `about` is the object it happened to, `also` the others it is shown with; `said_at` is the source's time,
    where it had one; `action` is what an undo would name, where `undoable`; `params` are the event's own
    fields, ready for JSON.
    """

    id: str
    action: str
    undoable: bool
    at: AwareDatetime
    said_at: AwareDatetime | None
    actor: str
    role: str
    kind: str
    about: Ref
    also: tuple[Ref, ...] = ()
    params: dict[str, Any] = {}


def timeline_entry(event: Event) -> TimelineEntry | None:
    """Return the line an event adds, or None for one nobody reads (a unit's card, a device's state)."""
    refs = _refs(event)
    if not refs:
        return None
    params = event.model_dump(mode="json", exclude=set(HEAD))
    return TimelineEntry(
        id=event.id,
        action=event.action,
        undoable=event.undoable,
        at=event.at,
        said_at=_said_at(event),
        actor=event.by.name,
        role=event.by.role,
        kind=event.kind,
        about=refs[0],
        also=refs[1:],
        params=params,
    )


def _said_at(event: Event) -> Any:  # noqa: ANN401  pydantic checks it on the way in
    """Return the source's time of an event, wherever it keeps it."""
    holder = getattr(event, "content", None) or getattr(event, "meta", None) or event
    annotation = getattr(event, "annotation", None)
    return annotation.at if annotation else getattr(holder, "said_at", None)


def _refs(event: Event) -> tuple[Ref, ...]:
    """Return the objects an event is about, the kind it is named for first."""
    named = (Ref(kind, id_) for field, kind in NAMED_BY if (id_ := getattr(event, field, None)))
    refs = dict.fromkeys((*named, *_refs_within(event)))
    kind = event.kind.partition(".")[0]
    return tuple(sorted(refs, key=lambda ref: ref.kind != kind))


def _refs_within(event: Event) -> Iterator[Ref]:
    """Yield the objects named deeper inside an event."""
    match event:
        case AlarmQueued():
            yield Ref(ObjectKind.ALARM, event.content.id)
        case AlarmAnnotated(alarm_id=None):
            yield Ref(ObjectKind.DEVICE, event.source_id)
        case IncidentMerged(into=other) | IncidentSplit(out_of=other):
            yield Ref(ObjectKind.INCIDENT, other)
        case TimerReached() | TimerMuted():
            yield event.about
        case OverAccepted():
            yield Ref(ObjectKind.OVER, event.meta.id)
        case OverTranscribed():
            yield from (Ref(ObjectKind.UNIT, unit) for unit in event.heard)
        case StatusProposed():
            yield Ref(ObjectKind.UNIT, event.proposal.unit)
            if event.proposal.assignment:
                yield Ref(ObjectKind.ASSIGNMENT, event.proposal.assignment)
        case ActionUndone():
            restored: tuple[Thing, ...] = (
                *event.alarms,
                *event.incidents,
                *event.assignments,
                *event.units,
                *event.radios,
                *event.handovers,
                *event.patrol,
                *event.grants,
            )
            yield from map(ref_of, restored)
            yield from event.removed
