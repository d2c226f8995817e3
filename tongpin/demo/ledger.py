"""What the journal holds in the end: each panel frame with how often, and every over."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from intake.dispatch.events import event_from_json
from intake.dispatch.source_events import AlarmAnnotated, AlarmQueued, OverTranscribed
from intake.dispatch.speech import HeardFrom
from intake.journal import Journal


@dataclass(frozen=True)
class Kept:
    """Counted from the journal's events alone."""

    frames: Counter[str]
    """By the frame's bytes in hex: 1 is as it should be."""
    alarms: int
    """Alarms that were queued, from every source."""
    transcribed: frozenset[str]
    """Ids of the overs that have words."""
    incidents: int
    assignments: int


async def read_ledger(journal_path: Path) -> Kept:
    """Read a closed journal from its first entry to its last."""
    frames: Counter[str] = Counter()
    transcribed = set()
    kinds: Counter[str] = Counter()
    journal = await Journal.open(journal_path)
    try:
        async for stored in journal.entries():
            kinds[stored.kind] += 1
            match event_from_json(stored.body):
                case AlarmQueued(content=content) if content.raw:
                    frames[content.raw] += 1
                case AlarmAnnotated(annotation=note) if note.raw:
                    frames[note.raw] += 1
                case OverTranscribed(over_id=over, transcript=heard) if not heard.gated:
                    transcribed.add(over)
                case _:
                    continue
    finally:
        await journal.close()
    return Kept(
        frames,
        alarms=kinds["alarm.queued"],
        transcribed=frozenset(transcribed),
        incidents=kinds["incident.opened"],
        assignments=kinds["assignment.dispatched"],
    )


async def heard_from(journal_path: Path) -> dict[str, HeardFrom]:
    """How each over of a closed journal was heard, by its id."""
    journal = await Journal.open(journal_path)
    try:
        events = [event_from_json(stored.body) async for stored in journal.entries()]
    finally:
        await journal.close()
    return {each.over_id: each.transcript.heard_from for each in events if isinstance(each, OverTranscribed)}
