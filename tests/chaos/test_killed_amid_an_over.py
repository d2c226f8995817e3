"""The centre dies while somebody speaks: what he said is written down after its restart, once."""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import soundfile

from bus.messages.board import LiveText
from bus.topics import Topics
from hardware.audio.format import SAMPLE_RATE, Samples
from hardware.errors import VoiceUnavailable
from hardware.simulators.fm import through_radio
from hardware.simulators.voice import say
from intake.dispatch.source_events import OverTranscribed
from intake.site import example_site_path, load_site
from tests.support.broker import Mosquitto
from tests.support.evidence import journaled_events, spooled_rows
from tests.support.links import running
from tests.support.programs import Program, box, centre, comes_true

PATIENCE_S = 40.0
SAID = (
    "control from patrol three, there is a man with a red jacket at the ticket office, "
    "he is shouting at the staff and will not leave, please send somebody"
)

pytestmark = [pytest.mark.chaos, pytest.mark.slow]


@dataclass(frozen=True)
class Site:
    """A box that hears one over after ten quiet seconds, and a centre that listens."""

    folder: Path
    broker: Mosquitto
    centre: Program

    async def somebody_speaks(self) -> LiveText:
        """The first words a console sees of an over that is still running."""
        topics = Topics(load_site(example_site_path()).id)
        async with running(self.broker.port, "desk-9", topics.live("+")) as desk, asyncio.timeout(PATIENCE_S):
            async for inbound in desk.messages():
                text = LiveText.decode(inbound.payload)
                if text.text and not text.done:
                    return text
        raise AssertionError


@pytest.fixture
def site(mortal_mosquitto: Mosquitto, tmp_path: Path) -> Iterator[Site]:
    """At work."""
    try:
        over = through_radio(say(SAID, "en"), 25, np.random.default_rng(1))
    except VoiceUnavailable as missing:
        pytest.skip(str(missing))
    talk = tmp_path / "talk.flac"
    soundfile.write(talk, np.concatenate((quiet(16), over, quiet(2))), SAMPLE_RATE)
    with ExitStack() as stack:
        listening = stack.enter_context(centre(tmp_path, mortal_mosquitto.port, "en"))
        stack.enter_context(box(tmp_path, mortal_mosquitto.port, [], scale=1, talk=talk))
        yield Site(tmp_path, mortal_mosquitto, listening)


def quiet(seconds: int) -> Samples:
    """The hiss of a sound card."""
    return np.random.default_rng(1).normal(0, 8, seconds * SAMPLE_RATE).astype(np.int16)


async def test_a_centre_killed_amid_an_over_has_its_words_after_all(site: Site) -> None:
    """Its words were on a console's screen when it died; the recording gives them to the next life, once."""
    await site.somebody_speaks()
    site.centre.kill9()
    site.centre.start()
    journal = site.folder / "journal.db"
    assert comes_true(lambda: spooled_rows(site.folder / "spool.db") == 0, PATIENCE_S), site.centre.log
    assert comes_true(lambda: bool(journaled_events(journal, "over.transcribed")), PATIENCE_S)
    site.centre.stop()

    (over,) = journaled_events(journal, "over.transcribed")
    assert len(journaled_events(journal, "over.accepted")) == 1
    assert isinstance(over, OverTranscribed)
    assert over.transcript.heard_from == "recording"
    assert "ticket office" in over.transcript.text.lower()
