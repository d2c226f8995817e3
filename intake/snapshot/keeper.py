"""Writes a snapshot when the journal has grown: behind the commits and never in their way."""

import asyncio
from functools import partial
from pathlib import Path
from typing import Final

import structlog

from intake.background import in_background
from intake.dispatch.state import State
from intake.errors import JournalError
from intake.journal_reader import JournalReader
from intake.snapshot.file import Snapshot, snapshot_beside, write_snapshot
from intake.writer import Commit

EVERY: Final = 5_000
"""Events between two snapshots; so many are added up again in less than a second."""


class SnapshotKeeper:
    """`follow` runs for ever; `committed` tells it of every commit.

    `state` is that after entry `last`, and `kept` the entry of the snapshot there is, 0 for none.
    """

    def __init__(self, journal: Path, state: State, *, last: int, kept: int, every: int = EVERY) -> None:
        self._journal = journal
        self._state, self._last, self._kept = state, last, kept
        self._every = every
        self._due = asyncio.Event()
        self._look()

    def committed(self, commit: Commit) -> None:
        """The journal has grown."""
        self._state, self._last = commit.after, commit.first + len(commit.happened) - 1
        self._look()

    async def follow(self) -> None:
        """What fails is told of and tried later: without a snapshot only the next start is slower."""
        while True:
            try:
                seq = await self.next()
                structlog.get_logger("snapshot").info("written", seq=seq)
            except (OSError, ValueError, JournalError) as error:
                structlog.get_logger("snapshot").error("not written", why=str(error))

    async def next(self) -> int:
        """Wait until one is due, write it, give its entry. Raises `OSError`, `ValueError`, `JournalError`."""
        await self._due.wait()
        state, self._kept = self._state, self._last
        self._due.clear()
        await in_background("snapshot", partial(keep, self._journal, state, self._kept))
        return self._kept

    def _look(self) -> None:
        if self._last - self._kept >= self._every:
            self._due.set()


def keep(journal: Path, state: State, seq: int) -> None:
    """Write the state after entry `seq`. Raises `OSError`, `ValueError`, `JournalError`."""
    with JournalReader(journal) as reader:
        mark = reader.at(seq)
    write_snapshot(snapshot_beside(journal), Snapshot(state, mark))
