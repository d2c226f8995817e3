"""Recordings at the desk: searched, heard piece by piece, and pulled into the queue by hand."""

import base64
import io
import wave
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from bus.ids import new_id
from bus.messages.over import Caller
from bus.messages.verbs import CLIP_PIECE
from intake.dispatch.events import event_to_json
from intake.dispatch.source_events import OverTranscribed
from intake.dispatch.speech import Transcript
from intake.finding.finder import index_beside
from intake.journal import Batch, Entry, Journal
from intake.settings import RecordingSettings
from tests.support.broker import Mosquitto
from tests.support.centre_at_work import CentreAtWork, centre_in
from tests.support.dispatch_board import PARSER, START
from tests.support.small_console import SmallConsole

pytestmark = pytest.mark.slow

P1 = Caller(kind="mdc1200", id="1001", at_ms=40).model_dump(mode="json")


@pytest.fixture
async def centre(tmp_path: Path, mosquitto: Mosquitto) -> AsyncIterator[CentreAtWork]:
    """A centre, not started yet."""
    async with centre_in(tmp_path, mosquitto.port) as made:
        yield made


def noise(seconds: float) -> bytes:
    """Hiss as FLAC, which hardly gets shorter by it."""
    samples = np.random.default_rng(7).integers(-3000, 3000, int(16_000 * seconds), dtype=np.int16)
    flac = io.BytesIO()
    soundfile.write(flac, samples, 16_000, format="FLAC")
    return flac.getvalue()


async def whole(console: SmallConsole, clip: str, kind: str = "flac") -> tuple[bytes, int]:
    """A recording, and in how many pieces it came."""
    got, pieces = b"", 0
    while True:
        answer = await console.ask("clip", clip=clip, offset=len(got), format=kind)
        got += base64.b64decode(answer["data"])
        pieces += 1
        if len(got) >= answer["size"]:
            return got, pieces


async def test_a_recording_is_heard_piece_by_piece(centre: CentreAtWork) -> None:
    """The pieces together are the FLAC, byte for byte; as WAV they are its samples."""
    async with centre.run():
        box, console = await centre.box(), await centre.console()
        flac = noise(3)
        over = await box.over(flac)
        shown = await console.shows(lambda board: over in board.overs)
        clip = shown.overs[over].clip or ""
        got, pieces = await whole(console, clip)
        assert (got, pieces) == (flac, -(-len(flac) // CLIP_PIECE))
        assert pieces > 1
        heard, _ = await whole(console, clip, "wav")
        with wave.open(io.BytesIO(heard)) as file:
            assert (file.getframerate(), file.getnframes()) == (16_000, 48_000)


async def test_who_may_listen_is_decided_at_the_centre(centre: CentreAtWork) -> None:
    """Not an observer, and nobody to what is not a recording of the journal."""
    async with centre.run():
        box, console = await centre.box(), await centre.console()
        over = await box.over(noise(0.2))
        shown = await console.shows(lambda board: over in board.overs)
        clip = shown.overs[over].clip or ""
        guest = await centre.console("wall", login="guest")
        assert (await guest.refused("clip", clip=clip)).code == "role"
        for name in ("../journal.db", f"../{clip}", "2026-03-01/nothing.flac", over):
            assert (await console.refused("clip", clip=name)).code == "no-clip"
        (centre.settings.centre.recordings / clip).unlink()
        assert (await console.refused("clip", clip=clip)).code == "no-clip"


async def test_an_over_is_found_and_pulled_into_the_queue_once(centre: CentreAtWork) -> None:
    """By the unit whose radio it was; queued by hand it is an alarm with its clip, and not twice."""
    async with centre.run():
        box, console = await centre.box(), await centre.console()
        over = await box.over(noise(0.2), callers=[P1])
        await box.over(noise(0.2))
        await console.shows(lambda board: len(board.overs) == 2)
        while not (found := (await console.ask("find", unit="P1"))["rows"]):
            continue
        assert [row["id"] for row in found] == [over]
        pulled = {"over": over, "alarm": new_id(), "text": "三号站台有人打架"}
        await console.ask("pull", **pulled)
        shown = await console.shows(lambda board: pulled["alarm"] in board.alarms)
        row = shown.alarms[pulled["alarm"]]
        assert (row.type, row.place, row.caller_unit) == ("fight", "platform-3", "P1")
        assert row.clip == shown.overs[over].clip
        assert (await console.refused("pull", over=over, alarm=new_id())).code == "over-queued"
        guest = await centre.console("wall", login="guest")
        assert (await guest.refused("pull", over=over, alarm=new_id())).code == "role"


async def test_a_recording_kept_no_longer_is_said_to_be_gone(centre: CentreAtWork) -> None:
    """Removed for room while the centre runs: the row has no clip, and soon there is no file."""
    settings = centre.settings
    async with centre.run():
        box, console = await centre.box(), await centre.console()
        over = await box.over(noise(0.2))
        shown = await console.shows(lambda board: over in board.overs)
        clip = settings.centre.recordings / (shown.overs[over].clip or "")
        assert clip.exists()
    journal = await Journal.open(settings.centre.journal)
    await journal.append([heard_nothing(over)])
    await journal.close()
    limited = RecordingSettings(keep_days=0, keep_gb=1e-9, evidence_days=0)
    centre.settings = settings.model_copy(update={"recordings": limited})
    async with centre.run():
        console = await centre.console("desk-2")
        shown = await console.shows(lambda board: board.overs[over].clip is None)
        while clip.exists():
            await console.snapshot()
        assert (await console.refused("clip", clip=f"{clip.parent.name}/{clip.name}")).code == "no-clip"


def heard_nothing(over: str) -> Batch:
    """The gate found no speech in it."""
    transcript = Transcript(text="", engine="test", model="test", confidence=0, gated="no_speech")
    event = OverTranscribed(id="t/0", action="t", at=START, by=PARSER, over_id=over, transcript=transcript)
    return Batch("t", (Entry(event.at, event.kind, event_to_json(event), (over,)),))


async def test_a_search_that_fails_stops_nothing_else(centre: CentreAtWork) -> None:
    """Where the index should be is a folder: the search says so, and alarms come in as ever."""
    index_beside(centre.settings.centre.journal).mkdir(parents=True)
    async with centre.run():
        box, console = await centre.box(), await centre.console(login=None)
        await console.until(lambda: bool(console.centre) and console.centre[-1].problems == ("search",))
        await console.sign_in("zhang")
        await console.follow()
        sent = await box.send(box.signal())
        await console.shows(lambda board: sent in board.alarms)
        assert (await console.refused("find", words="red")).code == "no-search"
