"""The centre, put together: every room gets its neighbours here, and every task its name.

sources link → inbox → writer → journal        desk link → desk → writer → journal
                          ↓ committed
                board → telling → consoles      hearing → writer
"""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from importlib.metadata import version

import structlog

from bus.backoff import Backoff
from bus.clock import Clock, SystemClock
from bus.ids import derived_id, new_id
from bus.link import Link, LinkState, Will
from bus.messages.status import SpeechStatus
from bus.topics import Topics
from intake.arrivals.arrival import Receiving, rule
from intake.arrivals.trouble import trouble_alarm
from intake.aside import aside
from intake.board import TIMELINE_SHOWN, Board
from intake.clips import Clips
from intake.comprehension import Comprehension
from intake.condition import Condition
from intake.desk import Desk
from intake.dispatch.source_commands import EnrolUnits
from intake.dispatch.source_events import OverAccepted
from intake.errors import SpeechError
from intake.finding.finder import Finder
from intake.hearing import Hearing
from intake.history import row_of
from intake.inbox import Inbox
from intake.journal import Journal
from intake.names import names_of
from intake.operators import Operators
from intake.questions import Questions
from intake.reading import Reader, subscriptions
from intake.rebuild import cards_of, rebuild
from intake.receipts import Receipts
from intake.settings import IntakeSettings
from intake.site import Site, load_site
from intake.speech.choose import open_recognizer
from intake.speech.transcriber import Transcriber
from intake.telling import Telling
from intake.writer import Commit, Writer

SESSION_EXPIRY_S = 7 * 24 * 3600
"""The broker keeps boxes' messages for a centre that is away; the boxes keep them longer still."""

RECONNECT_S = 5.0
"""There is one centre and everybody waits for it: the longest pause before the broker is tried again."""

LOOK_S = 0.5
"""How often the centre looks whether its own condition changed."""


async def run_intake(settings: IntakeSettings, clock: Clock | None = None) -> None:
    """Serve until cancelled. Raises `SiteError`, `JournalError` before anything is touched."""
    site = load_site(settings.centre.site_file)
    journal = await Journal.open(settings.centre.journal)
    try:
        state = await rebuild(journal, site)
        await Centre(settings, site, journal, Writer(journal, state), clock or SystemClock()).run()
    finally:
        await journal.close()


class Centre:
    """One run of the centre over one journal."""

    def __init__(
        self, settings: IntakeSettings, site: Site, journal: Journal, writer: Writer, clock: Clock
    ) -> None:
        self._settings = settings
        self._site = site
        self._journal = journal
        self._writer = writer
        self._clock = clock
        self._condition = Condition(new_id(), clock.now(), version("tongpin"))
        self._hearing: Hearing | None = None
        self._log = structlog.get_logger("centre")

        topics = Topics(site.id)
        self._comprehension = Comprehension(site)
        self._clips = Clips(settings.centre.recordings)
        self._sources = Link(
            settings.broker,
            client_id=f"tongpin-centre-{site.id}",
            subscriptions=subscriptions(topics),
            session_expiry_s=SESSION_EXPIRY_S,
            clock=clock,
            backoff=Backoff(cap_s=RECONNECT_S),
            on_state=self._link_changed,
        )
        self._consoles = Link(
            settings.broker,
            client_id=f"tongpin-desk-{site.id}",
            subscriptions=[(topics.request("+"), 1)],
            will=Will(topics.centre_status, self._condition.status("lost").encode()),
            clock=clock,
            backoff=Backoff(cap_s=RECONNECT_S),
        )
        self._finder = Finder(settings.centre.journal)
        self._board = Board(self._condition.boot, names_of(site), writer.state)
        self._telling = Telling(self._consoles, topics, self._board, clock)
        self._receipts = Receipts(self._sources, topics)
        reader = Reader(topics, site, self._clips, lambda: writer.state)
        self._inbox = Inbox(self._sources, reader, writer, self._receipts)
        self._desk = Desk(
            self._consoles,
            topics,
            writer,
            Questions(writer, self._board, journal, self._finder, self._clips, clock),
            Operators(settings.operator),
            journal,
            self._comprehension,
            clock,
        )
        writer.on_commit = self._committed

    async def run(self) -> None:
        """Every task of the centre, until cancelled."""
        await self._remember_timeline()
        async with asyncio.TaskGroup() as links:
            running = [
                links.create_task(self._sources.run(), name="centre.link[sources]"),
                links.create_task(self._consoles.run(), name="centre.link[consoles]"),
            ]
            try:
                await self._work()
            finally:
                await self._telling.goodbye(self._condition.status("stopped"))
                for link in running:
                    link.cancel()

    async def _work(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._writer.run(), name="centre.writer")
            tasks.create_task(self._inbox.take(), name="centre.inbox.take")
            tasks.create_task(self._inbox.settle(), name="centre.inbox.settle")
            tasks.create_task(self._receipts.run(), name="centre.receipts")
            tasks.create_task(self._desk.run(), name="centre.desk")
            tasks.create_task(self._telling.changes(), name="centre.telling.changes")
            tasks.create_task(self._telling.beats(), name="centre.telling.beats")
            tasks.create_task(self._finder.follow(), name="centre.finder")
            tasks.create_task(self._look_after(), name="centre.condition")
            tasks.create_task(self._enrol(), name="centre.enrol")
            tasks.create_task(self._listen(tasks), name="centre.hearing.load")

    async def _enrol(self) -> None:
        command = EnrolUnits(
            id=new_id(), at=self._clock.now(), by=rule("site-file"), cards=cards_of(self._site)
        )
        await (await self._writer.store(command.id, command))

    async def _listen(self, tasks: asyncio.TaskGroup) -> None:
        """Load the engine, then hear what has waited, then what comes."""
        speech = self._settings.speech
        try:
            recognizer = await aside(
                "hearing.load",
                partial(open_recognizer, speech.language, models_dir=speech.models, preferred=speech.engine),
            )
        except SpeechError as error:
            await self._deaf(str(error))
            return
        heard = SpeechStatus(engine=recognizer.name, model=recognizer.model)
        self._condition = replace(self._condition, speech=heard)
        self._hearing = Hearing(
            Transcriber(recognizer),
            lambda text, caller: self._comprehension.spoken(text, speech.language, caller),
            self._clips,
            self._writer,
            self._clock,
        )
        for over in self._writer.state.overs.values():
            if over.transcript is None:
                self._hearing.hear(over.id)
        for number in range(speech.threads):
            tasks.create_task(self._hearing.run(), name=f"centre.hearing[{number}]")

    async def _deaf(self, why: str) -> None:
        """Overs are still recorded, receipted and listed; people are told nobody writes them down."""
        self._condition = replace(self._condition, speech=SpeechStatus(engine=None, model=None, problem=why))
        now = self._clock.now()
        alarm = derived_id(self._condition.boot, "speech-none")
        await self._writer.store(
            alarm, trouble_alarm(alarm, "speech-none", "centre/speech", now, Receiving(now), detail=why)
        )

    async def _look_after(self) -> None:
        """Tell how the centre is whenever that changes, and after every reconnection."""
        troubles: dict[str, Callable[[], str | None]] = {
            "journal": lambda: self._writer.trouble,
            "recordings": lambda: self._clips.trouble,
            "search": lambda: self._finder.trouble,
        }
        told: tuple[Condition, int] | None = None
        while True:
            await self._consoles.wait_connected()
            await self._sources.wait_connected()
            self._condition = self._condition.with_problems(troubles)
            now = (self._condition, self._consoles.generation)
            if now != told:
                self._log.info("status", problems=[said for each in troubles.values() if (said := each())])
                await self._telling.status(self._condition.status())
                told = now
            await asyncio.sleep(LOOK_S)

    async def _remember_timeline(self) -> None:
        first = max(0, self._journal.last - TIMELINE_SHOWN)
        rows = [row_of(stored, self._writer.state) async for stored in self._journal.entries(first)]
        self._board.remember(row for row in rows if row)

    def _committed(self, commit: Commit) -> None:
        self._telling.committed(commit)
        self._finder.committed()
        if self._hearing is None:
            return
        for one in commit.happened:
            if isinstance(one.event, OverAccepted):
                self._hearing.hear(one.event.meta.id)

    def _link_changed(self, state: LinkState) -> None:
        if state.refused:
            self._log.warning("refused by the broker", reason=state.reason)
        else:
            self._log.info("broker", connected=state.connected, reason=state.reason)
