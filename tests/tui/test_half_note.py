"""A note for the next shift is not lost before it is left: put aside, killed with the console, or refused."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.widgets import Input

from bus.messages.request import Problem
from tests.support.broker import Mosquitto
from tests.tui.desk_at_work import DeskAtWork, desk_at_work
from tests.tui.tour import evening
from tui.words import LANGUAGES, Language, Words

pytestmark = pytest.mark.slow

CTRL_Q = "\x11"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A request without an answer is soon sent again."""
    monkeypatch.setattr("tui.desk.REPEAT_S", 0.1)


@asynccontextmanager
async def handing_over(mosquitto: Mosquitto, language: Language = "en") -> AsyncIterator[DeskAtWork]:
    """A console on the hand-over page."""
    async with desk_at_work(mosquitto.port, board=evening(), language=language) as desk:
        await desk.pilot.press("f7")
        begun = Words(language)("brief.not_yet", who="zhang")
        await desk.until(lambda: begun in desk.picture)
        yield desk


def field(desk: DeskAtWork) -> Input:
    """Where notes are written."""
    return desk.app.screen.query_one("#page-input", Input)


def sent(desk: DeskAtWork) -> list[str]:
    """The notes that were sent, each once."""
    asked = {one.id: one.args["text"] for verb, one in desk.centre.requests if verb == "handover-note"}
    return list(asked.values())


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_half_written_note_is_there_at_the_next_start(
    mosquitto: Mosquitto, language: Language
) -> None:
    """The page shows whose and when, its list has the keys; `n` goes on with it; left, it is no draft."""
    shown = {"en": "UNSENT NOTE (zhang, ", "zh": "未发出的留言（zhang，"}[language]
    async with handing_over(mosquitto, language) as desk:
        await desk.pilot.press("n", *"key")
    async with handing_over(mosquitto, language) as desk:
        await desk.until(lambda: shown in desk.picture and "key" in desk.picture)
        assert not field(desk).has_focus
        await desk.pilot.press("n", *"s", "enter")
        await desk.centre.asked("handover-note")
        assert sent(desk) == ["keys"]
        await desk.until(lambda: shown not in desk.picture and field(desk).value == "")
    async with handing_over(mosquitto, language) as desk:
        assert shown not in desk.picture


async def test_a_note_that_is_put_aside_is_kept(mosquitto: Mosquitto) -> None:
    """Esc, and another page: it is a draft; emptied it is none."""
    async with handing_over(mosquitto) as desk:
        await desk.pilot.press("n", *"key", "escape")
        await desk.until(lambda: "UNSENT NOTE" in desk.picture)
        await desk.pilot.press("f3", "f7")
        await desk.until(lambda: "UNSENT NOTE" in desk.picture)
        await desk.pilot.press("n", "ctrl+u", "escape")
        await desk.until(lambda: "UNSENT NOTE" not in desk.picture)
        assert sent(desk) == []


async def test_a_refused_note_comes_back_before_the_next(mosquitto: Mosquitto) -> None:
    """What was typed meanwhile stays after it, and the sentence says why."""
    async with handing_over(mosquitto) as desk:
        desk.centre.answers["handover-note"] = lambda _: Problem(code="x", en="Not now.", zh="现在不行。")
        desk.centre.mute.add("handover-note")
        desk.at_once("nkey\rnof ga")
        await desk.centre.asked("handover-note")
        await desk.until(lambda: field(desk).value == "of ga")
        desk.centre.mute.clear()
        await desk.until(lambda: field(desk).value == "key of ga")
        await desk.pilot.press(*"te")
        assert field(desk).value == "key of gate"
        assert "Not now." in desk.picture


async def test_two_notes_at_once_are_two(mosquitto: Mosquitto) -> None:
    """The field is empty for the second, also before the first is answered."""
    async with handing_over(mosquitto) as desk:
        desk.at_once("nkey\rndoor\r")
        await desk.centre.asked("handover-note", 2)
        assert sent(desk) == ["key", "door"]


async def test_a_note_without_an_answer_is_told_at_the_next_start(
    mosquitto: Mosquitto, state_home: Path
) -> None:
    """It may be in the list already: people look there first."""
    async with handing_over(mosquitto) as desk:
        desk.centre.mute.add("handover-note")
        desk.at_once(f"nkey\r{CTRL_Q}")
        await desk.told("Leaving as soon as the centre has answered")
        await desk.pilot.press("ctrl+q")
        await desk.until(lambda: desk.app._exit)
    (kept,) = state_home.rglob("note.json")
    assert json.loads(kept.read_text(encoding="utf-8"))["sent"]
    async with handing_over(mosquitto) as desk:
        await desk.until(lambda: "NOTE SENT, no answer seen (zhang, " in desk.picture)
