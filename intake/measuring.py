"""The running centre's statistics, from its journal, read beside the writer in a thread."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from functools import partial
from pathlib import Path
from typing import Any

from bus.messages.verbs import AskStatistics
from intake.aside import aside
from intake.dispatch.events import Event
from intake.journal_reader import JournalReader
from intake.rebuild import event_of
from intake.statistics.collect import KINDS, collect
from intake.statistics.figures import figures
from intake.statistics.recent import begun_here
from intake.statistics.tables import Period, report

FRESH = timedelta(seconds=10)
"""So long the same figures are told again: several consoles that look cost one reading."""

BEFORE = timedelta(days=2)
"""Read from so long before the period, for orders of its hours to incidents that are older than it."""


class Measuring:
    """Asked for any of the last hours; one reading at a time, however many ask."""

    def __init__(self, journal: Path, zone: tzinfo, category: Callable[[str], str]) -> None:
        self._journal = journal
        self._zone = zone
        self._category = category
        self._one = asyncio.Lock()
        self._told: dict[AskStatistics, tuple[datetime, dict[str, Any]]] = {}

    async def told(self, asked: AskStatistics, now: datetime) -> dict[str, Any]:
        """The figures. Raises `JournalError`."""
        async with self._one:
            at, known = self._told.get(asked, (now - 2 * FRESH, {}))
            if now - at >= FRESH:
                known = await aside("centre.measuring", partial(self._measured, asked, now))
                self._told = {asked: (now, known)}
            return known

    def _measured(self, asked: AskStatistics, now: datetime) -> dict[str, Any]:
        since = now - timedelta(hours=asked.hours)
        marks = collect(begun_here(self._events(since - BEFORE)))
        period = Period(since, now, self._zone)
        return figures(report(marks, period, of=asked.of, category=self._category))

    def _events(self, since: datetime) -> list[Event]:
        """Who the units are, whenever that was written, and everything that counts since then."""
        with JournalReader(self._journal) as reader:
            first, last = reader.recorded_by(since), reader.newest().seq
            enrolled = reader.entries(0, first, ("unit.enrolled",))
            return [event_of(one) for part in (enrolled, reader.entries(first, last, KINDS)) for one in part]
