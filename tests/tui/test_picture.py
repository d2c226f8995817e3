"""The picture in the documentation is the screen."""

import os
import re
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from bus.messages.board import LiveText
from bus.messages.status import ChannelState
from tests.support.broker import Mosquitto
from tests.tui.desk_at_work import DeskAtWork, desk_at_work
from tests.tui.example_board import NOW, ago
from tui.words import LANGUAGES, Language

DOCS = Path(__file__).parents[2] / "docs"

pytestmark = pytest.mark.slow


class StandingClock:
    """It is always the example's moment."""

    def now(self) -> datetime:
        """The moment."""
        return NOW

    def monotonic(self) -> float:
        """No time passes."""
        return 100.0


@pytest.fixture(autouse=True)
def _utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_picture_in_the_documentation_is_the_screen(
    mosquitto: Mosquitto, language: Language
) -> None:
    """`docs/console-*.txt` is what the console draws; `TONGPIN_PICTURES=new` draws them afresh."""
    async with desk_at_work(mosquitto.port, language=language, clock=StandingClock()) as desk:
        await _in_the_middle_of_things(desk)
        path = DOCS / f"console-{language}.txt"
        picture = "\n".join(line.rstrip() for line in desk.picture.splitlines()) + "\n"
        if os.environ.get("TONGPIN_PICTURES") == "new":
            path.write_text(picture, encoding="utf-8")
            if language == "en":
                drawing = re.sub(r"@font-face \{.*?\}", "", desk.app.export_screenshot(), flags=re.DOTALL)
                (DOCS / "console.svg").write_text(drawing, encoding="utf-8")
        assert path.read_text(encoding="utf-8") == picture


async def _in_the_middle_of_things(desk: DeskAtWork) -> None:
    """Somebody speaks, an incident is chosen, and a command is half-way typed."""
    topics, over = desk.centre.topics, "o9"
    busy = ChannelState(gateway="box-1", channel="main", rx="busy", since=ago(3), over=over)
    await desk.centre.publish(topics.gateway("box-1").channel_state("main"), busy.encode())
    words = LiveText(
        over=over,
        gateway="box-1",
        channel="main",
        text="control from patrol three, platform three, no sign of",
        since=ago(3),
        caller="mdc1200:1003",
        unit="P3",
        level_dbfs=-22,
    )
    await desk.centre.publish(topics.live(over), words.encode())
    desk.app.board.rows.go_to("incident:i1")
    await desk.type("d p2 t1")
    parts = ("no sign of", "3s", "P2 T1", "13:58:22")
    await desk.until(lambda: all(part in desk.picture for part in parts))
