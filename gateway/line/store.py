"""Where a line's signals go, and whether they got there: on disk, or not at all.

Whatever cannot be stored is told by its answer, `False`; the caller then says nothing to the panel.
"""

import asyncio
from collections.abc import Callable

import structlog

from bus.clock import Clock
from bus.messages.signal import LineTrouble
from gateway.errors import SpoolError
from gateway.line.panel_signals import Heard, SignalMaker, memory_of
from gateway.line.supervision import Watch
from gateway.spool.rows import SourceState
from gateway.spool.spool import Spool

log = structlog.get_logger()

_AGAIN_S = 1.0


class LineStore:
    """Stores for one line and knows its present trouble. `on_trouble` hears of every change of it."""

    def __init__(
        self,
        maker: SignalMaker,
        spool: Spool,
        clock: Clock,
        heartbeat_s: float,
        on_trouble: Callable[[LineTrouble | None], None],
    ) -> None:
        self.name = maker.line
        self._maker = maker
        self._spool = spool
        self._clock = clock
        self._heartbeat_s = heartbeat_s
        self._on_trouble = on_trouble
        self.watch = Watch(clock.monotonic(), heartbeat_s)

    async def recall(self) -> None:
        """Take up the trouble the centre knows of: it outlives us, or its end would never be told."""
        while True:
            try:
                states = await self._spool.sources()
                break
            except SpoolError:
                # Without storage nothing may be answered: the line stays closed until there is one.
                await asyncio.sleep(_AGAIN_S)
        memory = memory_of(states.get(self.name, SourceState()))
        self.turn(Watch(self._clock.monotonic(), self._heartbeat_s, memory.trouble))

    async def put(self, heard: Heard) -> bool:
        """Whether `heard` is on disk."""
        try:
            rows = await self._spool.put(self.name, lambda state: self._maker.batch(state, heard))
        except SpoolError as error:
            log.error("not stored, not answered", line=self.name, problem=str(error))  # noqa: TRY400 (one sentence)
            return False
        for row in rows:
            log.info("stored", line=self.name, id=row.id, seq=row.seq)
        return True

    async def lives(self) -> bool:
        """Whether a frame could be stored now: a heartbeat is answered only then."""
        try:
            await self._spool.probe()
        except SpoolError as error:
            log.error("heartbeat not answered", line=self.name, problem=str(error))  # noqa: TRY400 (one sentence)
            return False
        return True

    def turn(self, watch: Watch) -> None:
        """The line's state is now `watch`, and what it means is on disk."""
        before, self.watch = self.watch.trouble, watch
        if before != watch.trouble:
            log.warning("line", line=self.name, trouble=watch.trouble, before=before)
            self._on_trouble(watch.trouble)
