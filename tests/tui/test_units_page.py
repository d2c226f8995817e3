"""The page of all units."""

from dataclasses import replace
from typing import Any

import pytest
from rich.cells import cell_len

from bus.messages.board import Tables
from tests.support.broker import Mosquitto
from tests.tui.desk_at_work import desk_at_work
from tests.tui.example_board import NOW, ago, snapshot, unit
from tui.mirror import from_snapshot
from tui.screens.units import UnitsScreen
from tui.view.roster import Order, roster_columns, roster_lines
from tui.view.sight import Sight
from tui.words import LANGUAGES, Language, Words

SIGHT = Sight(mirror=from_snapshot(snapshot()), now=NOW, words=Words("en"), me="zhang")


def patrols() -> dict[str, Any]:
    """One point overdue, one done, one line nobody has walked."""
    hours = {"at_least": 2, "since": ago(3600).isoformat(), "until": ago(60).isoformat()}
    done = {"place": "south-exit", "state": "done", "visits": 2, **hours}
    line = {"line": "north", "points": ["platform-3", "taxi-stand"], "minutes": 30, "walks": 0}
    return {
        "points": [{"place": "platform-3", "state": "overdue", "visits": 0, **hours}, done],
        "lines": [line],
    }


def _order(order: Order, sight: Sight = SIGHT) -> list[str]:
    return [line.key.partition(":")[2] for line in roster_lines(sight, 120, order) if line.key]


def test_each_order_puts_first_what_it_is_for() -> None:
    """The most urgent, the longest in its step, the oldest place, the longest silent."""
    silent = unit("P2", "hall", overlays=("NO_CONTACT",), last_heard_at=ago(2000), since=ago(9000))
    sight = replace(SIGHT, mirror=replace(SIGHT.mirror, units={**SIGHT.mirror.units, "P2": silent}))
    assert _order("team", sight)[:2] == ["P1", "P2"]
    assert _order("state", sight)[:3] == ["P2", "P5", "P1"]
    assert _order("since", sight)[:2] == ["P2", "P3"]
    assert _order("place", sight)[0] == "P6"
    assert _order("heard", sight)[0] == "P2"


def test_who_is_off_comes_last_and_what_is_unknown_is_no_age() -> None:
    """An old place of somebody at home interests nobody."""
    assert _order("heard")[-2:] == ["D2", "T2"]
    (off,) = (line for line in roster_lines(SIGHT, 78, "team") if line.key == "unit:T2")
    assert off.text.split()[-4:] == ["-", "-", "-", "-"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [78, 98, 158, 248])
@pytest.mark.parametrize("order", ["team", "since"])
def test_every_line_fills_its_width(language: Language, width: int, order: Order) -> None:
    """Names of columns stand over their columns in both languages."""
    sight = replace(SIGHT, words=Words(language))
    assert {cell_len(line.text) for line in roster_lines(sight, width, order)} == {width}
    assert sum(part.cells for part in roster_columns(sight, width, order)) == width


@pytest.mark.slow
async def test_the_page_lives_sorts_and_begins_a_status(mosquitto: Mosquitto) -> None:
    """What changes is drawn at once, the cursor stays on its unit, Enter begins its line, Esc goes back."""
    async with desk_at_work(mosquitto.port) as desk:
        desk.centre.answers["patrol"] = lambda _: patrols()
        await desk.pilot.press("f3")
        await desk.until(lambda: "first aid, English" in desk.picture)
        page = desk.app.screen
        assert isinstance(page, UnitsScreen)
        page.rows.go_to("unit:P3")
        await desk.pilot.press("a")
        await desk.until(lambda: "SINCE*" in desk.picture)
        await desk.centre.change(Tables(units=(unit("D1", "case", "local", state="BUSY", reason="court"),)))
        await desk.until(lambda: "court" in desk.picture)
        assert page.rows.key == "unit:P3"
        await desk.pilot.press("enter")
        await desk.until(lambda: desk.app.board.command_line.input.value == "st p3 ")
        await desk.pilot.press("f3")
        await desk.until(lambda: "patrols: 1 overdue, 0 due" in desk.picture)
        assert isinstance(desk.app.screen, UnitsScreen)
        assert desk.app.screen.rows.key == "unit:P1"
        await desk.pilot.press("end", "up", "enter")
        await desk.until(lambda: desk.app.board.command_line.input.value == "tick platform-3 ")
        await desk.pilot.press("f3", "escape")
        assert not page.is_current
        assert desk.app.board.command_line.input.value == "tick platform-3 "
