"""A row opened with Enter: all of it can be read, on the smallest screen too."""

import pytest

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
