"""Looks when the hours of a patrol's point have ended, and queues what was missed."""

import asyncio

from bus.clock import Clock
from bus.messages.board import Names
from intake.patrol.overdue import overdue_alarms
from intake.writer import Writer

LOOK_S = 5.0
"""How late a missed point may be told; nobody waits for it."""


class Rounds:
    """One look after the other, for ever; also for hours that ended while the centre was away."""

    def __init__(self, writer: Writer, names: Names, clock: Clock) -> None:
        self._writer = writer
        self._names = names
        self._clock = clock

    async def run(self) -> None:
        """Serve until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(LOOK_S)

    async def look(self) -> None:
        """Queue what was missed up to now and is not in the queue."""
        for command in overdue_alarms(self._writer.state, self._clock.now(), self._names.places):
            await (await self._writer.store(command.id, command))
