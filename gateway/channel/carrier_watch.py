"""A channel's carrier line, kept open; while it is lost, the sound decides."""

import asyncio
from collections.abc import Callable
from functools import partial

import structlog

from bus.backoff import Backoff
from gateway.channel.carrier_track import CarrierTrack
from gateway.channel.faults import DeviceFault
from gateway.channel.hand_over import hand_over
from gateway.channel.troubles import ChannelTroubles
from hardware.carrier.line import CarrierLine
from hardware.errors import HardwareError

log = structlog.get_logger()

_Word = tuple[bool, float] | HardwareError


class CarrierWatch:
    """Watches until cancelled. `open_line` is called anew after every loss."""

    def __init__(
        self,
        open_line: Callable[[], CarrierLine],
        track: CarrierTrack,
        fault: DeviceFault,
        troubles: ChannelTroubles,
        backoff: Backoff,
    ) -> None:
        self._open_line = open_line
        self._track = track
        self._fault = fault
        self._troubles = troubles
        self._backoff = backoff
        self._lost = False

    async def run(self) -> None:
        """For ever."""
        while True:
            try:
                await self._watch()
            except HardwareError as error:
                self._track.lost()
                self._troubles.came("carrier")
                if not self._lost:  # said once, however often it is tried again
                    log.warning("carrier line lost", problem=str(error))
                self._lost = True
                await self._fault.tell("broken", str(error))
            await asyncio.sleep(self._backoff.next_s())

    async def _watch(self) -> None:
        """Until the line is lost; raises `HardwareError`."""
        said: asyncio.Queue[_Word] = asyncio.Queue()
        loop = asyncio.get_running_loop()
        line = await asyncio.to_thread(self._open_line)
        try:
            await asyncio.to_thread(
                line.start,
                lambda up, at: hand_over(loop, partial(said.put_nowait, (up, at))),
                lambda error: hand_over(loop, partial(said.put_nowait, error)),
            )
            while True:
                word = await said.get()
                if isinstance(word, HardwareError):
                    raise word
                self._track.changed(*word)
                self._backoff.reset()
                self._lost = False
                self._troubles.went("carrier")
                await self._fault.tell(None)
        finally:
            await asyncio.shield(asyncio.to_thread(line.close))
