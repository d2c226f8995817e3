"""The history: searched, played with a program of the machine, and pulled into the queue."""

import base64
import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from bus.messages.request import Problem, Request
from bus.messages.verbs import Find
from tests.support.broker import Mosquitto
from tests.support.sound_server import sound_server, what_is_missing
from tests.tui.desk_at_work import DeskAtWork, desk_at_work
from tests.tui.example_board import snapshot
from tui.findings import KEPT, PAGE, Findings
from tui.listening import LISTENING
from tui.player import KNOWN, found_player
from tui.screens.history import HistoryScreen

pytestmark = pytest.mark.slow

FLAC = bytes(range(256)) * 300
PIECE = 50_000


def clip(request: Request) -> dict[str, Any]:
    """A piece of the recording."""
    offset = request.args["offset"]
    return {"data": base64.b64encode(FLAC[offset : offset + PIECE]).decode(), "size": len(FLAC)}


def find(request: Request) -> dict[str, Any]:
    """The overs of the example board, the newest first; of a search for units only the last."""
    rows = [row.model_dump(mode="json") for row in reversed(snapshot().tables.overs)]
    rows = rows[:1] if request.args["unit"] else rows
    return {"rows": rows, "more": False, "count": len(rows), "upto": 9}


def years(request: Request) -> dict[str, Any]:
    """A page of 200,000 overs."""
    some = snapshot().tables.overs[0]
    places = range(request.args["skip"], request.args["skip"] + request.args["limit"])
    rows = [some.model_copy(update={"id": f"y{at}", "text": f"over {at} of years"}) for at in places]
    first = {"count": 200_000, "upto": 7} if request.args["upto"] is None else {}
    return {"rows": [row.model_dump(mode="json") for row in rows], "more": True, **first}


@pytest.fixture
def heard(tmp_path: Path) -> Path:
    """Where the player of these tests puts what it was given."""
    return tmp_path / "heard"


@pytest.fixture
async def desk(mosquitto: Mosquitto, heard: Path) -> AsyncIterator[DeskAtWork]:
    """A console whose player copies the recording."""
    async with desk_at_work(mosquitto.port, player=f"""sh -c 'cp "$0" {heard}'""") as made:
        made.centre.answers |= {"clip": clip, "find": find}
        yield made


async def test_what_was_said_is_searched_and_heard(desk: DeskAtWork, heard: Path) -> None:
    """F4 lists the newest first, a typed line narrows it, Enter plays the recording of the row."""
    await desk.pilot.press("f4")
    await desk.until(lambda: "5 found" in desk.picture)
    assert "mdc1200 1a2b ?" in desk.picture
    assert "(noise)" in desk.picture
    await desk.pilot.press("slash")
    await desk.type("red unit:p2")
    await desk.pilot.press("enter")
    await desk.until(lambda: "1 found" in desk.picture)
    asked = await desk.centre.asked("find", 2)
    assert (asked.args["words"], asked.args["unit"]) == ("red", "P2")
    await desk.pilot.press("enter")
    await desk.until(heard.exists)
    assert heard.read_bytes() == FLAC
    assert [one.args["offset"] for verb, one in desk.centre.requests if verb == "clip"] == [0, PIECE]
    assert (await desk.centre.asked("clip")).args["clip"] == "2026-03-01/o5.flac"
    await desk.pilot.press("escape")
    await desk.until(lambda: "QUEUE" in desk.picture)


async def test_of_a_long_history_only_what_is_seen_is_fetched(desk: DeskAtWork) -> None:
    """End goes to the oldest at once; pages between are never asked for, and all are of one finding."""
    desk.centre.answers["find"] = years
    await desk.pilot.press("f4")
    await desk.until(lambda: "over 0 of years" in desk.picture and "200000 found" in desk.picture)
    await desk.pilot.press("end")
    await desk.until(lambda: "over 199999 of years" in desk.picture)
    await desk.pilot.press("pageup", "pagedown")
    await desk.until(lambda: "over 199999 of years" in desk.picture)
    await desk.pilot.press("home", "down")
    await desk.until(lambda: "over 1 of years" in desk.picture)
    screen = desk.app.screen
    assert isinstance(screen, HistoryScreen)
    assert screen.rows.key == "over:1"
    asked = [request.args for verb, request in desk.centre.requests if verb == "find"]
    assert {one["upto"] for one in asked[1:]} == {7}
    assert len({one["skip"] for one in asked}) == len(asked) <= 6
    assert max(one["skip"] for one in asked) == 199_950


def test_no_more_pages_are_kept_than_somebody_looks_at() -> None:
    """Through months and back: the farthest is forgotten, what is awaited is not asked for again."""
    found = Findings(Find(), 100 * PAGE)
    for page in range(2 * KEPT):
        assert page in found.wanted(page * PAGE, 40)
        found = found.awaiting(page)
        assert page not in found.wanted(page * PAGE, 40)
        found = found.with_page(page, snapshot().tables.overs[:1])
    assert len(found.pages) == KEPT
    assert found.over((2 * KEPT - 1) * PAGE) is not None
    assert found.over((2 * KEPT - 1) * PAGE + 1) is None
    assert found.over(0) is None
    assert found.awaiting(0).without(0).wanted(0, 40) == [0, 1]
    assert Findings(Find(), 3).wanted(0, 40) == [0]


async def test_the_top_alarm_is_claimed_from_the_history_too(desk: DeskAtWork) -> None:
    """F9 never depends on what is open: it goes back to the board and claims."""
    await desk.pilot.press("f4")
    await desk.until(lambda: "5 found" in desk.picture)
    await desk.pilot.press("f9")
    assert (await desk.centre.asked("claim")).args["alarm"] == "a1"
    await desk.until(lambda: "QUEUE" in desk.picture)


async def test_an_over_without_words_goes_into_the_queue_by_hand(desk: DeskAtWork) -> None:
    """`gated` lists them, A makes an alarm of one, and what came of it is said."""
    await desk.type("gated")
    await desk.pilot.press("enter")
    assert (await desk.centre.asked("find")).args["gated"] is True
    await desk.until(lambda: "5 found" in desk.picture)
    await desk.pilot.press("a")
    asked = await desk.centre.asked("pull")
    assert asked.args["over"] == "o5"
    assert asked.args["alarm"]
    await desk.until(lambda: "done: put the over of" in desk.picture)


async def test_the_chosen_alarm_is_heard_with_one_key(desk: DeskAtWork, heard: Path) -> None:
    """Space on a row of the queue, Ctrl+P while typing; a row without a recording says so."""
    desk.app.board.rows.go_to("alarm:a1")
    await desk.pilot.press("space")
    await desk.told("no recording here")
    desk.app.board.rows.go_to("alarm:a2")
    await desk.pilot.press("space")
    await desk.until(heard.exists)
    heard.unlink()
    await desk.type("n 1034 heard it")
    await desk.pilot.press("ctrl+p")
    await desk.until(heard.exists)
    assert len([1 for verb, _ in desk.centre.requests if verb == "clip"]) == 2


async def test_an_over_of_the_channel_strip_is_heard(desk: DeskAtWork, heard: Path) -> None:
    """Tab goes to the timeline and on to the strip, at its newest line; Esc goes back to the queue."""
    await desk.pilot.press("tab", "tab")
    focused = desk.app.screen.focused
    assert focused is not None
    assert focused.id == "radio-rows"
    await desk.pilot.press("up", "enter")
    await desk.until(heard.exists)
    assert (await desk.centre.asked("clip")).args["clip"] == "2026-03-01/o4.flac"
    await desk.pilot.press("escape")
    assert desk.app.screen.focused is desk.app.board.rows


async def test_a_recording_is_stopped(mosquitto: Mosquitto, heard: Path) -> None:
    """The same key again ends the program that plays."""
    async with desk_at_work(mosquitto.port, player=f"sh -c 'echo $$ > {heard}; exec sleep 60'") as desk:
        desk.centre.answers["clip"] = clip
        desk.app.board.rows.go_to("alarm:a2")
        await desk.pilot.press("space")
        await desk.until(lambda: heard.exists() and heard.read_text().endswith("\n"))
        await desk.pilot.press("space")
        await desk.until(lambda: not Path(f"/proc/{heard.read_text().strip()}").exists())
        assert "cannot play" not in desk.picture


async def test_without_sound_the_file_is_named(
    mosquitto: Mosquitto, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No player, or one that fails: the recording is there to be copied, until the console is left."""
    monkeypatch.setenv("PATH", str(tmp_path))
    async with desk_at_work(mosquitto.port, size=(160, 40)) as desk:
        desk.centre.answers["clip"] = clip
        path = await _named(desk, "has no player")
        assert path.read_bytes() == FLAC
    assert not path.exists()
    monkeypatch.undo()
    async with desk_at_work(
        mosquitto.port, size=(160, 40), player="sh -c 'echo no sound card >&2; exit 1'"
    ) as desk:
        desk.centre.answers["clip"] = clip
        assert (await _named(desk, "(no sound card)")).exists()


async def _named(desk: DeskAtWork, part: str) -> Path:
    desk.app.board.rows.go_to("alarm:a2")
    await desk.pilot.press("space")
    return Path((await desk.told(part)).rpartition(" ")[2])


async def test_a_recording_sounds(
    mosquitto: Mosquitto, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a real sound server `paplay` plays the FLAC as it came, and nobody is told of any trouble."""
    if missing := what_is_missing():
        pytest.skip(missing)
    flac = io.BytesIO()
    soundfile.write(flac, np.zeros(8000, np.int16), 16_000, format="FLAC")
    whole = {"data": base64.b64encode(flac.getvalue()).decode(), "size": len(flac.getvalue())}
    with sound_server(tmp_path) as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        async with desk_at_work(mosquitto.port, player="paplay") as desk:
            desk.centre.answers["clip"] = lambda _: whole
            desk.app.board.rows.go_to("alarm:a2")
            await desk.pilot.press("space")
            await desk.told("playing")
            await desk.until(lambda: not any(one.group == LISTENING for one in desk.app.workers))
            assert [one.message for one in desk.app._notifications] == ["playing; Ctrl+P stops"]


async def test_who_may_not_listen_is_told_by_the_centre(desk: DeskAtWork) -> None:
    """The centre's sentence is shown as it is."""
    desk.centre.answers["clip"] = lambda _: Problem(code="role", en="observer may not do this.", zh="无权。")
    desk.app.board.rows.go_to("alarm:a2")
    await desk.pilot.press("space")
    await desk.told("observer may not do this.")


async def test_an_unknown_radio_is_named_from_the_list(desk: DeskAtWork) -> None:
    """`radio` lists those nobody knows first; Enter begins the line that names one."""
    await desk.type("radio")
    await desk.pilot.press("enter")
    await desk.until(lambda: "heard 2 times" in desk.picture)
    await desk.pilot.press("home", "enter")
    await desk.until(lambda: desk.app.board.command_line.input.value == "radio mdc1200:1a2b ")
    await desk.type("p5")
    await desk.pilot.press("enter")
    asked = await desk.centre.asked("radio")
    assert asked.args == {"radio": "mdc1200:1a2b", "unit": "P5"}


def test_the_first_player_there_is_plays() -> None:
    """In the order known; a player of the settings stands before them, and `aplay` gets WAV."""
    only_alsa = found_player(None, lambda name: name if name == "aplay" else None)
    assert only_alsa is not None
    assert (only_alsa.name, only_alsa.kind) == ("aplay", "wav")
    assert found_player(None, lambda _: None) is None
    assert found_player(None, lambda name: name) is KNOWN[0]
    own = found_player("/usr/bin/aplay -D hw:1", lambda _: None)
    assert own is not None
    assert (own.argv, own.kind) == (("/usr/bin/aplay", "-D", "hw:1"), "wav")
