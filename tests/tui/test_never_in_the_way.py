"""What arrives moves nothing: not the cursor, not the keys, not what is typed. It is counted."""

import pytest
from textual.widgets import Input

from bus.messages.board import Tables
from tests.support.broker import Mosquitto
from tests.tui.desk_at_work import desk_at_work
from tests.tui.example_board import NOW, ago, alarm, snapshot
from tui.mirror import from_snapshot
from tui.screens.units import UnitsScreen
from tui.view.arrivals import Arrivals
from tui.view.sight import Sight
from tui.words import LANGUAGES, Language, Words

SIXTEEN = tuple(alarm(f"n{n}", priority=n % 3, recorded_at=ago(0), said_at=ago(0)) for n in range(16))


def test_what_came_is_counted_until_the_line_is_empty() -> None:
    """Claimed meanwhile counts no more; a new line begins anew."""

    def sight(*keys: str) -> Sight:
        rows = {row.id: row for row in SIXTEEN if row.id in keys}
        mirror = from_snapshot(snapshot().model_copy(update={"tables": Tables(alarms=tuple(rows.values()))}))
        return Sight(mirror=mirror, now=NOW, words=Words("en"), me="zhang")

    arrivals = Arrivals()
    assert arrivals.look(sight("n1"), typing=True) == 0
    assert arrivals.look(sight("n1", "n2", "n3"), typing=True) == 2
    assert arrivals.look(sight("n1", "n3"), typing=True) == 1
    assert arrivals.look(sight("n1", "n3"), typing=False) == 0
    assert arrivals.look(sight("n1", "n3"), typing=True) == 0


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
async def test_sixteen_alarms_while_typing_move_nothing(mosquitto: Mosquitto, language: Language) -> None:
    """One by one between two keys each: the row, the keys and the text stay, and all sixteen are counted."""
    async with desk_at_work(mosquitto.port, language=language) as desk:
        board = desk.app.board
        board.rows.go_to("incident:i3")
        await desk.type("n . ")
        desk.app._paint()  # what is there when the typing begins; by itself it may come after the first alarm
        for number, row in enumerate(SIXTEEN, start=1):
            await desk.centre.change(Tables(alarms=(row,)))
            await desk.type("x")
            await desk.until(lambda row=row: row.id in desk.app.feed.mirror.alarms)  # type: ignore[misc, union-attr]
            assert board.rows.key == "incident:i3"
            assert isinstance(board.focused, Input)
            assert board.command_line.input.value == "n . " + "x" * number
        said = "+16 new while you type" if language == "en" else "输入期间新增 16"
        await desk.until(lambda: said in desk.picture)
        await desk.pilot.press("ctrl+u")
        await desk.until(lambda: said not in desk.picture)
        assert board.rows.key == "incident:i3"


@pytest.mark.slow
async def test_a_page_keeps_its_row_and_tells_that_they_came(mosquitto: Mosquitto) -> None:
    """The header counts what waits; the page stays open with its cursor where it was."""
    async with desk_at_work(mosquitto.port) as desk:
        await desk.pilot.press("f3")
        await desk.until(lambda: "ALARMS 2" in desk.picture and "patrol 3" in desk.picture)
        page = desk.app.screen
        assert isinstance(page, UnitsScreen)
        page.rows.go_to("unit:P3")
        await desk.centre.change(Tables(alarms=SIXTEEN))
        await desk.until(lambda: "ALARMS 18" in desk.picture)
        assert (page.is_current, page.rows.key) == (True, "unit:P3")
