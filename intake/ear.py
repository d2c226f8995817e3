"""The centre's ear: the speech engine, the live sound of every channel, and the words of every over.

link of its own → listening ─┐
committed overs → hearing  ──┴→ pool of workers → writer
overs with words → second ear (a sample of them, when there is time) → writer
"""

import asyncio
from collections.abc import Callable
from functools import partial

from bus.backoff import Backoff
from bus.clock import Clock
from bus.ids import derived_id
from bus.link import Link
from bus.messages.over import Caller
from bus.messages.status import SpeechStatus
from bus.topics import Topics
from intake.arrivals.arrival import Receiving
from intake.arrivals.trouble import trouble_alarm
from intake.aside import aside
from intake.clips import Clips
from intake.comprehension import Comprehension
from intake.dispatch.queries import awaited, unit_of_radio
from intake.dispatch.radio import radio_key
from intake.dispatch.source_events import OverAccepted
from intake.errors import SpeechError
from intake.hearing import Hearing
from intake.listening import Listening, subscriptions
from intake.second_ear import SecondEar
from intake.settings import IntakeSettings
from intake.speech.choose import open_recognizer
from intake.speech.engine import Recognizer
from intake.speech.pool import Pool
from intake.telling import Telling
from intake.understanding.model import Context
from intake.writer import Commit, Writer

RECONNECT_S = 5.0
"""The longest pause before the broker is tried again."""


class Ear:
    """One run of it. `on_status` hears which engine is in use, or why there is none."""

    def __init__(
        self,
        settings: IntakeSettings,
        topics: Topics,
        *,
        writer: Writer,
        clips: Clips,
        comprehension: Comprehension,
        telling: Telling,
        clock: Clock,
        boot: str,
        on_status: Callable[[SpeechStatus], None],
    ) -> None:
        self._settings = settings.speech
        self._topics = topics
        self._writer = writer
        self._clips = clips
        self._comprehension = comprehension
        self._telling = telling
        self._clock = clock
        self._boot = boot
        self._on_status = on_status
        self._hearing: Hearing | None = None
        self._second = SecondEar(settings.speech, clips, writer, clock)
        self._link = Link(
            settings.broker,
            client_id=f"tongpin-ear-{topics.site}",
            subscriptions=subscriptions(topics),
            clock=clock,
            backoff=Backoff(cap_s=RECONNECT_S),
        )

    async def run(self) -> None:
        """Load the engine, then hear what has waited, then what comes, for ever."""
        try:
            recognizer = await self._load()
        except SpeechError as error:
            await self._deaf(str(error))
            return
        self._on_status(SpeechStatus(engine=recognizer.name, model=recognizer.model))
        await self._listen(Pool(recognizer, self._clock.monotonic))

    def committed(self, commit: Commit) -> None:
        """Overs that are stored now want their words; those that have them may be heard again."""
        self._second.committed(commit)
        if self._hearing is None:
            return
        for one in commit.happened:
            if isinstance(one.event, OverAccepted):
                self._hearing.hear(commit.after.overs[one.event.meta.id])

    async def _load(self) -> Recognizer:
        speech = self._settings
        return await aside(
            "hearing.load",
            partial(open_recognizer, speech.language, models_dir=speech.models, preferred=speech.engine),
        )

    async def _listen(self, pool: Pool) -> None:
        listening = Listening(
            self._link,
            self._topics,
            pool,
            tell=self._telling.live,
            unit_of=self._unit_of,
            clock=self._clock,
        )
        self._hearing = hearing = Hearing(
            pool,
            lambda text, caller: self._comprehension.spoken(
                text, self._settings.language, Context(caller, awaited(self._writer.state))
            ),
            self._clips,
            self._writer,
            self._clock,
            listening.transcript,
        )
        self._hear_what_waited(hearing)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._link.run(), name="centre.ear.link")
            tasks.create_task(listening.run(), name="centre.ear.listening")
            tasks.create_task(listening.show(), name="centre.ear.show")
            tasks.create_task(hearing.run(), name="centre.ear.hearing")
            tasks.create_task(self._second.run(), name="centre.ear.second")
            for number in range(self._settings.threads):
                tasks.create_task(pool.run(), name=f"centre.ear.worker[{number}]")

    def _hear_what_waited(self, hearing: Hearing) -> None:
        waiting = (over for over in self._writer.state.overs.values() if over.transcript is None)
        for over in sorted(waiting, key=lambda over: (over.meta.recorded_at, over.id)):
            hearing.hear(over)

    def _unit_of(self, caller: Caller) -> str | None:
        return unit_of_radio(self._writer.state, radio_key(caller.kind, caller.id))

    async def _deaf(self, why: str) -> None:
        """Overs are still recorded, receipted and listed; people are told nobody writes them down."""
        self._on_status(SpeechStatus(engine=None, model=None, problem=why))
        now = self._clock.now()
        alarm = derived_id(self._boot, "speech-none")
        await self._writer.store(
            alarm, trouble_alarm(alarm, "speech-none", "centre/speech", now, Receiving(now), detail=why)
        )
