"""The events of a journal as they are committed, read beside its writer."""

from pathlib import Path
from typing import Self

from intake.dispatch.events import Event, event_from_json
from intake.journal_reader import JournalReader


class JournalTail:
    """A context; raises what `JournalReader` does."""

    def __init__(self, journal: Path) -> None:
        self._reader = JournalReader(journal)
        self._seen = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._reader.__exit__()

    def news(self) -> list[Event]:
        """Whole commits since the last time, in order."""
        newest = self._reader.newest().seq
        events = [event_from_json(entry.body) for entry in self._reader.entries(self._seen, newest)]
        self._seen = newest
        return events
