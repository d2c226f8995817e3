"""Looks what has been over for long, and has it put away: behind all other work, a few at a time."""

import asyncio

from bus.clock import Clock
from bus.ids import new_id
from intake.arrivals.arrival import rule
from intake.shelf.commands import TidyUp
from intake.writer import Stored, Writer

EVERY_S = 300.0
"""Pause between two looks; what is over takes no harm from waiting."""

PAUSE_S = 0.5
"""Between two steps, so that the writer is everybody else's."""


class Tidying:
    """`run` works for ever."""

    def __init__(self, writer: Writer, clock: Clock) -> None:
        self._writer = writer
        self._clock = clock

    async def run(self) -> None:
        """Look, put away, wait."""
        while True:
            there_was_some = await self.step()
            await asyncio.sleep(PAUSE_S if there_was_some else EVERY_S)

    async def step(self) -> bool:
        """Put some away; whether there was any."""
        command = TidyUp(id=new_id(), at=self._clock.now(), by=rule("tidying"))
        outcome = await (await self._writer.store(command.id, command))
        return isinstance(outcome, Stored) and bool(outcome.happened)
