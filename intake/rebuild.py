"""The state is the sum of the journal's events: read them, and be where the last run ended.

A snapshot beside the journal spares the way to its entry; where it is of no use all events are read.
"""

import asyncio
from dataclasses import dataclass

import structlog
from pydantic import ValidationError

from bus.collecting import loading
from intake.dispatch.events import Event, event_from_json
from intake.dispatch.evolve import evolve
from intake.dispatch.objects import UnitCard
from intake.dispatch.policy import Policy
from intake.dispatch.state import State
from intake.errors import JournalUnreadable, SnapshotUnusable
from intake.journal import Journal, StoredEntry
from intake.journal_reader import JournalReader
from intake.site import Site
from intake.snapshot.file import Snapshot, read_snapshot, snapshot_beside

_BREATHE_EVERY = 1000


@dataclass(frozen=True)
class Resumed:
    """The state after the newest entry, and the entry whose snapshot it began at; 0 for none."""

    state: State
    began_at: int


async def resume(journal: Journal, site: Site) -> Resumed:
    """From the snapshot where it is of use, else from the first event. Raises `JournalUnreadable`."""
    with loading():
        return await _resume(journal, site)


async def _resume(journal: Journal, site: Site) -> Resumed:
    policy, log = policy_of(site), structlog.get_logger("rebuild")
    try:
        snapshot = await asyncio.to_thread(_usable, journal, policy)
    except SnapshotUnusable as error:
        log.warning("the snapshot is not used, every event is read instead", why=str(error))
        snapshot = None
    if snapshot is None:
        return Resumed(await rebuild(journal, site), 0)
    log.info("snapshot", seq=snapshot.mark.seq, behind=journal.last - snapshot.mark.seq)
    return Resumed(await _add_up(journal, snapshot.state, snapshot.mark.seq), snapshot.mark.seq)


async def rebuild(journal: Journal, site: Site) -> State:
    """Every event of the journal, applied in order. Raises `JournalUnreadable`."""
    return await _add_up(journal, State(policy=policy_of(site)), 0)


def _usable(journal: Journal, policy: Policy) -> Snapshot | None:
    snapshot = read_snapshot(snapshot_beside(journal.path), policy)
    if snapshot is None:
        return None
    with JournalReader(journal.path) as reader:
        if not reader.holds(snapshot.mark):
            raise SnapshotUnusable("it is of another journal, or of entries this one has not")
    return snapshot


async def _add_up(journal: Journal, state: State, after: int) -> State:
    async for stored in journal.entries(after):
        state = evolve(state, event_of(stored))
        if stored.seq % _BREATHE_EVERY == 0:
            await asyncio.sleep(0)
    return state


def event_of(stored: StoredEntry) -> Event:
    """The event of an entry. Raises `JournalUnreadable`."""
    try:
        return event_from_json(stored.body)
    except ValidationError as error:
        raise JournalUnreadable(
            f"entry {stored.seq} of the journal ({stored.kind}) is not what this program writes: "
            "run tongpin verify on it, or install the version that wrote it"
        ) from error


def policy_of(site: Site) -> Policy:
    """What the site says of priorities, correlation, timers and patrols; everything else by default."""
    return Policy(
        priorities={kind: known.priority for kind, known in site.types.items()},
        correlation=site.correlation,
        ladders=site.ladders,
        advising=site.advising,
        jurisdiction=site.jurisdiction,
        zone=site.zone,
        points=site.points,
        lines=site.lines,
        exercise=site.exercise,
    )


def cards_of(site: Site) -> tuple[UnitCard, ...]:
    """The site's units as the core knows them."""
    return tuple(
        UnitCard(
            id=unit.id,
            team=unit.team,
            agency=unit.agency,
            family=unit.family["en"],
            n=unit.n,
            radio=unit.radio,
            skills=unit.skills,
            more_radios=unit.radios[1:],
        )
        for unit in site.units.values()
    )
