"""The journal read for what its desk judged."""

from pathlib import Path

from intake.journal_reader import JournalReader
from intake.rebuild import event_of
from tongpin.lexicon.judgements import Judgement, judgements

_KINDS = (
    "over.accepted",
    "over.transcribed",
    "alarm.queued",
    "alarm.dismissed",
    "incident.opened",
    "assignment.stepped",
    "action.undone",
)


def judged_in(journal: Path) -> list[Judgement]:
    """Every judgement of a journal, oldest first; the centre may be running. Raises `JournalError`."""
    with JournalReader(journal) as reader:
        entries = reader.entries(0, reader.newest().seq, _KINDS)
        return judgements(event_of(entry) for entry in entries)
