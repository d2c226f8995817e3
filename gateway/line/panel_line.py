"""One panel line: on the box's disk first, then the answer to the panel.

    SerialLine ─▶ codec ─▶ run ─▶ spool ─▶ ACK
         ◀── questions, to a panel that must be asked (inquiry)

Silence is the only thing ever said about trouble: a receiver that hears no answer tries again, beeps, prints
and keeps its queue. A NAK, or an ACK for what was not stored, makes it drop the alarm.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import structlog

from bus.clock import Clock
from bus.messages.signal import LineTrouble
from gateway.box import Box
from gateway.clockwork import clockwork
from gateway.line.inquiry import Inquiry
from gateway.line.noise import NoiseMeter
from gateway.line.panel_signals import Heard, SignalMaker
from gateway.line.repeats import WINDOW_S, moment
from gateway.line.store import LineStore
from gateway.line.supervision import INTERVAL_S, Change, Watch
from gateway.spool.spool import Spool
from hardware.panels.asking import asking_of
from hardware.panels.frame import Codec, PanelRecord, Run
from hardware.serial_line import LineBytes, LineEvent, LineLost

log = structlog.get_logger()

_TICK_S = 1.0
_STALE_S = 5.0
"""A frame is one burst; what is still without its end after this never gets one."""


class Wire(Protocol):
    """What of a `SerialLine` is used here."""

    def start(self) -> None:
        """Begin to read."""
        ...

    def write(self, data: bytes, opening: int) -> bool:
        """Send, unless the port was opened anew since; say whether."""
        ...

    def close(self) -> bool:
        """Stop reading; say whether it could."""
        ...


@dataclass(frozen=True)
class LineTiming:
    """Seconds. `ack_within_s`: receivers wait 4 s or more, and take a later ACK for the next frame's."""

    heartbeat_s: float = INTERVAL_S
    repeat_window_s: float = WINDOW_S
    ack_within_s: float = 3.0


class PanelLine:
    """Runs one line until cancelled. `on_trouble` hears of every change of the line's trouble."""

    def __init__(
        self,
        name: str,
        *,
        box: Box,
        codec: Codec,
        spool: Spool,
        clock: Clock,
        connect: Callable[[Callable[[LineEvent], None]], Wire],
        timing: LineTiming = LineTiming(),
        on_trouble: Callable[[LineTrouble | None], None] = lambda _: None,
    ) -> None:
        self.name = name
        self._boot = box.boot
        asking = asking_of(codec)
        maker = SignalMaker(box, name, codec.name, timing.repeat_window_s, asking)
        # Who is asked more rarely than that cannot be heard more often.
        heartbeat_s = max(timing.heartbeat_s, asking.poll.quiet_s if asking.poll else 0.0)
        self._disk = LineStore(maker, spool, clock, heartbeat_s, on_trouble)
        self._inquiry = Inquiry()
        self._codec = codec
        self._clock = clock
        self._connect = connect
        self._timing = timing
        self._meter = NoiseMeter(clock.monotonic())
        self._lost: str | None = None
        self._fed_at: float | None = None
        """When bytes last came that may still be without their end."""
        self._unstored = False
        """Something since the last answer did not reach the disk: that answer must not be given."""

    async def run(self) -> None:
        """Read and answer until cancelled."""
        await self._disk.recall()
        events: asyncio.Queue[LineEvent] = asyncio.Queue()
        loop = asyncio.get_running_loop()
        wire = self._connect(lambda event: _hand_over(loop, events, event))
        wire.start()
        try:
            while True:
                await self._next(wire, events)
        finally:
            await asyncio.to_thread(wire.close)

    async def _next(self, wire: Wire, events: asyncio.Queue[LineEvent]) -> None:
        try:
            async with asyncio.timeout(_TICK_S):
                event = await events.get()
        except TimeoutError:
            event = None
        if event is not None:
            await self.take(wire, event)
        await self.tick()
        self.ask(wire)

    async def take(self, wire: Wire, event: LineEvent) -> None:
        """What the port said, from bytes to the answer."""
        if isinstance(event, LineBytes):
            await self._read(wire, event)
        elif isinstance(event, LineLost):
            self._lost = event.reason
            self._inquiry = self._inquiry.closed()
            await self._flush()
        else:
            self._lost = None
            self._inquiry = self._inquiry.opened(self._clock.monotonic(), event.opening)
            await self._flush()

    async def tick(self) -> None:
        """Time has passed: a partial frame grows stale, a line silent, a minute's noise is judged."""
        now = self._clock.monotonic()
        if self._fed_at is not None and now - self._fed_at > _STALE_S:
            await self._flush()
        if self._lost is not None:
            watch, change = self._disk.watch.broke(self._lost)
        else:
            watch, change = self._disk.watch.tick(now)
        if change is not None:
            await self._store(watch, change)
        self._meter, verdict = self._meter.turned(now)
        watch, change = self._disk.watch.noise(verdict)
        if change is not None:
            await self._store(watch, change)

    def ask(self, wire: Wire) -> None:
        """Put the question that is due, if any; no answer is no fault but the line's silence."""
        self._inquiry, question = self._inquiry.due(self._clock.monotonic(), asking_of(self._codec))
        if question and self._inquiry.opening is not None:
            wire.write(question, self._inquiry.opening)

    async def _read(self, wire: Wire, event: LineBytes) -> None:
        self._meter = self._meter.fed(event.data)
        self._fed_at = self._clock.monotonic()
        runs = self._codec.feed(event.data)
        for i, run in enumerate(runs):
            self._meter = self._meter.told(run.records)
            stored = await self._keep(run)
            # Copies that piled up while we were held back: the panel waits for one answer, and would take
            # the others for answers to frames it has not even sent.
            if stored and run.reply and run not in runs[i + 1 :]:
                self._answer(wire, run.reply, event)

    async def _keep(self, run: Run) -> bool:
        """Whether `run` may be answered: it, and all since the last answer, is on disk."""
        frames = tuple(record for record in run.records if record.kind != "heartbeat")
        watch, change = self._disk.watch, None
        if run.records:
            watch, change = watch.heard(self._clock.monotonic())
            self._inquiry = self._inquiry.heard(self._clock.monotonic())
        if frames or change:
            stored = await self._store(watch, change, frames)
        else:
            self._disk.turn(watch)
            stored = not run.reply or await self._disk.lives()
        failed = self._unstored or not stored
        self._unstored = failed and not run.reply
        return not failed

    def _answer(self, wire: Wire, reply: bytes, event: LineBytes) -> None:
        taken = self._clock.monotonic() - event.read_at
        if taken > self._timing.ack_within_s:
            log.warning("answer too late, not given", line=self.name, seconds=round(taken, 3))
        elif not wire.write(reply, event.opening):
            log.warning("port was opened anew, answer not given", line=self.name)

    async def _store(
        self, watch: Watch, change: Change | None = None, frames: tuple[PanelRecord, ...] = ()
    ) -> bool:
        when = moment(self._clock, self._boot)
        heard = Heard(when, clockwork(), change, frames, self._inquiry.reconciles(when.monotonic))
        if not await self._disk.put(heard):
            self._inquiry = self._inquiry.unstored(when.monotonic)
            return False
        self._disk.turn(watch)
        return True

    async def _flush(self) -> None:
        """Give up a partial frame: kept as unparsed, never answered. The panel says it again."""
        self._fed_at = None
        for run in self._codec.flush():
            self._meter = self._meter.told(run.records)
            await self._store(self._disk.watch, frames=run.records)
        self._unstored = False


def _hand_over(loop: asyncio.AbstractEventLoop, events: asyncio.Queue[LineEvent], event: LineEvent) -> None:
    """Called from the line's thread, which may outlive the loop for a moment at the end."""
    if not loop.is_closed():
        loop.call_soon_threadsafe(events.put_nowait, event)
