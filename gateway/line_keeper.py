"""What is kept of one line: its frames on disk, its trouble, and how long it has been silent.

Several connections of one line may keep at the same time; the spool commits them together.
"""

import asyncio
from collections.abc import Callable

import structlog

from bus.clock import Clock
from bus.messages.signal import LineTrouble
from gateway.box import Box
from gateway.clockwork import clockwork
from gateway.errors import SpoolError
from gateway.panel_signals import Heard, Identity, SignalMaker, memory_of
from gateway.repeats import moment
from gateway.spool import Spool
from gateway.spool_rows import SourceState
from gateway.supervision import Change, Watch
from hardware.panels.frame import PanelRecord

log = structlog.get_logger()

_AGAIN_S = 1.0
_REMEMBERED = 256
"""Frames: after a power cut many panels speak at once, and say it again when our answers got lost."""


class LineKeeper:
    """Keeps one line. `on_trouble` hears of every change of its trouble."""

    def __init__(
        self,
        name: str,
        *,
        box: Box,
        protocol: str,
        spool: Spool,
        clock: Clock,
        heartbeat_s: float,
        on_trouble: Callable[[LineTrouble | None], None],
    ) -> None:
        self.name = name
        self._boot = box.boot
        self._maker = SignalMaker(box, name, protocol, window_s=0, remembered=_REMEMBERED)
        self._spool = spool
        self._clock = clock
        self._heartbeat_s = heartbeat_s
        self._on_trouble = on_trouble
        self._watch = Watch(clock.monotonic(), heartbeat_s)
        self._changing = asyncio.Lock()
        """One change of the line's state is stored before the next is looked for."""

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
        self._turn(Watch(self._clock.monotonic(), self._heartbeat_s, memory.trouble))

    async def keep(self, record: PanelRecord, identity: Identity, *, alive: bool) -> bool:
        """Whether `record` may be answered: it is on disk, or, for a heartbeat, could be.

        `alive` says that only a working panel could have sent it.
        """
        if alive and not await self._heard():
            return False
        if record.kind == "heartbeat":
            return await self._storage_lives()
        return await self._store(None, (record,), identity)

    async def tick(self, lost: str | None) -> None:
        """Time has passed; `lost` says in the system's words why nothing can be heard."""
        async with self._changing:
            now = self._clock.monotonic()
            watch, change = self._watch.broke(lost) if lost else self._watch.tick(now)
            if change is not None and await self._store(change):
                self._turn(watch)

    async def _heard(self) -> bool:
        watch, change = self._watch.heard(self._clock.monotonic())
        if change is None:
            self._watch = watch
            return True
        async with self._changing:
            # Another connection may have told the change while this one waited.
            watch, change = self._watch.heard(self._clock.monotonic())
            if change is not None and not await self._store(change):
                return False
            self._turn(watch)
            return True

    async def _store(
        self,
        change: Change | None,
        records: tuple[PanelRecord, ...] = (),
        identity: Identity | None = None,
    ) -> bool:
        when = moment(self._clock, self._boot)
        heard = Heard(when, clockwork(), change, records, identity=identity)
        try:
            rows = await self._spool.put(self.name, lambda state: self._maker.batch(state, heard))
        except SpoolError as error:
            log.error("not stored, not answered", line=self.name, problem=str(error))  # noqa: TRY400 (one sentence)
            return False
        for row in rows:
            log.info("stored", line=self.name, id=row.id, seq=row.seq)
        return True

    async def _storage_lives(self) -> bool:
        try:
            await self._spool.probe()
        except SpoolError as error:
            log.error("heartbeat not answered", line=self.name, problem=str(error))  # noqa: TRY400 (one sentence)
            return False
        return True

    def _turn(self, watch: Watch) -> None:
        before, self._watch = self._watch.trouble, watch
        if before != watch.trouble:
            log.warning("line", line=self.name, trouble=watch.trouble, before=before)
            self._on_trouble(watch.trouble)
