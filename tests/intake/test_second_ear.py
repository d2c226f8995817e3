"""The second ear: a sample of the overs is heard again, counted in the journal, and disturbs nobody."""

import asyncio
import contextlib
import io
import json
import os
import threading
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import soundfile
import typer
from typer.testing import CliRunner

from bus.clock import SystemClock
from bus.ids import new_id
from hardware.errors import VoiceUnavailable
from hardware.simulators.voice import say
from intake.arrivals.arrival import PARSER, rule
from intake.background import in_background
from intake.clips import Clips
from intake.dispatch.source_commands import AcceptOver, AddTranscript
from intake.dispatch.source_events import OverCompared
from intake.dispatch.speech import OverMeta, Transcript
from intake.journal import Journal
from intake.rebuild import rebuild
from intake.second_ear import WAITING, SecondEar, in_sample
from intake.settings import SpeechSettings
from intake.site import example_site_path, load_site
from intake.speech.engine import SAMPLE_RATE
from intake.speech.wording import word_errors
from intake.writer import Commit, Writer
from tongpin.commands.speech import speech as speech_commands

AT = datetime(2026, 3, 1, 10, tzinfo=UTC)
SITE = load_site(example_site_path())
SETTINGS = SpeechSettings(second_engine="moonshine", second_share=1.0)
SAID = "All units, the suspect is walking towards the river."
PATIENCE_S = 30

app = typer.Typer()
app.add_typer(speech_commands, name="speech")


class Centre:
    """A journal, its writer, and the second ear beside them."""

    def __init__(self, folder: Path, writer: Writer) -> None:
        self.writer = writer
        self.clips = Clips(folder)
        self.ear = SecondEar(SETTINGS, self.clips, writer, SystemClock())
        self.compared: asyncio.Queue[OverCompared] = asyncio.Queue()
        writer.on_commit = self._committed

    async def over(self, id_: str, flac: bytes | None, text: str, gated: str | None = None) -> None:
        """An over with its words; without `flac` its recording is gone."""
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
        heard = Transcript(text=text, engine="vosk", model="small", confidence=0.5, gated=gated)
        words = AddTranscript(
            id=f"{id_}-words", at=AT, by=PARSER, over_id=id_, alarm_id=f"{id_}-alarm", transcript=heard
        )
        await (await self.writer.store(id_, AcceptOver(id=id_, at=AT, by=rule("channel"), meta=meta)))
        await (await self.writer.store(words.id, words))

    def _committed(self, commit: Commit) -> None:
        self.ear.committed(commit)
        for one in commit.happened:
            if isinstance(one.event, OverCompared):
                self.compared.put_nowait(one.event)


@pytest.fixture
async def centre(tmp_path: Path) -> AsyncIterator[Centre]:
    """At work, but for its second ear."""
    journal = await Journal.open(tmp_path / "journal.db")
    writer = Writer(journal, await rebuild(journal, SITE))
    task = asyncio.create_task(writer.run(), name="writer")
    yield Centre(tmp_path / "recordings", writer)
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    await journal.close()


@pytest.fixture(scope="module")
def spoken() -> bytes:
    """Somebody saying `SAID`, as FLAC."""
    try:
        samples = say(SAID, "en")
    except VoiceUnavailable as missing:
        pytest.skip(str(missing))
    buffer = io.BytesIO()
    soundfile.write(buffer, samples, SAMPLE_RATE, format="FLAC")
    return buffer.getvalue()


@pytest.mark.slow
async def test_what_two_engines_heard_is_counted_in_the_journal(
    centre: Centre, spoken: bytes, tmp_path: Path
) -> None:
    """Moonshine hears it again; a gated over is left alone, a lost recording is no end; the command tells."""
    pytest.importorskip("moonshine_voice", reason="moonshine is not installed")
    ear = asyncio.create_task(centre.ear.run(), name="ear")
    await centre.over("gated", spoken, "", gated="no_words")
    await centre.over("lost", None, "all quiet")
    await centre.over("heard", spoken, f"{SAID} quickly")
    async with asyncio.timeout(PATIENCE_S):
        compared = await centre.compared.get()
        await centre.over("later", spoken, SAID)
        assert (await centre.compared.get()).over == "later"
    ear.cancel()

    second = compared.second
    assert (compared.over, second.engine) == ("heard", "moonshine")
    assert (second.differing, second.words) == word_errors(f"{SAID} quickly", second.text)
    assert 1 <= second.differing <= 4
    assert centre.compared.empty()
    run = CliRunner().invoke(
        app, ["speech", "compare", str(tmp_path / "journal.db"), "--json", "--worst", "1"]
    )
    figures, worst = map(json.loads, run.stdout.splitlines())
    assert (figures["first"], figures["overs"], figures["words"]) == ("vosk/small", 2, 10 + 9)
    assert figures["differing"] == 2 * second.differing - 1
    assert (worst["over"], worst["first_text"]) == ("heard", f"{SAID} quickly")
    journal = await Journal.open(tmp_path / "journal.db")
    again = await rebuild(journal, SITE)
    await journal.close()
    assert again.overs == centre.writer.state.overs


async def test_a_second_engine_that_is_not_there_stops_nothing(centre: Centre) -> None:
    """Moonshine hears no Chinese: the second ear ends by itself, and the centre around it goes on."""
    settings = SpeechSettings(language="zh", second_engine="moonshine")
    ear = SecondEar(settings, centre.clips, centre.writer, SystemClock())
    async with asyncio.timeout(PATIENCE_S):
        await ear.run()


async def test_too_many_overs_are_left_out_of_the_sample(centre: Centre) -> None:
    """A second engine that cannot keep up never grows a backlog."""
    for number in range(WAITING + 5):
        await centre.over(f"o{number}", None, "all quiet")
    assert centre.ear.waiting == WAITING


def test_the_sample_is_a_share_of_all_overs_and_always_the_same() -> None:
    """By the id alone: none of them at 0, all at 1, about a fifth at 0.2, and the same ones again."""
    overs = [new_id() for _ in range(2000)]
    assert not any(in_sample(over, 0.0) for over in overs)
    assert all(in_sample(over, 1.0) for over in overs)
    fifth = [over for over in overs if in_sample(over, 0.2)]
    assert 300 < len(fifth) < 500
    assert fifth == [over for over in overs if in_sample(over, 0.2)]
    assert {over for over in overs if in_sample(over, 0.1)} <= set(fifth)


async def test_background_work_steps_back_behind_all_other_threads() -> None:
    """Its thread, and those it starts, are as nice as can be; the event loop's is not."""
    niceness: list[int] = []

    def own() -> None:
        niceness.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))

    def work() -> str:
        own()
        helper = threading.Thread(target=own)
        helper.start()
        helper.join()
        return "done"

    before = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    assert await in_background("test", work) == "done"
    assert niceness == [19, 19]
    assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) == before


def test_an_engine_is_no_second_opinion_on_itself() -> None:
    """Said when the settings are read, not found out from a disagreement of nought."""
    with pytest.raises(ValueError, match="second_engine is vosk too"):
        SpeechSettings(engine="vosk", second_engine="vosk")
