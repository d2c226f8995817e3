"""What is kept of one line: its frames on disk, its trouble, and how long it has been silent.

Several connections of one line may keep at the same time; the spool commits them together.
"""

import asyncio
from collections.abc import Callable

from bus.clock import Clock
from bus.messages.signal import LineTrouble
from gateway.box import Box
from gateway.clockwork import clockwork
from gateway.line.panel_signals import Heard, Identity, SignalMaker
from gateway.line.repeats import moment
from gateway.line.store import LineStore
from gateway.line.supervision import Change
from gateway.spool.spool import Spool
from hardware.panels.frame import PanelRecord

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
        maker = SignalMaker(box, name, protocol, window_s=0, remembered=_REMEMBERED)
        self._disk = LineStore(maker, spool, clock, heartbeat_s, on_trouble)
        self._clock = clock
        self._changing = asyncio.Lock()
        """One change of the line's state is stored before the next is looked for."""

    async def recall(self) -> None:
        """Take up what the last life left."""
        await self._disk.recall()

    async def keep(self, record: PanelRecord, identity: Identity, *, alive: bool) -> bool:
        """Whether `record` may be answered: it is on disk, or, for a heartbeat, could be.

        `alive` says that only a working panel could have sent it.
        """
        if alive and not await self._heard():
            return False
        if record.kind == "heartbeat":
            return await self._disk.lives()
        return await self._store(None, (record,), identity)

    async def tick(self, lost: str | None) -> None:
        """Time has passed; `lost` says in the system's words why nothing can be heard."""
        async with self._changing:
            now = self._clock.monotonic()
            watch, change = self._disk.watch.broke(lost) if lost else self._disk.watch.tick(now)
            if change is not None and await self._store(change):
                self._disk.turn(watch)

    async def _heard(self) -> bool:
        watch, change = self._disk.watch.heard(self._clock.monotonic())
        if change is None:
            self._disk.turn(watch)
            return True
        async with self._changing:
            # Another connection may have told the change while this one waited.
            watch, change = self._disk.watch.heard(self._clock.monotonic())
            if change is not None and not await self._store(change):
                return False
            self._disk.turn(watch)
            return True

    async def _store(
        self,
        change: Change | None,
        records: tuple[PanelRecord, ...] = (),
        identity: Identity | None = None,
    ) -> bool:
        when = moment(self._clock, self._boot)
        return await self._disk.put(Heard(when, clockwork(), change, records, identity=identity))
