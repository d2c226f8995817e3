"""One radio channel: its sound cut into overs, each over stored before it is forgotten, its device watched.

AudioSource ─▶ OverCutter ─▶ OverAnnouncer ─▶ live sound (may be lost)
                                  └─▶ FLAC ─▶ spool (the record)
"""

import asyncio
import contextlib
from collections.abc import Callable
from functools import partial

import structlog

from bus.backoff import Backoff
from bus.clock import Clock
from gateway.announcer import Announcer
from gateway.box import Box
from gateway.channel_overs import Finished, OverAnnouncer, flac_of, recording
from gateway.clockwork import clockwork
from gateway.errors import SpoolError
from gateway.over_events import ChannelFree, ChannelStuck
from gateway.overs import OverCutter
from gateway.panel_signals import Heard, SignalMaker, memory_of
from gateway.repeats import moment
from gateway.spool import Spool
from gateway.spool_rows import SourceState
from gateway.squelch import SquelchSettings
from gateway.supervision import Change
from hardware.audio.format import AudioSource, Block
from hardware.errors import AudioEnded, AudioError

Sound = Block | AudioError

log = structlog.get_logger()

_BLOCKS = 1500
"""30 s of sound may wait while the machine is busy; then sound is lost, and counted."""
_UNSTORED = 20
"""Overs kept in memory while the spool takes none."""
_AGAIN_S = 2.0


class RadioChannel:
    """Listens until cancelled. `on_trouble` hears `broken`, `stuck`, `unstored` or None.

    `open_source` is called anew after every loss of the device; it may raise `AudioError`.
    """

    def __init__(
        self,
        name: str,
        *,
        box: Box,
        open_source: Callable[[], AudioSource],
        squelch: SquelchSettings,
        spool: Spool,
        clock: Clock,
        announcer: Announcer,
        live: bool = True,
        on_trouble: Callable[[str | None], None] = lambda _: None,
        backoff: Backoff | None = None,
    ) -> None:
        self.name = name
        self.overruns = 0
        self._box = box
        self._open_source = open_source
        self._cutter = OverCutter(squelch)
        self._spool = spool
        self._clock = clock
        self._finished: asyncio.Queue[Finished | None] = asyncio.Queue(_UNSTORED)
        self._stopping = asyncio.Event()
        self._held_back = False
        """Overs wait in memory because the spool takes none."""
        self._overs = OverAnnouncer(name, box, clock, announcer, self._finished, live=live)
        self._faults = SignalMaker(box, name, "audio", window_s=0)
        self._on_trouble = on_trouble
        self._backoff = backoff or Backoff()
        self._told: bool | None = None
        """Whether the centre was last told that the device is lost; None until the spool was asked."""

    async def run(self) -> None:
        """Listen, and store what was said; when cancelled, store what was being said and then stop."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._store_finished(), name=f"channel.store[{self.name}]")
            try:
                await self._listen_for_ever()
            except asyncio.CancelledError:
                # Held back until the last over is stored: the group waits for its task.
                self._close("shutdown")
                self._stopping.set()
                await self._finished.put(None)
        raise asyncio.CancelledError

    async def _listen_for_ever(self) -> None:
        while True:
            try:
                await self._listen()
            except AudioEnded as end:
                log.info("recording played to its end", channel=self.name, detail=str(end))
                self._close("shutdown")
                await asyncio.Event().wait()
            except AudioError as error:
                if not self._told:  # said once, however often it is tried again
                    log.warning("sound lost", channel=self.name, problem=str(error))
                self._close("device_lost")
                self._overs.state("dead")
                self._on_trouble("broken")
                await self._tell(str(error))
                await asyncio.sleep(self._backoff.next_s())

    async def _listen(self) -> None:
        """Until the device is lost; raises `AudioError`, of an ended recording `AudioEnded`."""
        heard: asyncio.Queue[Sound] = asyncio.Queue()
        loop = asyncio.get_running_loop()
        arrived = partial(self._arrived, heard)
        source = await asyncio.to_thread(self._open_source)
        try:
            await asyncio.to_thread(
                source.start,
                lambda block: _hand_over(loop, arrived, block),
                lambda error: _hand_over(loop, arrived, error),
            )
            await self._hear(source, heard)
        finally:
            await asyncio.shield(asyncio.to_thread(source.close))

    async def _hear(self, source: AudioSource, heard: asyncio.Queue[Sound]) -> None:
        lost = self.overruns
        self._overs.state("idle")
        alive = False
        while True:
            item = await heard.get()
            if isinstance(item, AudioError):
                raise item
            if not alive:
                alive = await self._alive()
            for event in self._cutter.feed(item):
                self._overs.take(event)
                if isinstance(event, ChannelStuck | ChannelFree):
                    self._on_trouble("stuck" if isinstance(event, ChannelStuck) else None)
            self.overruns = lost + source.overruns

    async def _alive(self) -> bool:
        """The first sound after a silence ends the fault; whether that is told."""
        self._backoff.reset()
        self._on_trouble(None)
        return await self._tell(None)

    def _arrived(self, heard: asyncio.Queue[Sound], item: Sound) -> None:
        if isinstance(item, Block) and heard.qsize() >= _BLOCKS:
            self.overruns += 1
            return
        heard.put_nowait(item)

    def _close(self, reason: str) -> None:
        for event in self._cutter.close("device_lost" if reason == "device_lost" else "shutdown"):
            self._overs.take(event)

    async def _tell(self, fault: str | None) -> bool:
        """Fault and recovery of the device as signals, once each, also over a restart."""
        source = f"{self.name}/device"
        try:
            if self._told is None:
                states = await self._spool.sources()
                self._told = memory_of(states.get(source, SourceState())).trouble is not None
            if self._told == (fault is not None):
                return True
            change = Change("line_restored" if fault is None else "line_fault", "broken", fault or "")
            happened = Heard(moment(self._clock, self._box.boot), clockwork(), change)
            await self._spool.put(source, lambda state: self._faults.batch(state, happened))
        except SpoolError as error:
            log.error("fault not stored", channel=self.name, problem=str(error))  # noqa: TRY400 (one sentence)
            return False
        self._told = fault is not None
        return True

    async def _store_finished(self) -> None:
        while (over := await self._finished.get()) is not None:
            while not (await self._stored(over) or self._stopping.is_set()):
                await self._again()

    async def _again(self) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_AGAIN_S):
                await self._stopping.wait()

    async def _stored(self, over: Finished) -> bool:
        flac = await asyncio.to_thread(flac_of, over)
        try:
            (row,) = await self._spool.put(
                self.name, lambda state: recording(self._box, self.name, over, flac, state), bulky=True
            )
        except SpoolError as error:
            log.error("over not stored", id=over.beginning.id, problem=str(error))  # noqa: TRY400 (one sentence)
            self._held_back = True
            self._on_trouble("unstored")
            return False
        if self._held_back:
            self._held_back = False
            self._on_trouble(None)
        log.info("stored", channel=self.name, id=row.id, seq=row.seq, seconds=round(over.ended.seconds, 1))
        return True


def _hand_over(loop: asyncio.AbstractEventLoop, take: Callable[[Sound], None], item: Sound) -> None:
    """Called from the source's thread, which may outlive the loop for a moment at the end."""
    if not loop.is_closed():
        loop.call_soon_threadsafe(take, item)
