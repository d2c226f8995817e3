"""From stored overs to words and what they mean, in the order in which they were said on each channel.

What was heard live is taken where no sound was missing, else the recording is heard. The journal knows which
overs have no words yet, so a restart goes on where the last run ended and no over is heard twice.
"""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

import structlog

from bus.clock import Clock
from bus.ids import derived_id
from intake.arrivals.arrival import PARSER
from intake.aside import aside
from intake.clips import Clips
from intake.dispatch import speech as core
from intake.dispatch.overs import radio_units
from intake.dispatch.source_commands import AddTranscript
from intake.dispatch.speech import HeardFrom, Over
from intake.errors import ClipMissing, SpeechError
from intake.speech.engine import SAMPLE_RATE
from intake.speech.pool import Pool
from intake.speech.sound import samples_of
from intake.speech.transcript import Transcript
from intake.understanding.model import Understanding
from intake.writer import Writer

UNREADABLE = "unreadable"
"""Gate reason of an over whose recording cannot be read: listed, with its clip's name, never dropped."""

_NOT_HEARD = core.Transcript(text="", engine="none", model="none", confidence=0.0, gated=UNREADABLE)

Live = Callable[[str, int], Awaitable[Transcript | None]]
"""What was heard of an over while it ran, given its id and the samples of its recording; None unless it is
all of it."""


async def not_live(_over: str, _samples: int) -> None:
    """For a centre that hears recordings only."""


class Hearing:
    """A lane for each channel keeps the order of its overs; channels do not wait for each other."""

    def __init__(
        self,
        pool: Pool,
        understanding: Callable[[str, str | None], Understanding],
        clips: Clips,
        writer: Writer,
        clock: Clock,
        live: Live = not_live,
    ) -> None:
        self._pool = pool
        self._understanding = understanding
        self._clips = clips
        self._writer = writer
        self._clock = clock
        self._live = live
        self._lanes: dict[str, asyncio.Queue[str]] = {}
        self._opened: asyncio.Queue[str] = asyncio.Queue()
        self._log = structlog.get_logger("hearing")

    def hear(self, over: Over) -> None:
        """Put an over in line."""
        lane = f"{over.meta.gateway}/{over.meta.channel}"
        if lane not in self._lanes:
            self._lanes[lane] = asyncio.Queue()
            self._opened.put_nowait(lane)
        self._lanes[lane].put_nowait(over.id)

    async def run(self) -> None:
        """Work for ever."""
        async with asyncio.TaskGroup() as tasks:
            while True:
                lane = await self._opened.get()
                tasks.create_task(self._work_on(self._lanes[lane]), name=f"centre.hearing[{lane}]")

    async def _work_on(self, lane: asyncio.Queue[str]) -> None:
        while True:
            waiting = await lane.get()
            over = self._writer.state.overs.get(waiting)
            if over is not None and over.transcript is None:
                await self._one(over)

    async def _one(self, over: Over) -> None:
        try:
            heard = await self._words(over)
        except (ClipMissing, SpeechError) as error:
            self._log.error("not heard", over=over.id, why=str(error))
            heard = _NOT_HEARD
        except Exception:  # noqa: BLE001 - see below
            # An over that stops the engine would stop it again at every start; people can still play it.
            self._log.exception("fault", over=over.id)
            heard = _NOT_HEARD
        command = AddTranscript(
            id=derived_id(over.id, "transcript"),
            at=self._clock.now(),
            by=PARSER,
            over_id=over.id,
            alarm_id=derived_id(over.id, "alarm"),
            more_alarm_ids=tuple(
                derived_id(over.id, "alarm", str(number)) for number in range(len(heard.understanding.also))
            ),
            transcript=heard,
        )
        await (await self._writer.store(command.id, command))

    async def _words(self, over: Over) -> core.Transcript:
        heard = await self._live(over.id, round(over.meta.seconds * SAMPLE_RATE))
        heard_from: HeardFrom = "recording" if heard is None else "stream"
        heard = heard or await self._from_recording(over)
        # Named where the words name none: whose radio transmitted.
        caller = next(iter(radio_units(self._writer.state, over.meta)), None)
        understood = partial(in_core_words, heard, heard_from, lambda text: self._understanding(text, caller))
        return await aside(f"understanding[{over.id}]", understood)

    async def _from_recording(self, over: Over) -> Transcript:
        samples = await aside(f"reading[{over.id}]", lambda: samples_of(self._clips.read(over.meta.clip)))
        scribe = self._pool.open(over.id)
        scribe.feed(samples)
        scribe.end()
        return await scribe.transcript


def in_core_words(
    heard: Transcript, heard_from: HeardFrom, understanding: Callable[[str], Understanding]
) -> core.Transcript:
    """The engine's transcript with its understanding, as the core takes it."""
    if heard.gated or not heard.text:
        gated = heard.gated or "no_words"
        return core.Transcript(
            text=heard.text,
            engine=heard.engine,
            model=heard.model,
            confidence=0.0,
            gated=gated,
            heard_from=heard_from,
        )
    meaning = understanding(heard.text)
    return core.Transcript(
        text=heard.text,
        engine=heard.engine,
        model=heard.model,
        confidence=meaning.confidence,
        heard_from=heard_from,
        understanding=_core(meaning),
    )


def _core(meaning: Understanding) -> core.Understanding:
    return core.Understanding(
        intent=meaning.intent,
        type=meaning.type,
        place=meaning.place,
        units=meaning.units,
        status=meaning.status,
        changes_status=meaning.changes_status,
        because=meaning.because,
        may_be_alarm=meaning.may_be_alarm,
        confidence=meaning.confidence,
        entities=tuple(f"{each.kind}: {each.value or each.words}" for each in meaning.entities),
        also=tuple(map(_core, meaning.also)),
        absent=meaning.absent,
    )
