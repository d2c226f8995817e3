"""The other language with one key, whatever is open."""

import pytest

from tests.support.broker import Mosquitto
from tests.tui.desk_at_work import desk_at_work
from tui.words import Words

pytestmark = pytest.mark.slow


async def test_who_signs_in_may_choose_the_language_first(mosquitto: Mosquitto) -> None:
    """The form speaks it, and keeps what was typed."""
    async with desk_at_work(mosquitto.port, login=None, live=False) as desk:
        await desk.until(lambda: "Sign in" in desk.picture)
        await desk.type("li")
        await desk.pilot.press("ctrl+l")
        await desk.until(lambda: Words("zh")("signin.help") in desk.picture and "li" in desk.picture)
        assert "Sign in" not in desk.picture


@pytest.mark.parametrize(
    ("key", "name"), [("f1", "help"), ("f4", "history"), ("f7", "brief"), ("f10", "menu"), ("f3", "roster")]
)
async def test_an_open_page_speaks_it_at_once(mosquitto: Mosquitto, key: str, name: str) -> None:
    """Its name and its keys too."""
    async with desk_at_work(mosquitto.port) as desk:
        await desk.pilot.press(key)
        await desk.until(lambda: Words("en")(f"{name}.keys") in desk.picture)
        await desk.pilot.press("ctrl+l")
        await desk.until(lambda: Words("zh")(f"{name}.keys") in desk.picture)
        assert Words("en")(f"{name}.title") not in desk.picture
