"""The writer: decided in order, committed as one, told only then; a full disk stops people, not sources."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from intake.dispatch import commands as do
from intake.dispatch.base import Actor, Role
from intake.dispatch.commands import Command
from intake.dispatch.events import event_from_json
from intake.dispatch.objects import AlarmContent, AlarmState
from intake.dispatch.refusals import Refusal
from intake.dispatch.source_commands import AcceptAlarm, AcceptOver
from intake.dispatch.speech import OverMeta
from intake.dispatch.state import State
from intake.errors import JournalUnwritable
from intake.journal import Journal
from intake.rebuild import rebuild
from intake.site import example_site_path, load_site
from intake.writer import Commit, Stored, Writer

AT = datetime(2026, 3, 1, 10, tzinfo=UTC)
PANEL = Actor(name="panel", role=Role.SYSTEM)
LI = Actor(name="person:li", role=Role.DISPATCHER)


def alarm(id_: str, text: str = "hold-up") -> AcceptAlarm:
    """A panel's alarm."""
    content = AlarmContent(
        id=id_, source="panel", source_id="box-1/1", said_at=AT, recorded_at=AT, priority=1, text=text
    )
    return AcceptAlarm(id=id_, at=AT, by=PANEL, content=content)


def claim(request: str, alarm_id: str, by: Actor = LI) -> do.Claim:
    """A dispatcher's claim."""
    return do.Claim(id=request, at=AT, by=by, alarm_id=alarm_id)


class Desk:
    """A writer at work on a journal of its own."""

    def __init__(self, journal: Journal, state: State) -> None:
        self.journal = journal
        self.writer = Writer(journal, state)
        self.commits: list[Commit] = []
        self.writer.on_commit = self.commits.append

    @contextlib.asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """Its task, for the length of a block."""
        task = asyncio.create_task(self.writer.run(), name="writer")
        try:
            yield
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def bodies(self) -> list[str]:
        """The kinds of all stored events, oldest first."""
        return [event_from_json(each.body).kind async for each in self.journal.entries()]

    async def full(self) -> None:
        """Let the file grow no more, and fill what is left of it."""
        ((pages,),) = await self.journal._db.execute_fetchall("PRAGMA page_count")
        await self.journal._db.execute(f"PRAGMA max_page_count = {pages}")

    async def room(self) -> None:
        """Let it grow again."""
        await self.journal._db.execute("PRAGMA max_page_count = 1000000")


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """A writer on an empty journal, not yet running."""
    journal = await Journal.open(tmp_path / "journal.db")
    yield Desk(journal, State())
    await journal.close()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A failed commit is tried again at once."""
    monkeypatch.setattr("intake.writer.RETRY_S", 0.01)


BIG = "x" * 50_000
"""More than a full file's last page holds."""


async def test_a_group_is_decided_in_order_and_told_once(desk: Desk) -> None:
    """What waits together is one commit, each decided on the state the ones before it led to."""
    accepted = await desk.writer.store("m1", alarm("a1"))
    asked = [
        asyncio.create_task(desk.writer.request(f"r{n}", claim(f"r{n}", "a1", by)))
        for n, by in enumerate((LI, PANEL))
    ]
    await asyncio.sleep(0)
    async with desk.working():
        await accepted
        won, lost = await asyncio.gather(*asked)

    assert isinstance(won, Stored)
    assert isinstance(lost, Refusal)
    (commit,) = desk.commits
    assert [one.event.kind for one in commit.happened] == ["alarm.queued", "alarm.claimed"]
    assert (commit.first, desk.journal.last) == (1, 2)
    assert commit.after.alarms["a1"].state is AlarmState.CLAIMED


async def test_nobody_hears_of_what_is_not_on_disk(desk: Desk) -> None:
    """When listeners are called the entries are in the file, and the asker is still waiting."""
    told: list[tuple[int, bool]] = []
    stored = await desk.writer.store("m1", alarm("a1"))
    desk.writer.on_commit = lambda commit: told.append((desk.journal.last - commit.first, stored.done()))
    async with desk.working():
        await stored

    assert told == [(0, False)]


async def test_a_repeated_cause_gets_the_first_answer_also_after_reopening(
    desk: Desk, tmp_path: Path
) -> None:
    """In the same group, later, and in another run: one event, one answer."""
    await desk.writer.store("m1", alarm("a1"))
    twice = [await desk.writer.store("m1", alarm("a1")) for _ in range(2)]
    async with desk.working():
        assert [await each for each in twice] == [Stored(repeated=True)] * 2
        first = await desk.writer.request(
            "r1", claim("r1", "a1"), answer=lambda events: f"{len(events)} done"
        )
        again = await desk.writer.request("r1", claim("r1", "a1"), answer=lambda _: "other")
    await desk.journal.close()
    journal = await Journal.open(tmp_path / "journal.db")
    reopened = Desk(journal, await rebuild(journal, load_site(example_site_path())))
    async with reopened.working():
        later = await reopened.writer.request("r1", claim("r1", "a1"))

    assert isinstance(first, Stored)
    assert again == later == Stored(answer="1 done", repeated=True)
    assert await reopened.bodies() == ["alarm.queued", "alarm.claimed"]
    await journal.close()


@pytest.mark.usefixtures("impatient")
async def test_on_a_full_disk_people_are_refused_and_sources_wait(desk: Desk) -> None:
    """A person hears at once that nothing was stored; alarms are stored once, in order, when room returns."""
    async with desk.working():
        await (await desk.writer.store("m0", alarm("a0")))
        await desk.full()
        waiting = [await desk.writer.store(f"m{n}", alarm(f"a{n}", BIG)) for n in (1, 2, 3)]
        with pytest.raises(JournalUnwritable, match="full"):
            await desk.writer.request("r1", claim("r1", "a0"))
        assert desk.writer.trouble
        assert [each.done() for each in waiting] == [False] * 3
        assert list(desk.writer.state.alarms) == ["a0"]

        await desk.room()
        outcomes = [await each for each in waiting]
        claimed = await desk.writer.request("r2", claim("r2", "a0"))

    assert not desk.writer.trouble
    assert all(isinstance(each, Stored) and not each.repeated for each in [*outcomes, claimed])
    stored = [each.event for commit in desk.commits for each in commit.happened]
    assert [event.action for event in stored] == ["a0", "a1", "a2", "a3", "r2"]
    assert desk.writer.state.alarms["a1"].state is AlarmState.QUEUED


async def test_a_command_the_rules_break_on_refuses_itself_alone(desk: Desk) -> None:
    """A fault of the centre's own code stores nothing of that message, and the next is served."""

    class Unheard(Command):
        """No rule answers this."""

    async with desk.working():
        broken = await (await desk.writer.store("m1", alarm("a1"), Unheard(id="x", at=AT, by=PANEL)))
        after = await (await desk.writer.store("m2", alarm("a2")))

    assert isinstance(broken, Refusal)
    assert broken.code == "fault"
    assert isinstance(after, Stored)
    assert list(desk.writer.state.alarms) == ["a2"]


async def test_what_would_not_read_back_is_not_written(desk: Desk) -> None:
    """An infinite length becomes null in JSON; written, it would keep the centre from ever starting again."""
    meta = OverMeta(
        id="o1",
        gateway="box-1",
        channel="ch-1",
        clip="c",
        said_at=AT,
        recorded_at=AT,
        seconds=float("inf"),
        end_reason="hang",
        sha256="00",
    )
    async with desk.working():
        outcome = await (await desk.writer.store("o1", AcceptOver(id="o1", at=AT, by=PANEL, meta=meta)))

    assert isinstance(outcome, Refusal)
    assert desk.journal.last == 0


async def test_a_commit_under_way_is_finished_before_the_file_is_closed(tmp_path: Path) -> None:
    """Cancelled at any moment, the journal holds a group whole or not at all, and can be closed."""
    for cut in range(12):
        path = tmp_path / f"cut-{cut}.db"
        journal = await Journal.open(path)
        writer = Writer(journal, State())
        for n in range(5):
            await writer.store(f"m{n}", alarm(f"a{n}"))
        task = asyncio.create_task(writer.run(), name="writer")
        for _ in range(cut * 3):
            await asyncio.sleep(0)
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        await journal.close()

        again = await Journal.open(path)
        assert again.last in (0, 5)
        await again.close()


async def test_a_reader_does_not_see_a_group_before_it_is_committed(desk: Desk) -> None:
    """A timeline asked for during a commit that fails shows nothing of it."""
    await desk.full()
    big = alarm("a1", BIG)
    async with desk.working():
        await desk.writer.store("m1", big)
        seen = []
        while desk.writer.trouble is None:
            seen += await desk.journal.mentioning(["a1"])

    assert seen == []
