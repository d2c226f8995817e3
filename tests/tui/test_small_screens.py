"""Nothing that matters is out of reach on a small screen."""

import pytest

from bus.messages.request import Problem
from tests.support.broker import Mosquitto
from tests.tui.desk_at_work import desk_at_work

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_an_open_detail_is_paged(mosquitto: Mosquitto, size: tuple[int, int]) -> None:
    """Page down goes to its end and no further, page up back to its top, Esc closes it; the cursor stays."""
    async with desk_at_work(mosquitto.port, size=size) as desk:
        facts = desk.app.board.query_one("#detail-facts")
        desk.app.board.rows.go_to("incident:i1")
        await desk.until(lambda: "bag taken" in desk.picture or size[0] == 80)
        key = desk.app.board.rows.key
        await desk.pilot.press("enter")
        await desk.until(lambda: "PgUp PgDn" in desk.picture)
        await desk.pilot.press("pagedown", "pagedown", "pagedown")
        await desk.until(lambda: facts.scroll_offset.y == facts.max_scroll_y)
        await desk.pilot.press("pageup", "pageup", "pageup")
        await desk.until(lambda: facts.scroll_offset.y == 0 and "bag taken" in desk.picture)
        assert desk.app.board.rows.key == key
        await desk.pilot.press("escape")
        await desk.until(lambda: "PgUp PgDn" not in desk.picture)


async def test_a_row_keeps_its_marks_at_a_hundred_columns(mosquitto: Mosquitto) -> None:
    """The units beside the queue leave it room for what is overdue, offered, repeated."""
    async with desk_at_work(mosquitto.port, size=(100, 30)) as desk:
        await desk.until(lambda: "O on scene x2" in desk.picture)


async def test_a_long_sentence_goes_on_in_place_of_the_keys(mosquitto: Mosquitto) -> None:
    """What a refusal advises, or a line would do, stands at its end; the keys come back after it."""
    async with desk_at_work(mosquitto.port, size=(80, 24)) as desk:
        text = "two men with a ladder behind the parcel store, they say they are painters"
        desk.app.board.begin(f"n 1034 {text}")
        await desk.until(lambda: "they are painters" in desk.picture.splitlines()[-1])
        assert "F1 Help" not in desk.picture
        desk.app.board.begin("")
        await desk.until(lambda: "F1 Help" in desk.picture.splitlines()[-1])


@pytest.mark.parametrize(("key", "becomes"), [((), "x"), (("end",), "n 1034 goodx")])
async def test_a_refused_line_makes_way_or_is_corrected(
    mosquitto: Mosquitto, key: tuple[str, ...], becomes: str
) -> None:
    """A new line begins by typing; a key that moves the cursor keeps the old one."""
    async with desk_at_work(mosquitto.port) as desk:
        desk.centre.answers["note"] = lambda _: Problem(code="role", en="Not you.", zh="无权。")
        await desk.type("n 1034 good")
        await desk.pilot.press("enter")
        await desk.says("refused: Not you.")
        await desk.pilot.press(*key, "x")
        assert desk.app.board.command_line.input.value == becomes
