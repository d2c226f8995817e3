"""The events of what began lately: a journal read from its middle knows nothing of what came before."""

from collections.abc import Iterable, Iterator

from intake.dispatch.desk_events import IncidentOpened
from intake.dispatch.events import Event
from intake.dispatch.incident_events import IncidentMerged, IncidentSplit
from intake.dispatch.source_events import AlarmQueued


def begun_here(events: Iterable[Event]) -> Iterator[Event]:
    """Those about alarms and incidents that begin within `events`, and those about neither."""
    known: set[str] = set()
    for event in events:
        match event:
            case AlarmQueued():
                known.add(event.content.id)
            case IncidentOpened():
                known.add(event.incident_id)
            case _ if not known.issuperset(_subjects(event)):
                continue
        yield event


def _subjects(event: Event) -> Iterator[str]:
    """What must be known to make anything of an event."""
    match event:
        case IncidentMerged():
            yield from (event.incident_id, event.into)
        case IncidentSplit():
            yield from (event.incident_id, event.out_of)
        case _:
            subject = getattr(event, "alarm_id", None) or getattr(event, "incident_id", None)
            yield from [subject] if subject else ()
