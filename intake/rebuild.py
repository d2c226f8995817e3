"""The state is the sum of the journal's events: read them all, and be where the last run ended."""

import asyncio

from pydantic import ValidationError

from intake.dispatch.events import Event, event_from_json
from intake.dispatch.evolve import evolve
from intake.dispatch.objects import UnitCard
from intake.dispatch.policy import Policy
from intake.dispatch.state import State
from intake.errors import JournalUnreadable
from intake.journal import Journal, StoredEntry
from intake.site import Site

_BREATHE_EVERY = 1000


async def rebuild(journal: Journal, site: Site) -> State:
    """Every event of the journal, applied in order. Raises `JournalUnreadable`."""
    state = State(policy=policy_of(site))
    async for stored in journal.entries():
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
    """The site's priorities and what it says of correlation; everything else by default."""
    return Policy(
        priorities={kind: known.priority for kind, known in site.types.items()},
        correlation=site.correlation,
        zone=site.zone,
        points=site.points,
        lines=site.lines,
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
