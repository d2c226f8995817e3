"""Ctrl+Q: what was ordered is answered first, and nothing ordered is lost in silence."""

import gc

import pytest

from bus.messages.request import Problem
from tests.support.broker import Mosquitto
from tests.tui.desk_at_work import desk_at_work

pytestmark = pytest.mark.slow

CTRL_Q = "\x11"
ORDER = "n 1034 seen"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A request without an answer is soon sent again."""
    monkeypatch.setattr("tui.desk.REPEAT_S", 0.1)


async def test_enter_and_leaving_in_one_moment_is_an_order(mosquitto: Mosquitto) -> None:
    """It is sent, the console says what it waits for, and leaves with the answer; nothing is left to do."""
    async with desk_at_work(mosquitto.port) as desk:
        desk.centre.mute.add("note")
        desk.at_once(f"{ORDER}\r{CTRL_Q}")
        assert (await desk.centre.asked("note")).args["text"] == "seen"
        await desk.told("Leaving as soon as the centre has answered")
        assert not desk.app._exit
        desk.centre.mute.clear()
        await desk.until(lambda: desk.app._exit)
    async with desk_at_work(mosquitto.port) as desk:
        assert desk.app.board.command_line.input.value == ""


async def test_who_is_refused_does_not_leave_without_knowing(mosquitto: Mosquitto) -> None:
    """The sentence and the line are there to read; asked again, the console leaves."""
    async with desk_at_work(mosquitto.port) as desk:
        desk.centre.answers["note"] = lambda _: Problem(
            code="closed", en="1034 is closed.", zh="1034 已结案。"
        )
        desk.at_once(f"{ORDER}\r{CTRL_Q}")
        await desk.says("refused: 1034 is closed.")
        await desk.told("Still here")
        assert desk.app.board.command_line.input.value == ORDER
        await desk.pilot.press("ctrl+q")
        await desk.until(lambda: desk.app._exit)


async def test_who_leaves_without_the_answer_is_told_at_the_next_start(mosquitto: Mosquitto) -> None:
    """The line is kept, marked as sent, and the first Enter does not send it again."""
    async with desk_at_work(mosquitto.port) as desk:
        desk.centre.mute.add("note")
        desk.at_once(f"{ORDER}\r{CTRL_Q}")
        await desk.told("Leaving as soon as the centre has answered")
        await desk.pilot.press("ctrl+q")
        await desk.until(lambda: desk.app._exit)
    async with desk_at_work(mosquitto.port) as desk:
        await desk.says(
            "SENT BEFORE THE CONSOLE ENDED, no answer seen: look at the board. Enter: note on 1034"
        )
        await desk.pilot.press("enter")
        await desk.says("Enter: note on 1034")
        assert "note" not in {verb for verb, _ in desk.centre.requests}


async def test_both_keys_that_leave_at_once_may_come_in_one_piece(mosquitto: Mosquitto) -> None:
    """A waiting that never began would be told as a fault of ours."""
    async with desk_at_work(mosquitto.port) as desk:
        desk.at_once(f"{CTRL_Q}{CTRL_Q}")
        await desk.until(lambda: desk.app._exit)
    gc.collect()


async def test_what_a_page_ordered_is_answered_though_the_page_is_left(mosquitto: Mosquitto) -> None:
    """Esc right after the key; a refusal is told over the board."""
    async with desk_at_work(mosquitto.port) as desk:
        desk.centre.answers["handover"] = lambda _: Problem(code="x", en="Not you.", zh="不是你。")
        desk.centre.mute.add("handover")
        await desk.pilot.press("f7", "o", "escape")
        await desk.centre.asked("handover")
        assert desk.app.screen is desk.app.board
        desk.centre.mute.clear()
        await desk.told("Not you.")
