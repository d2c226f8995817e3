"""Keeps the index up with the journal, and answers what is asked of it. Never on the way of an alarm."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import structlog

from bus.messages.board import OverRow
from bus.messages.verbs import Find
from intake.aside import aside
from intake.dispatch.state import State
from intake.errors import JournalError, SearchUnavailable
from intake.finding.index import OverIndex
from intake.journal import Journal
from intake.journal_reader import JournalReader
from intake.rows import over_row
from intake.shelved import overs_of

RETRY_S = 30.0
"""Pause before a failing index is tried again; without it everything but searching goes on."""


def index_beside(journal: Path) -> Path:
    """Where the index of a journal lies."""
    return journal.with_suffix(".search.db")


@dataclass(frozen=True)
class Found:
    """Rows of a page, newest first, and whether there are more; `count` and `upto` of a first page only."""

    rows: Sequence[OverRow] = ()
    more: bool = False
    count: int | None = None
    upto: int | None = None


class Finder:
    """`follow` runs for ever; `committed` says that there is more to read."""

    def __init__(self, journal: Path) -> None:
        self._journal = journal
        self._index: OverIndex | None = None
        self._more = asyncio.Event()
        self.trouble: str | None = None
        """One sentence while searching does not work."""

    def committed(self) -> None:
        """The journal has grown."""
        self._more.set()

    async def follow(self) -> None:
        """For ever: whatever happens to the index, the centre goes on."""
        while True:
            self._more.clear()
            try:
                await self._catch_up()
                self.trouble = None
            except (SearchUnavailable, JournalError) as error:
                if self.trouble is None:
                    structlog.get_logger("finder").error("no search", why=str(error))
                self.trouble, self._index = str(error), None
                await asyncio.sleep(RETRY_S)
                continue
            await self._more.wait()

    async def find(self, asked: Find, state: State, journal: Journal) -> Found:
        """One page. Raises `SearchUnavailable` or `JournalError`."""
        index = self._index
        if index is None:
            raise SearchUnavailable(self.trouble or "the search index is being built")
        ids, found = await aside(
            "finder.find", partial(_look, index, asked, names_of_unit(asked.unit, state))
        )
        overs = await overs_of(ids, state, journal)
        return replace(found, rows=[over_row(overs[id_], state) for id_ in ids if id_ in overs])

    async def _catch_up(self) -> None:
        if self._index is None:
            self._index = await aside("finder.open", partial(OverIndex, index_beside(self._journal)))
        while await aside("finder.follow", partial(_step, self._index, self._journal)):
            continue


def _look(index: OverIndex, asked: Find, names: tuple[str, ...]) -> tuple[list[str], Found]:
    """The ids of a page, and what is to be said of it beside its rows."""
    if asked.upto is not None:
        ids = index.find(asked, names)
        return ids[: asked.limit], Found(more=len(ids) > asked.limit)
    ids, count, upto = index.first(asked, names)
    return ids[: asked.limit], Found(more=len(ids) > asked.limit, count=count, upto=upto)


def names_of_unit(unit: str | None, state: State) -> tuple[str, ...]:
    """What stands for a unit in the index: its id, and its radios as they are known today."""
    if unit is None:
        return ()
    card = state.units[unit].card if unit in state.units else None
    named = (radio.id for radio in state.radios.values() if radio.unit == unit)
    return (unit, *named, *(card.radios if card else ()))


def _step(index: OverIndex, journal: Path) -> bool:
    with JournalReader(journal) as reader:
        return index.follow(reader)
