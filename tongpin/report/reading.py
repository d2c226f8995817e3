"""The marks of a journal, read beside its writer."""

from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from intake.journal_reader import JournalReader
from intake.rebuild import event_of
from intake.statistics.collect import KINDS, collect
from intake.statistics.marks import Marks


def marks_in(journal: Path) -> Marks:
    """Everything measured in it; progress on stderr. Raises `JournalError`."""
    with JournalReader(journal) as reader, Progress(console=Console(stderr=True), transient=True) as progress:
        newest = reader.newest().seq
        task = progress.add_task("reading the journal", total=newest)
        events = []
        for stored in reader.entries(0, newest, KINDS):
            events.append(event_of(stored))
            progress.update(task, completed=stored.seq)
        return collect(events)
