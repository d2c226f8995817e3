"""The centre's timekeeper: tells the writer when a rung is due, and looks again after each commit."""

import asyncio
import contextlib

from bus.clock import Clock
from intake.board import with_neighbours
from intake.timers.agenda import Agenda
from intake.timers.commands import fire
from intake.writer import Commit, Writer

LOOK_S = 0.25
"""Longest sleep: the clock on the wall may be set while we sleep."""


class Timekeeper:
    """Give it every commit, and run it; it keeps nothing that the journal does not have."""

    def __init__(self, writer: Writer, clock: Clock) -> None:
        self._writer = writer
        self._clock = clock
        self._agenda = Agenda()
        self._agenda.look_at_all(writer.state)
        self._changed = asyncio.Event()

    def committed(self, commit: Commit) -> None:
        """Look again at what was touched and at what hangs together with it."""
        touched = {
            each
            for one in commit.happened
            for ref in one.touched
            for state in (commit.before, commit.after)
            for each in with_neighbours(ref, state)
        }
        self._agenda.look(touched, commit.after)
        self._changed.set()

    async def run(self) -> None:
        """Serve until cancelled."""
        while True:
            self._changed.clear()
            now = self._clock.now()
            for timer in self._agenda.take(now):
                command = fire(timer, now)
                await self._writer.store(command.id, command)
            pause = self._agenda.seconds_to_next(now)
            # Not wait_for: before Python 3.12 it forgets a cancellation that comes together with a change.
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(None if pause is None else min(pause, LOOK_S)):
                    await self._changed.wait()
