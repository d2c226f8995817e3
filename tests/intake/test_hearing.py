"""Hearing: no over is left without words or a reason, whatever its recording or the engine does."""

import asyncio
import contextlib
import io
import threading
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import soundfile

from bus.clock import SystemClock
from hardware.errors import VoiceUnavailable
from hardware.simulators.voice import say
from intake.arrivals.arrival import rule
from intake.aside import aside
from intake.clips import Clips
from intake.comprehension import Comprehension
from intake.dispatch.source_commands import AcceptOver
from intake.dispatch.speech import Over, OverMeta, Transcript
from intake.hearing import UNREADABLE, Hearing
from intake.journal import Journal
from intake.rebuild import rebuild
from intake.site import example_site_path, load_site
from intake.speech.engine import SAMPLE_RATE, Samples
from intake.speech.pool import Pool
from intake.speech.transcript import Word
from intake.understanding.model import Context, Understanding
from intake.writer import Commit, Writer

AT = datetime(2026, 3, 1, 10, tzinfo=UTC)
SITE = load_site(example_site_path())
COMPREHENSION = Comprehension(SITE)
PATIENCE_S = 20

Engine = Callable[[], str]


def in_chinese(text: str, caller: str | None) -> Understanding:
    """What the site understands of it."""
    return COMPREHENSION.spoken(text, "zh", Context(caller))


class Ear:
    """An engine that says, or does, what the test wants."""

    name = "ear"
    model = "test"
    model_sha256 = None

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def stream(self) -> "Ear":
        """Asked only about what the gate before it takes for speech."""
        return self

    def feed(self, samples: Samples) -> None:
        """Any sound will do."""

    def text(self) -> str:
        """Nobody watches these overs."""
        return ""

    def finish(self) -> tuple[str, tuple[Word, ...]]:
        """What the test wants."""
        return self._engine(), ()


@pytest.fixture(scope="module")
def speech() -> bytes:
    """Somebody speaking, as FLAC."""
    try:
        samples = say("三号站台有人打架请派人处理", "zh")
    except VoiceUnavailable as missing:
        pytest.skip(str(missing))
    buffer = io.BytesIO()
    soundfile.write(buffer, samples, SAMPLE_RATE, format="FLAC")
    return buffer.getvalue()


class Room:
    """A journal, its writer and the recordings; hearing comes and goes."""

    def __init__(self, folder: Path, writer: Writer) -> None:
        self.writer = writer
        self.clips = Clips(folder)
        self._more = asyncio.Event()
        writer.on_commit = self._committed

    async def over(self, id_: str, flac: bytes | None) -> None:
        """An over that is stored; without `flac` its recording is gone."""
        clip = self.clips.keep(id_, AT, flac) if flac is not None else f"2026-03-01/{id_}.flac"
        meta = OverMeta(
            id=id_,
            gateway="box-1",
            channel="ch-1",
            clip=clip,
            said_at=AT,
            recorded_at=AT,
            seconds=3,
            end_reason="hang",
            sha256="00",
        )
        await (await self.writer.store(id_, AcceptOver(id=id_, at=AT, by=rule("channel"), meta=meta)))

    @contextlib.asynccontextmanager
    async def hearing(self, engine: Engine) -> AsyncIterator[Hearing]:
        """One worker for the length of a block, with what waits already in line."""
        pool = Pool(Ear(engine))
        heard = Hearing(pool, in_chinese, self.clips, self.writer, SystemClock())
        for over in self.writer.state.overs.values():
            if over.transcript is None:
                heard.hear(over)
        tasks = [
            asyncio.create_task(heard.run(), name="hearing"),
            asyncio.create_task(pool.run(), name="pool"),
        ]
        try:
            yield heard
        finally:
            for task in tasks:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task

    async def words(self, over: str) -> Transcript:
        """What was heard of `over`, once it was."""
        async with asyncio.timeout(PATIENCE_S):
            while (found := self.over_of(over).transcript) is None:
                self._more.clear()
                await self._more.wait()
            return found

    def over_of(self, over: str) -> Over:
        """As it is now."""
        return self.writer.state.overs[over]

    def _committed(self, _: Commit) -> None:
        self._more.set()


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    """With a writer at work."""
    journal = await Journal.open(tmp_path / "journal.db")
    writer = Writer(journal, await rebuild(journal, SITE))
    task = asyncio.create_task(writer.run(), name="writer")
    yield Room(tmp_path / "recordings", writer)
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    await journal.close()


@pytest.mark.slow
async def test_overs_that_waited_are_heard_and_understood(room: Room, speech: bytes) -> None:
    """Stored while nobody listened, heard at the next start, and a report becomes an alarm."""
    await room.over("o1", speech)
    async with room.hearing(lambda: "三号站台有人打架"):
        heard = await room.words("o1")

    assert (heard.text, heard.engine, heard.gated) == ("三号站台有人打架", "ear", None)
    (alarm,) = room.writer.state.alarms.values()
    assert (alarm.content.source, alarm.content.type, alarm.content.clip) == (
        "radio",
        "fight",
        "2026-03-01/o1.flac",
    )


@pytest.mark.slow
async def test_overs_of_a_channel_are_heard_one_after_the_other(room: Room, speech: bytes) -> None:
    """Those that come while the centre is at work too, in the order in which they came."""
    texts = iter(("一号站台", "二号站台", "三号站台"))
    async with room.hearing(lambda: next(texts)) as hearing:
        for id_ in ("o1", "o2", "o3"):
            await room.over(id_, speech)
            hearing.hear(room.over_of(id_))
            if id_ == "o1":
                await room.words(id_)
        heard = [(await room.words(id_)).text for id_ in ("o1", "o2", "o3")]

    assert heard == ["一号站台", "二号站台", "三号站台"]


@pytest.mark.slow
async def test_an_over_is_heard_once(room: Room, speech: bytes) -> None:
    """Put in line twice, and again after a restart of hearing: one call of the engine."""
    calls: list[int] = []

    def engine() -> str:
        calls.append(1)
        return "三号站台有人打架"

    await room.over("o1", speech)
    await room.over("o2", speech)
    async with room.hearing(engine) as hearing:
        hearing.hear(room.over_of("o1"))
        await room.words("o2")
    async with room.hearing(engine) as hearing:
        await room.over("o3", speech)
        hearing.hear(room.over_of("o3"))
        await room.words("o3")

    assert len(calls) == 3
    assert len(room.writer.state.alarms) == 3


@pytest.mark.slow
@pytest.mark.parametrize("flac", [None, b"", b"no sound", b"fLaC" + bytes(100)])
async def test_a_recording_nobody_can_read_is_listed_with_its_reason(
    room: Room, speech: bytes, flac: bytes | None
) -> None:
    """Gone, empty or cut short: the over says `unreadable`, and the one behind it is heard."""
    await room.over("o1", flac)
    await room.over("o2", speech)
    async with room.hearing(lambda: "三号站台有人打架"):
        assert (await room.words("o1")).gated == UNREADABLE
        assert (await room.words("o2")).gated is None


@pytest.mark.slow
async def test_an_engine_that_breaks_in_any_way_is_no_end(room: Room, speech: bytes) -> None:
    """An error nobody foresaw must not stop the centre at every start: people can still play the over."""

    def broken() -> str:
        raise ZeroDivisionError

    await room.over("o1", speech)
    async with room.hearing(broken):
        assert (await room.words("o1")).gated == UNREADABLE


async def test_a_stop_does_not_wait_for_the_engine() -> None:
    """Work beside the loop is left behind when its caller is cancelled, in a daemon thread."""
    entered, may_go, names = threading.Event(), threading.Event(), []

    def work() -> None:
        names.append((threading.current_thread().name, threading.current_thread().daemon))
        entered.set()
        may_go.wait(PATIENCE_S)

    task = asyncio.create_task(aside("ear", work), name="caller")
    await asyncio.to_thread(entered.wait, PATIENCE_S)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    may_go.set()

    assert names == [("ear", True)]
    with pytest.raises(ZeroDivisionError):
        await aside("ear", lambda: 1 // 0)
