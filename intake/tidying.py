"""Looks what has been over for long, and has it put away: behind all other work, a few at a time."""

import asyncio
from collections.abc import Sequence
from functools import partial

from bus.clock import Clock
from bus.ids import new_id
from intake.arrivals.arrival import rule
from intake.background import in_background
from intake.shelf.commands import TidyUp
from intake.shelf.objects import Parcel
from intake.shelf.over import what_is_over
from intake.writer import Writer

EVERY_S = 300.0
"""Pause between two looks; what is over takes no harm from waiting."""

STEP = 5
"""Parcels of one command: some milliseconds in which alarms and people's requests wait."""

PAUSE_S = 0.1
"""Between two steps, so that disk and journal are everybody else's."""


class Tidying:
    """`run` works for ever."""

    def __init__(self, writer: Writer, clock: Clock) -> None:
        self._writer = writer
        self._clock = clock

    async def run(self) -> None:
        """Look, put away, wait."""
        while True:
            await self.look()
            await asyncio.sleep(EVERY_S)

    async def look(self) -> None:
        """Find what is over, and put it away in steps."""
        look = partial(what_is_over, self._writer.state, self._clock.now())
        parcels, signals = await in_background("tidying", look)
        for first in range(0, len(parcels), STEP):
            await self._put(parcels=parcels[first : first + STEP])
        if signals:
            await self._put(signals=signals)

    async def _put(self, *, parcels: Sequence[Parcel] = (), signals: Sequence[str] = ()) -> None:
        id_, now = new_id(), self._clock.now()
        command = TidyUp(id=id_, at=now, by=rule("tidying"), parcels=tuple(parcels), signals=tuple(signals))
        await (await self._writer.store(command.id, command))
        await asyncio.sleep(PAUSE_S)
