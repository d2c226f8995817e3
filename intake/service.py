"""The centre, put together: every room gets its neighbours here, and every task its name.

sources link → inbox → writer → journal        desk link → desk → writer → journal
                          ↓ committed
                board → telling → consoles      ear → writer
"""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import version

import structlog

from bus.backoff import Backoff
from bus.clock import Clock, SystemClock
from bus.ids import new_id
from bus.link import Link, LinkState, Will
from bus.messages.status import SpeechStatus
from bus.topics import Topics
from intake.arrivals.arrival import rule
from intake.board import TIMELINE_SHOWN, Board
from intake.clips import Clips
from intake.comprehension import Comprehension
from intake.condition import Condition
from intake.desk import Desk
from intake.dispatch.source_commands import EnrolUnits
from intake.ear import Ear
from intake.finding.finder import Finder
from intake.history import row_of
from intake.inbox import Inbox
from intake.journal import Journal
from intake.measuring import Measuring
from intake.mouth import Mouth
from intake.names import names_of
from intake.operators import Operators
from intake.patrol.commands import EnrolPatrol
from intake.questions import Questions
from intake.reading import Reader, subscriptions
from intake.rebuild import cards_of, resume
from intake.receipts import Receipts
from intake.retention import Retention
from intake.rewording import Rewording
from intake.rounds import Rounds
from intake.settings import IntakeSettings
from intake.site import Site, load_site
from intake.snapshot.keeper import SnapshotKeeper
from intake.telling import Telling
from intake.tidying import Tidying
from intake.timekeeper import Timekeeper
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
        resumed = await resume(journal, site)
        snapshots = SnapshotKeeper(journal.path, resumed.state, last=journal.last, kept=resumed.began_at)
        writer = Writer(journal, resumed.state)
        await Centre(settings, site, journal, writer, snapshots, clock or SystemClock()).run()
    finally:
        await journal.close()


class Centre:
    """One run of the centre over one journal."""

    def __init__(
        self,
        settings: IntakeSettings,
        site: Site,
        journal: Journal,
        writer: Writer,
        snapshots: SnapshotKeeper,
        clock: Clock,
    ) -> None:
        self._settings = settings
        self._site = site
        self._journal = journal
        self._snapshots = snapshots
        self._writer = writer
        self._clock = clock
        self._condition = Condition(new_id(), clock.now(), version("tongpin"))
        self._log = structlog.get_logger("centre")

        topics = Topics(site.id)
        self._comprehension = Comprehension(site, settings.centre.words)
        self._rewording = Rewording(self._comprehension, lambda alarm: writer.store(alarm.id, alarm), clock)
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
        self._rounds = Rounds(writer, names_of(site), clock)
        self._tidying = Tidying(writer, clock)
        self._retention = Retention(settings.recordings, self._clips, writer, clock)
        reader = Reader(topics, site, self._clips, lambda: writer.state)
        self._inbox = Inbox(self._sources, reader, writer, self._receipts)
        operators = Operators(settings.operator)
        measuring = Measuring(settings.centre.journal, site.zone, site.category)
        self._desk = Desk(
            self._consoles,
            topics,
            writer,
            Questions(writer, self._board, journal, self._finder, self._clips, measuring, operators, clock),
            operators,
            journal,
            self._comprehension,
            clock,
        )
        self._ear = Ear(
            settings,
            topics,
            writer=writer,
            clips=self._clips,
            comprehension=self._comprehension,
            telling=self._telling,
            clock=clock,
            boot=self._condition.boot,
            on_status=self._hears_with,
        )
        self._timekeeper = Timekeeper(writer, clock)
        self._mouth = Mouth(self._sources, topics, writer.state, clock)
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
            tasks.create_task(self._rounds.run(), name="centre.rounds")
            tasks.create_task(self._tidying.run(), name="centre.tidying")
            tasks.create_task(self._retention.run(), name="centre.retention")
            tasks.create_task(self._finder.follow(), name="centre.finder")
            tasks.create_task(self._snapshots.follow(), name="centre.snapshots")
            tasks.create_task(self._look_after(), name="centre.condition")
            tasks.create_task(self._enrol(), name="centre.enrol")
            tasks.create_task(self._ear.run(), name="centre.ear")
            tasks.create_task(self._rewording.run(), name="centre.words")
            tasks.create_task(self._timekeeper.run(), name="centre.timekeeper")
            tasks.create_task(self._mouth.run(), name="centre.mouth")

    async def _enrol(self) -> None:
        command = EnrolUnits(
            id=new_id(), at=self._clock.now(), by=rule("site-file"), cards=cards_of(self._site)
        )
        points = EnrolPatrol(id=new_id(), at=self._clock.now(), by=rule("site-file"))
        await (await self._writer.store(command.id, command))
        await (await self._writer.store(points.id, points))

    def _hears_with(self, speech: SpeechStatus) -> None:
        self._condition = replace(self._condition, speech=speech)

    async def _look_after(self) -> None:
        """Tell how the centre is whenever that changes, and after every reconnection."""
        troubles: dict[str, Callable[[], str | None]] = {
            "journal": lambda: self._writer.trouble,
            "recordings": lambda: self._clips.trouble,
            "search": lambda: self._finder.trouble,
            "recordings-full": lambda: self._retention.trouble,
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
        self._snapshots.committed(commit)
        self._ear.committed(commit)
        self._timekeeper.committed(commit)
        self._mouth.committed(commit)

    def _link_changed(self, state: LinkState) -> None:
        if state.refused:
            self._log.warning("refused by the broker", reason=state.reason)
        else:
            self._log.info("broker", connected=state.connected, reason=state.reason)
