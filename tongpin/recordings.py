"""Searching a journal that nobody serves: the state and the index are built in memory, then asked."""

from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from bus.messages.board import OverRow
from bus.messages.verbs import Find
from intake.dispatch.evolve import evolve
from intake.dispatch.state import State
from intake.finding.finder import names_of_unit
from intake.finding.index import KINDS, OverIndex
from intake.journal import StoredEntry
from intake.journal_reader import JournalReader, Mark
from intake.rebuild import event_of
from intake.rows import over_row


def found_in(journal: Path, asked: Find) -> list[OverRow]:
    """Overs, newest first. Raises `JournalError`."""
    state, overs = _read(journal)
    index = OverIndex()
    index.add(overs, Mark(1))
    ids = index.find(asked, names_of_unit(asked.unit, state))[: asked.limit]
    index.close()
    return [over_row(state.overs[id_], state) for id_ in ids]


def _read(journal: Path) -> tuple[State, list[StoredEntry]]:
    """Every event applied, as the centre does at its start, and those the index needs."""
    state, overs = State(), []
    with JournalReader(journal) as reader, Progress(console=Console(stderr=True), transient=True) as bar:
        newest = reader.newest().seq
        reading = bar.add_task("reading the journal", total=newest)
        for entry in reader.entries(0, newest):
            state = evolve(state, event_of(entry))
            if entry.kind in KINDS:
                overs.append(entry)
            bar.update(reading, completed=entry.seq)
    return state, overs
