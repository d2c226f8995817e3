"""Faults of what a channel hears by, told to the centre once each, also over a restart."""

from collections.abc import Callable

import structlog

from bus.clock import Clock
from bus.messages.signal import LineTrouble
from gateway.box import Box
from gateway.clockwork import clockwork
from gateway.errors import SpoolError
from gateway.line.panel_signals import Heard, SignalMaker, memory_of
from gateway.line.repeats import moment
from gateway.line.supervision import Change
from gateway.spool.rows import SourceState
from gateway.spool.spool import Spool

log = structlog.get_logger()

_AGAIN_S = 2.0


class DeviceFault:
    """The fault of one device of a channel; its signals are numbered in a spool source of their own."""

    def __init__(self, source: str, maker: SignalMaker, spool: Spool, clock: Clock) -> None:
        self._source = source
        self._maker = maker
        self._spool = spool
        self._clock = clock
        self._known = False
        self._not_before = 0.0
        """A spool that fails is not asked again with every block of sound."""
        self._told: LineTrouble | None = None
        """What the centre was last told, once the spool was asked."""

    async def over(self, *troubles: LineTrouble) -> bool:
        """The device has none of these troubles any more; whether the centre will know."""
        return await self._stored(lambda told: None if told in troubles else told)

    async def tell(self, trouble: LineTrouble | None, detail: str = "") -> bool:
        """The device has this trouble, or is well again; whether the centre will know."""
        return await self._stored(lambda _told: trouble, detail)

    async def _stored(
        self, turned: Callable[[LineTrouble | None], LineTrouble | None], detail: str = ""
    ) -> bool:
        if self._clock.monotonic() < self._not_before:
            return False
        try:
            await self._recall()
            await self._turn(turned(self._told), detail)
        except SpoolError as error:
            log.error("fault not stored", source=self._source, problem=str(error))  # noqa: TRY400 - one sentence
            self._not_before = self._clock.monotonic() + _AGAIN_S
            return False
        return True

    async def _recall(self) -> None:
        if not self._known:
            states = await self._spool.sources()
            self._told = memory_of(states.get(self._source, SourceState())).trouble
            self._known = True

    async def _turn(self, trouble: LineTrouble | None, detail: str) -> None:
        """One trouble ends before another begins: each is an alarm of its own."""
        if self._told is not None and self._told != trouble:
            await self._put(Change("line_restored", self._told))
            self._told = None
        if trouble is not None and self._told is None:
            await self._put(Change("line_fault", trouble, detail))
            self._told = trouble

    async def _put(self, change: Change) -> None:
        happened = Heard(moment(self._clock, self._maker.box.boot), clockwork(), change)
        await self._spool.put(self._source, lambda state: self._maker.batch(state, happened))


def carrier_fault(box: Box, channel: str, spool: Spool, clock: Clock) -> DeviceFault:
    """Of the channel's carrier line: the channel is heard, but less surely."""
    source = f"{channel}/carrier"
    return DeviceFault(source, SignalMaker(box, source, "carrier", window_s=0), spool, clock)


def device_fault(box: Box, channel: str, spool: Spool, clock: Clock) -> DeviceFault:
    """Of the source of sound itself: the channel is deaf."""
    return DeviceFault(f"{channel}/device", SignalMaker(box, channel, "audio", window_s=0), spool, clock)
