"""What the board showed at any second: the events recorded by then, and nothing that came later."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bus.messages.board import Names, Snapshot, Tables, TimelineRow
from intake.board import Board
from intake.dispatch.evolve import evolve
from intake.dispatch.policy import Policy
from intake.dispatch.state import State
from intake.dispatch.timeline import timeline_entry
from intake.journal import StoredEntry
from intake.journal_reader import JournalReader
from intake.names import names_of
from intake.rebuild import event_of, policy_of
from intake.rows import incident_row
from intake.site import Site
from intake.timeline_rows import timeline_row

NO_NAMES = Names(site={}, places={}, types={}, units={}, teams={}, agencies={}, priorities={})
BOOT = "replay"


@dataclass(frozen=True)
class Moment:
    """The state after entry `seq`, the last one recorded by then."""

    state: State
    seq: int


def known_at(journal: Path, at: datetime, site: Site | None = None) -> Moment:
    """The state as it could be known at `at`. Raises `JournalError`.

    Order is the journal's: an entry in front of one recorded by then was known too, whatever its clock said.
    """
    with JournalReader(journal) as reader:
        upto = reader.recorded_by(at)
        state = State(policy=policy_of(site) if site else Policy())
        for stored in reader.entries(0, upto):
            state = evolve(state, event_of(stored))
    return Moment(state, upto)


def board_at(moment: Moment, at: datetime, site: Site | None = None) -> Snapshot:
    """The board a console would have been given; names by the site file where there is one."""
    names = names_of(site) if site else NO_NAMES
    return Board(BOOT, names, moment.state).snapshot(at)


def timeline(journal: Path, since: datetime, until: datetime) -> Iterator[tuple[datetime, TimelineRow]]:
    """When each line was recorded, and the line, from `since` until before `until`. Raises `JournalError`."""
    state = State()
    with JournalReader(journal) as reader:
        for stored in reader.entries(0, reader.newest().seq):
            state = evolve(state, event_of(stored))
            if since <= stored.at < until and (row := _line(stored, state)):
                yield stored.at, row


def numbers(moment: Moment, names: Names, at: datetime) -> Snapshot:
    """A board of incidents alone, closed ones too, so that every line can call them by their numbers."""
    incidents = tuple(incident_row(one, moment.state) for one in moment.state.incidents.values())
    return Snapshot(boot=BOOT, n=0, at=at, names=names, tables=Tables(incidents=incidents))


def _line(stored: StoredEntry, state: State) -> TimelineRow | None:
    entry = timeline_entry(event_of(stored))
    return timeline_row(entry, stored.seq, state) if entry else None
