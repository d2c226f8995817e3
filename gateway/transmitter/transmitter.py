"""One channel's transmitter: the rules of `decide`, and what they have done.

the centre ─▶ request ─▶ decide ─▶ voice ─▶ (channel free) ─▶ keyer + speaker ─▶ the channel
the channel ─▶ carrier ──┘   └─▶ progress ─▶ spool ─▶ the centre
"""

import asyncio
import random
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

import structlog

from bus.clock import Clock
from bus.messages.transmit import TxReason, TxRequest
from gateway.box import Box
from gateway.errors import SpoolError
from gateway.spool.spool import Spool
from gateway.transmitter.decide import decide, due
from gateway.transmitter.own_voice import OwnVoice
from gateway.transmitter.progress import Progress
from gateway.transmitter.settings import TransmitSettings
from gateway.transmitter.speech import Voice, on_air
from gateway.transmitter.state import Transmitter
from gateway.transmitter.words import (
    FINALS,
    Asked,
    Carrier,
    CarrierIs,
    Effect,
    Failed,
    Happened,
    Inhibit,
    Key,
    Made,
    Make,
    Played,
    Tell,
    TimePassed,
    Unkey,
)
from hardware.audio.format import SAMPLE_RATE, Samples
from hardware.audio.speaker import Speaker
from hardware.errors import AudioError, HardwareError
from hardware.keying.keyer import Keyer

log = structlog.get_logger()

_PATIENCE_S = 0.4
_AGAIN_S = 2.0


@dataclass(frozen=True)
class Station:
    """What a transmitter speaks with."""

    settings: TransmitSettings
    keyer: Keyer
    speaker: Speaker
    voice: Voice


class ChannelTransmitter:
    """Serves until cancelled; without a `station` every request is refused: receive only.

    `chance` gives a number from 0 to 1; it spreads those who all wait for one channel.
    """

    def __init__(
        self,
        name: str,
        *,
        box: Box,
        spool: Spool,
        clock: Clock,
        station: Station | None = None,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.name = name
        self.own = OwnVoice()
        self._clock = clock
        self._station = station
        self._chance = chance
        self._progress = Progress(name, box, spool, clock)
        self._state = Transmitter(station.settings.limits) if station else Transmitter(receive_only=True)
        self._asked: dict[str, TxRequest] = {}
        self._made: dict[str, Samples] = {}
        self._changed = asyncio.Event()
        self._open = asyncio.Event()
        """What an earlier run left is taken up."""
        self._tasks: set[asyncio.Task[None]] = set()
        self._speaking: asyncio.Task[None] | None = None

    async def request(self, asked: TxRequest) -> None:
        """The centre asks; known for good when this returns. Raises `SpoolError`: then nothing is spoken."""
        await self._open.wait()
        if self._state.is_known(asked.id):
            return
        await self._progress.asked(asked.id)
        self._asked[asked.id] = asked
        left_s = (asked.not_after - self._clock.now()).total_seconds()
        self._turn(Asked(asked.id, asked.priority, self._clock.monotonic() + left_s))

    async def inhibit(self, *, on: bool) -> None:
        """The operator mutes the transmitter, or lets it speak again; raises `SpoolError` after doing so."""
        self._turn(Inhibit(on))
        await self._progress.muted(on=on)

    def carrier(self, carrier: Carrier) -> None:
        """The channel as it is heard now."""
        if carrier != self._state.carrier:
            self._turn(CarrierIs(carrier, _PATIENCE_S * self._chance()))

    async def run(self) -> None:
        """Wake when something is due; when cancelled, let the channel go and say so."""
        telling = asyncio.create_task(self._progress.run(), name=f"transmitter.progress[{self.name}]")
        try:
            await self._take_up()
            while True:
                await self._sleep()
                self._turn(TimePassed())
        finally:
            await self._stop()
            await asyncio.shield(telling)

    async def _take_up(self) -> None:
        """Go on where an earlier run stopped; what it left unsaid is aborted."""
        while True:
            try:
                ledger = await self._progress.ledger()
                break
            except SpoolError:  # the spool itself tells the status
                await asyncio.sleep(_AGAIN_S)
        self._state = ledger.restored(self._state, self._clock.now(), self._clock.monotonic())
        for request in ledger.open:
            self._progress.tell(Tell(request, "aborted", "restarted"))
        self._open.set()

    async def _sleep(self) -> None:
        self._changed.clear()
        moment = due(self._state)
        wait_s = None if moment is None else max(0.0, moment - self._clock.monotonic())
        try:
            async with asyncio.timeout(wait_s):
                await self._changed.wait()
        except TimeoutError:
            return

    async def _stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for request in [*(each.id for each in self._state.waiting), *filter(None, [self._keyed_id()])]:
            self._turn(Failed(request, "restarted"))
        if self._station:
            await self._station.keyer.close()
        self._progress.stop()

    def _keyed_id(self) -> str | None:
        return self._state.on_air.id if self._state.on_air else None

    def _turn(self, happened: Happened) -> None:
        self._state, effects = decide(self._state, happened, self._clock.monotonic())
        for effect in effects:
            self._do(effect)
        self._changed.set()

    def _do(self, effect: Effect) -> None:
        match effect:
            case Tell():
                log.info("speech", channel=self.name, id=effect.id, state=effect.state, reason=effect.reason)
                self._progress.tell(effect)
                if effect.state in FINALS:
                    self._forget(effect.id)
            case Make(id=request):
                self._start(self._make(self._asked[request]), f"make[{request}]")
            case Key(id=request):
                self._speaking = self._start(self._speak(request), f"speak[{request}]")
            case Unkey():
                if self._speaking is not None and self._speaking is not asyncio.current_task():
                    self._speaking.cancel()

    def _forget(self, request: str) -> None:
        self._asked.pop(request, None)
        self._made.pop(request, None)

    def _start(self, work: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
        task = asyncio.create_task(work, name=f"transmitter.{name}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _make(self, asked: TxRequest) -> None:
        if self._station is None:
            return
        try:
            speech = await asyncio.to_thread(self._station.voice, asked.text, asked.language)
        except AudioError as error:
            log.warning("no voice", channel=self.name, problem=str(error))
            self._turn(Failed(asked.id, "no_voice"))
            return
        samples = on_air(speech, self._station.settings)
        if asked.id in self._asked:  # it may have ended meanwhile
            self._made[asked.id] = samples
        self._turn(Made(asked.id, len(samples) / SAMPLE_RATE))

    async def _speak(self, request: str) -> None:
        if self._station is None:
            return
        failed: TxReason | None = None
        self.own.began(self._clock.monotonic())
        try:
            await self._on_air(self._station, self._made.pop(request))
        except* HardwareError as errors:
            log.error("not spoken", channel=self.name, problem=str(errors.exceptions[0]))  # noqa: TRY400 - one sentence
            failed = "keying"
        finally:
            await asyncio.shield(self._station.keyer.unkey())
            self.own.ended(self._clock.monotonic())
        self._turn(Failed(request, failed) if failed else Played(request))

    @staticmethod
    async def _on_air(station: Station, samples: Samples) -> None:
        await station.keyer.key()
        async with asyncio.TaskGroup() as group:
            holding = group.create_task(station.keyer.hold(), name="transmitter.hold")
            await station.speaker.play(samples)
            holding.cancel()
