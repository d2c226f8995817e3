"""The ear on every channel: overs are written down while somebody still speaks.

    boxes ─(beginning, sound, who calls)─→ listening → pool → words so far → consoles
                                                 └→ the whole transcript, where no sound is missing → hearing

What is heard here may be lost: a box's recording is the record, and `hearing` falls back on it.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from functools import partial

import structlog

from bus.clock import Clock
from bus.errors import MessageError
from bus.link import Inbound, Link
from bus.messages.board import LiveText
from bus.messages.over import AudioChunk, Caller, CallerHeard, OverStart
from bus.topics import Topics
from intake.errors import SpeechError
from intake.live_over import LiveOver, samples_in
from intake.speech.pool import Pool
from intake.speech.scribe import Scribe
from intake.speech.transcript import Transcript

TELL_EVERY_S = 0.3
"""Consoles see each running over this often, not with every chunk."""
BEHIND_S = 10.0
"""An over that waits this long for the machine is given up live, and heard from its recording."""
SILENT_S = 15.0
"""An over nothing is heard of for so long has lost its end, or its box."""
LAST_CHUNK_S = 1.0
"""The recording may overtake the last piece of sound, but not by more."""


def subscriptions(topics: Topics) -> list[tuple[str, int]]:
    """What is listened to, with the QoS of each; on a link of its own, so that sound delays no alarm."""
    box = topics.gateway("+")
    return [(box.over_start("+", "+"), 1), (box.over_audio("+", "+"), 0), (box.over_caller("+", "+"), 1)]


@dataclass(eq=False)
class _Running:
    over: LiveOver
    scribe: Scribe
    heard_at: float
    settled: asyncio.Event = field(default_factory=asyncio.Event)
    """It has ended, or something of it is missing."""


class Listening:
    """Follows every running over. `tell` shows consoles how each is; `unit_of` knows whose radio calls."""

    def __init__(
        self,
        link: Link,
        topics: Topics,
        pool: Pool,
        *,
        tell: Callable[[LiveText], Awaitable[None]],
        unit_of: Callable[[Caller], str | None],
        clock: Clock,
    ) -> None:
        self._link = link
        self._topics = topics
        self._pool = pool
        self._tell = tell
        self._unit_of = unit_of
        self._clock = clock
        self._running: dict[str, _Running] = {}
        self._changed: set[str] = set()
        self._news = asyncio.Event()
        self._log = structlog.get_logger("listening")

    async def run(self) -> None:
        """Listen for ever."""
        async for inbound in self._link.messages():
            try:
                self._take(inbound)
            except MessageError as error:
                # Its recording tells the same again, and is kept and told when it cannot be read.
                self._log.warning("not understood", topic=inbound.topic, problem=str(error))
            self._link.ack(inbound)

    async def show(self) -> None:
        """Tell consoles for ever; whatever has lost its end is forgotten on the way."""
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(SILENT_S):
                    await self._news.wait()
            self._news.clear()
            self._forget_silent()
            changed, self._changed = self._changed, set()
            for running in [self._running[over] for over in changed if over in self._running]:
                caller = running.over.caller
                await self._tell(running.over.shown(self._unit_of(caller) if caller else None))
            await asyncio.sleep(TELL_EVERY_S)

    async def transcript(self, over: str, samples: int) -> Transcript | None:
        """What was heard live of an over whose recording has so many samples; None unless it is all of it.

        To be asked once for each over: what was heard of it is then forgotten.
        """
        running = self._running.get(over)
        if running is None:
            return None
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LAST_CHUNK_S):
                await running.settled.wait()
        self._running.pop(over, None)
        if not running.over.is_recording(samples):
            running.scribe.abandon()
            return None
        try:
            return await running.scribe.transcript
        except SpeechError as error:
            self._log.error("not heard live", over=over, why=str(error))
            return None

    def _take(self, inbound: Inbound) -> None:
        match self._topics.levels(inbound.topic):
            case ["gw", _, "ch", _, "rx", over, "start"]:
                self._begin(over, OverStart.decode(inbound.payload))
            case ["gw", _, "ch", _, "rx", over, "audio"] if over in self._running:
                self._hear(self._running[over], AudioChunk.decode(inbound.payload))
            case ["gw", _, "ch", _, "rx", over, "caller"] if over in self._running:
                caller = CallerHeard.decode(inbound.payload).caller
                self._show(self._running[over], caller=caller)

    def _begin(self, over: str, start: OverStart) -> None:
        if over in self._running or over != start.id:
            return  # said twice, or not of this over
        scribe = self._pool.open(over, partial(self._written, over))
        self._running[over] = _Running(LiveOver.begun(start), scribe, self._clock.monotonic())
        self._show(self._running[over])

    def _hear(self, running: _Running, chunk: AudioChunk) -> None:
        if running.settled.is_set():
            return
        running.heard_at = self._clock.monotonic()
        running.over = running.over.heard(chunk)
        running.scribe.feed(samples_in(chunk))
        if running.scribe.behind_s > BEHIND_S:
            running.over = replace(running.over, whole=False)
        if running.over.ended and running.over.whole:
            running.scribe.end()
        elif not running.over.whole:
            running.scribe.abandon()
        if running.over.ended or not running.over.whole:
            running.settled.set()
        self._show(running)

    def _written(self, over: str, text: str) -> None:
        if over in self._running:
            self._show(self._running[over], text=text)

    def _show(self, running: _Running, *, text: str | None = None, caller: Caller | None = None) -> None:
        running.over = replace(
            running.over, text=text or running.over.text, caller=caller or running.over.caller
        )
        self._changed.add(running.over.id)
        self._news.set()

    def _forget_silent(self) -> None:
        oldest = self._clock.monotonic() - SILENT_S
        for over in [over for over, running in self._running.items() if running.heard_at < oldest]:
            self._running.pop(over).scribe.abandon()
