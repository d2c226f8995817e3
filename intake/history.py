"""What happened to one object, read from the journal."""

from bus.messages.board import TimelineRow
from intake.dispatch.events import event_from_json
from intake.dispatch.queries import merged_into
from intake.dispatch.state import State
from intake.dispatch.timeline import timeline_entry
from intake.journal import Journal, StoredEntry
from intake.shelved import as_if_here
from intake.timeline_rows import timeline_row


async def timeline_of(object_id: str, state: State, journal: Journal) -> list[TimelineRow]:
    """Its lines, oldest first; an incident's include those of its parts, and of what was merged into it."""
    state = await as_if_here((object_id,), state, journal)
    related = (
        object_id,
        *(one.id for one in merged_into(state, object_id)),
        *state.incident_alarms.get(object_id, ()),
        *state.incident_assignments.get(object_id, ()),
    )
    return [row for entry in await journal.mentioning(related) if (row := row_of(entry, state))]


def row_of(stored: StoredEntry, state: State) -> TimelineRow | None:
    """The line a stored event makes; None for events nobody needs to read."""
    entry = timeline_entry(event_from_json(stored.body))
    return timeline_row(entry, stored.seq, state) if entry else None
