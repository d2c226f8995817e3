"""The site's own words, taken up while the centre runs: save the file, and the next over is read by it."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from bus.clock import Clock
from bus.ids import derived_id, new_id
from intake.arrivals.arrival import Receiving
from intake.arrivals.trouble import trouble_alarm
from intake.background import in_background
from intake.comprehension import Comprehension
from intake.dispatch.source_commands import AcceptAlarm
from intake.errors import SiteError

Store = Callable[[AcceptAlarm], Awaitable[object]]
"""Hands an alarm to the writer."""

LOOK_S = 2.0
"""How soon a saved file counts."""


class Rewording:
    """Looks at the files of words and has them read anew when they change."""

    def __init__(self, comprehension: Comprehension, store: Store, clock: Clock) -> None:
        self._comprehension = comprehension
        self._store = store
        self._clock = clock
        self._log = structlog.get_logger("words")

    async def run(self, look_s: float = LOOK_S) -> None:
        """Look for ever."""
        while True:
            await asyncio.sleep(look_s)
            await self.look()

    async def look(self) -> None:
        """Read changed words. Those that cannot be used raise an alarm, and the old ones stay."""
        try:
            if not self._comprehension.changed():
                return
            await in_background("words", self._comprehension.reload)
        except SiteError as error:
            self._log.error("words not taken", why=str(error))
            await self._tell(str(error))
        else:
            self._log.info("words taken")

    async def _tell(self, why: str) -> None:
        now = self._clock.now()
        alarm = derived_id(new_id(), "words-unusable")
        await self._store(
            trouble_alarm(alarm, "words-unusable", "centre/words", now, Receiving(now), detail=why)
        )
