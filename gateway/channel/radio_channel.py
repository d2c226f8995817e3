"""One radio channel: its sound cut into overs, each over stored before it is forgotten, its device watched.

AudioSource ─▶ ChannelListener ─▶ OverAnnouncer ─▶ live sound, callers (may be lost)
                                       ├─▶ RadioCalls ─▶ spool (emergencies, at once)
                                       └─▶ OverStore ──▶ FLAC ─▶ spool (the record)
"""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Literal

import structlog

from bus.backoff import Backoff
from bus.clock import Clock
from bus.messages.status import ChannelHealth
from gateway.announcer import Announcer
from gateway.box import Box
from gateway.channel.carrier_track import CarrierTrack
from gateway.channel.carrier_watch import CarrierWatch
from gateway.channel.faults import carrier_fault, device_fault
from gateway.channel.hand_over import hand_over
from gateway.channel.listening import ChannelListener
from gateway.channel.over_announcer import OverAnnouncer
from gateway.channel.over_events import ChannelFree, ChannelStuck, OverEvent
from gateway.channel.over_store import OverStore
from gateway.channel.radio_calls import RadioCalls
from gateway.channel.silence import SilenceSettings, SilenceWatch
from gateway.channel.silence_fault import SilenceFault
from gateway.channel.squelch_settings import SquelchSettings
from gateway.channel.tally import ChannelTally
from gateway.channel.troubles import ChannelTroubles, Trouble
from gateway.errors import SpoolError
from gateway.spool.spool import Spool
from gateway.transmitter.words import Carrier
from hardware.audio.format import AudioSource, Block, PatientSource
from hardware.carrier.line import CarrierLine
from hardware.errors import AudioEnded, AudioError
from hardware.signalling.finder import CallFinder
from hardware.signalling.settings import SignallingSettings

Sound = Block | AudioError

log = structlog.get_logger()

_ALL = SignallingSettings()
_BLOCKS = 1500
"""30 s of sound may wait while the machine is busy; then sound is lost, and counted."""


class RadioChannel:
    """Listens until cancelled. `on_trouble` hears the channel's worst trouble, or None.

    `on_carrier` hears whether somebody is on the channel. `is_ours` says of a moment whether what is heard
    then is the box itself: no over is made of it, and it is no carrier.

    `open_source` is called anew after every loss of the device; it may raise `AudioError`. `open_carrier`
    opens the line on which the radio tells of a carrier, where one is wired.
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
        signalling: SignallingSettings = _ALL,
        open_carrier: Callable[[], CarrierLine] | None = None,
        silence: SilenceWatch | None = None,
        live: bool = True,
        on_trouble: Callable[[Trouble | None], None] = lambda _: None,
        on_carrier: Callable[[Carrier], None] = lambda _: None,
        is_ours: Callable[[float], bool] = lambda _: False,
        backoff: Backoff | None = None,
    ) -> None:
        self.name = name
        self.overruns = 0
        self._open_source = open_source
        self._on_carrier = on_carrier
        self._is_ours = is_ours
        self._troubles = ChannelTroubles(on_trouble)
        track = CarrierTrack()
        self._carrier = open_carrier and CarrierWatch(
            open_carrier, track, carrier_fault(box, name, spool, clock), self._troubles, Backoff()
        )
        self._listener = ChannelListener(squelch, CallFinder(signalling), track.at)
        self._calls = RadioCalls(name, box, clock, spool)
        self._records = OverStore(name, box, spool, self._held)
        self._overs = OverAnnouncer(
            name, box, clock, announcer, self._records.take, self._calls, lambda: self.overruns, live=live
        )
        self._tally = ChannelTally()
        self._device = device_fault(box, name, spool, clock)
        watch = silence or SilenceWatch(SilenceSettings())
        self._silence = SilenceFault(watch, self._device, self._troubles)
        self._lost = False
        self._backoff = backoff or Backoff()

    def health(self) -> ChannelHealth:
        """Its figures now."""
        return self._tally.health(self.name, self.overruns)

    async def run(self) -> None:
        """Listen, and store what was said; when cancelled, store what was being said and then stop."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._calls.run(), name=f"channel.calls[{self.name}]")
            group.create_task(self._records.run(), name=f"channel.store[{self.name}]")
            watching = self._carrier and group.create_task(
                self._carrier.run(), name=f"channel.carrier[{self.name}]"
            )
            try:
                await self._listen_for_ever()
            except asyncio.CancelledError:
                if watching:
                    watching.cancel()
                # Held back until the last over is stored: the group waits for its tasks.
                self._close("shutdown")
                self._calls.stop()
                self._records.stop()
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
                if not self._lost:  # said once, however often it is tried again
                    log.warning("sound lost", channel=self.name, problem=str(error))
                self._lost = True
                self._close("device_lost")
                self._overs.state("dead")
                self._on_carrier("dead")
                self._troubles.came("broken")
                self._silence.lost()
                await self._device.tell("broken", str(error))
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
                lambda block: hand_over(loop, partial(arrived, block)),
                lambda error: hand_over(loop, partial(arrived, error)),
            )
            await self._hear(source, heard)
        finally:
            await asyncio.shield(asyncio.to_thread(source.close))

    async def _hear(self, source: AudioSource, heard: asyncio.Queue[Sound]) -> None:
        lost = 0
        self._overs.state("idle")
        alive = False
        taken = source.taken if isinstance(source, PatientSource) else None
        while True:
            item = await heard.get()
            if isinstance(item, AudioError):
                raise item
            if not alive:
                alive = await self._alive()
            self.overruns += source.overruns - lost
            lost = source.overruns
            if not self._is_ours(item.at):
                await self._listen_to(item)
            if taken is not None:
                taken(item.position + len(item.samples))

    async def _listen_to(self, block: Block) -> None:
        await self._silence.hear(block.samples)
        self._tally.hear(block.samples, self._listener.reading)
        for event in self._listener.feed(block):
            self._take(event)
        self._on_carrier(self._listener.carrier)

    async def _alive(self) -> bool:
        """The first sound after a silence ends the fault; whether that is told."""
        self._backoff.reset()
        self._lost = False
        self._troubles.went("broken")
        return await self._device.over("broken")

    def _arrived(self, heard: asyncio.Queue[Sound], item: Sound) -> None:
        if isinstance(item, Block) and heard.qsize() >= _BLOCKS:
            self.overruns += 1
            return
        heard.put_nowait(item)

    def _close(self, reason: Literal["device_lost", "shutdown"]) -> None:
        for event in self._listener.close(reason):
            self._take(event)

    def _take(self, event: OverEvent) -> None:
        self._overs.take(event)
        self._tally.count(event)
        match event:
            case ChannelStuck():
                self._troubles.came("stuck")
            case ChannelFree():
                self._troubles.went("stuck")
            case _:
                pass

    def _held(self, why: SpoolError | None) -> None:
        if why is None:
            self._troubles.went("unstored")
        else:
            self._troubles.came("unstored")
