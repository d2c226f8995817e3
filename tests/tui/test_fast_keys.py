"""Keys that come at once, as a slow line delivers them: each does what it would have done alone."""

from pathlib import Path

import pytest
from textual.events import Key

from tests.support.broker import Mosquitto
from tests.tui.desk_at_work import RIGHT, desk_at_work
from tui.screens.history import HistoryScreen
from tui.screens.menu import MenuScreen
from tui.words import Words

pytestmark = pytest.mark.slow


async def test_the_password_never_lands_where_it_is_read(mosquitto: Mosquitto, state_home: Path) -> None:
    """Name, Enter, password, Enter, and the password again before the centre has refused the first."""
    async with desk_at_work(mosquitto.port, login=None, live=False) as desk:
        await desk.until(lambda: "Name" in desk.picture)
        desk.at_once(f"li\rwrong\r{RIGHT}\r")
        asked = await desk.centre.asked("sign-in")
        assert (asked.args["login"], asked.args["password"]) == ("li", "wrong")
        await desk.until(lambda: "Login or password is wrong." in desk.picture)
        await desk.pilot.press("enter")
        assert (await desk.centre.asked("sign-in", 2)).args["password"] == RIGHT
        await desk.until(lambda: desk.app.screen is desk.app.board)
        assert desk.app.board.command_line.input.value == ""
    assert not list(state_home.rglob("draft.json"))


async def test_who_types_the_password_twice_is_let_in_once(mosquitto: Mosquitto) -> None:
    """The form leaves nobody in the middle of a word: the rest of it would be read on the board."""
    async with desk_at_work(mosquitto.port, login=None, live=False) as desk:
        await desk.until(lambda: "Name" in desk.picture)
        desk.at_once(f"li\r{RIGHT}\r{RIGHT[:3]}")
        await desk.until(lambda: Words("en")("signin.done") in desk.picture)
        desk.at_once(f"{RIGHT[3:]}\rn 1034")
        await desk.until(lambda: desk.app.board.command_line.input.value == "n 1034")


async def test_tab_is_waited_for_too(mosquitto: Mosquitto) -> None:
    """As people do in forms."""
    async with desk_at_work(mosquitto.port, login=None, live=False) as desk:
        await desk.until(lambda: "Name" in desk.picture)
        desk.at_once(f"li\t{RIGHT}\r")
        assert (await desk.centre.asked("sign-in")).args["login"] == "li"


@pytest.mark.parametrize("line", ["note 1034 a bag", "find a bag", "back p1 enroute", "P1"])
async def test_letters_after_esc_are_for_the_board(mosquitto: Mosquitto, line: str) -> None:
    """Terminals send them as Alt and a letter; no key of the history is among them, A least of all."""
    async with desk_at_work(mosquitto.port) as desk:
        await desk.pilot.press("f4")
        await desk.until(lambda: isinstance(desk.app.screen, HistoryScreen))
        desk.at_once(f"\x1b{line}")
        await desk.until(lambda: desk.app.board.command_line.input.value == line)
        assert desk.app.screen is desk.app.board
        assert "pull" not in {verb for verb, _ in desk.centre.requests}


@pytest.mark.parametrize(("key", "line"), [(" ", ""), ("\r", ""), ("/", "/"), ("1", "1"), (".", ".")])
async def test_esc_is_not_lost_before_any_other_key(mosquitto: Mosquitto, key: str, line: str) -> None:
    """The history is left, and the key is for the board."""
    async with desk_at_work(mosquitto.port) as desk:
        await desk.pilot.press("f4")
        await desk.until(lambda: isinstance(desk.app.screen, HistoryScreen))
        desk.at_once(f"\x1b{key}")
        await desk.until(lambda: desk.app.screen is desk.app.board)
        await desk.until(lambda: desk.app.board.command_line.input.value == line)


async def test_each_key_finds_what_the_one_before_did(mosquitto: Mosquitto) -> None:
    """Editing, and two lines one after the other, from the board: as if typed slowly."""
    async with desk_at_work(mosquitto.port) as desk:
        typed = desk.app.board.command_line.input
        desk.at_once("xabc\x7f\x7fde\x1b[Dq")
        await desk.until(lambda: typed.value == "xadqe")
        desk.at_once("\x05\x15note 1034 one\rnote 1034 two\rhalf\x15ha")
        texts = [(await desk.centre.asked("note", n)).args["text"] for n in (1, 2)]
        assert texts == ["one", "two"]
        await desk.until(lambda: typed.value == "ha")


async def test_letters_after_a_key_that_asks_for_text_are_text(mosquitto: Mosquitto) -> None:
    """`/a` searches for a, and puts nothing into the queue, also while the page is still being filled.

    F10 opens the menu for all that follows.
    """
    async with desk_at_work(mosquitto.port) as desk:
        desk.at_once("/a bag\r", Key("f4", None))
        await desk.until(lambda: isinstance(desk.app.screen, HistoryScreen))
        await desk.until(lambda: "a bag" in [asked.args.get("words") for _, asked in desk.centre.requests])
        await desk.pilot.press("escape")
        desk.at_once("/a n", Key("f4", None))
        await desk.centre.asked("find", 2)
        desk.at_once("ote\r")
        await desk.until(lambda: "a note" in [asked.args.get("words") for _, asked in desk.centre.requests])
        assert "pull" not in {verb for verb, _ in desk.centre.requests}
        await desk.pilot.press("escape")
        desk.at_once("dispa\r", Key("f10", None))
        await desk.until(lambda: desk.app.board.command_line.input.value == "dispatch ")
        assert not isinstance(desk.app.screen, MenuScreen)


async def test_a_line_longer_than_the_screen_shows_its_end(mosquitto: Mosquitto) -> None:
    """Letters move nothing else on the screen, and still the place where the next one goes is seen."""
    async with desk_at_work(mosquitto.port) as desk:
        desk.at_once(f"note 1034 {'a' * 200} the end")
        await desk.until(lambda: "the end" in desk.picture)
        desk.at_once("\x01")
        await desk.until(lambda: "> note 1034" in desk.picture)


async def test_a_key_of_the_list_is_the_lists_whatever_comes_with_it(mosquitto: Mosquitto) -> None:
    """Home and the beginning of a line in one piece: the cursor goes to the top, and the line is whole."""
    async with desk_at_work(mosquitto.port) as desk:
        await desk.pilot.press("down", "down")
        desk.at_once("\x1b[Hcl .")
        await desk.until(lambda: "> cl ." in desk.picture)
        assert desk.app.board.rows.key == desk.app.board.rows.lines[0].key
