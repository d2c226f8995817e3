"""The state is the sum of the journal's events: read them all, and be where the last run ended."""

import asyncio

from intake.dispatch.events import event_from_json
from intake.dispatch.evolve import evolve
from intake.dispatch.objects import UnitCard
from intake.dispatch.policy import Policy
from intake.dispatch.state import State
from intake.journal import Journal
from intake.site import Site

_BREATHE_EVERY = 1000


async def rebuild(journal: Journal, site: Site) -> State:
    """Every event of the journal, applied in order."""
    state = State(policy=policy_of(site))
    async for stored in journal.entries():
        state = evolve(state, event_from_json(stored.body))
        if stored.seq % _BREATHE_EVERY == 0:
            await asyncio.sleep(0)
    return state


def policy_of(site: Site) -> Policy:
    """The site's priorities; everything else by default."""
    return Policy(priorities={kind: known.priority for kind, known in site.types.items()})


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
        )
        for unit in site.units.values()
    )
