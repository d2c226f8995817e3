"""When the board is gone the work goes on by hand: the form has what was known, and room for the rest."""

from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.support.broker import Mosquitto
from tests.tui.desk_at_work import desk_at_work
from tests.tui.example_board import NOW, snapshot
from tests.tui.test_devices_page import CENTRE
from tui.ages import wall_clock
from tui.mirror import from_snapshot
from tui.paper_form import NAME
from tui.view.paper import blank_form, paper_form
from tui.view.sight import Sight
from tui.words import LANGUAGES, Language, Words

PAGE = 96
BLANK = "________"


def _sight(language: Language) -> Sight:
    return Sight(mirror=from_snapshot(snapshot()), now=NOW, words=Words(language), me="zhang")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_known_is_written_and_what_is_not_has_room(language: Language) -> None:
    """Every open incident with the times of its units, every alarm and unit, all within a page's width."""
    sight = _sight(language)
    lines = list(paper_form(sight))
    assert max(map(cell_len, lines)) <= PAGE
    assert all(any(line.startswith(str(row.no)) for line in lines) for row in sight.mirror.incidents.values())
    written = "\n".join(lines)
    assert all(f"{row.id} " in written for row in sight.mirror.units.values())
    assert sight.words("paper.alarms") in written
    signed = next(one for one in sight.mirror.assignments.values() if one.state == "SIGNED")
    times = next(line for line in lines if wall_clock(signed.stamps["SIGNED"]) in line)
    assert times.split() == [signed.unit, *map(wall_clock, signed.stamps.values()), *(BLANK,) * 3]


def test_a_time_that_nobody_reported_is_marked() -> None:
    """Whoever writes on reads which times to ask for."""
    sight = _sight("en")
    inferred = next(one for one in sight.mirror.assignments.values() if one.inferred)
    times = next(line for line in paper_form(sight) if wall_clock(inferred.stamps["SIGNED"]) in line)
    assert f"{wall_clock(inferred.stamps['ENROUTE'])}?" in times


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_form_is_all_room(language: Language) -> None:
    """It needs no centre and no site."""
    lines = list(blank_form(Words(language)))
    assert max(map(cell_len, lines)) <= PAGE
    assert sum(BLANK in line for line in lines) > PAGE // 4


async def test_the_console_writes_it_while_the_centre_is_down(mosquitto: Mosquitto) -> None:
    """From what it saw last; nobody but its operator can read it."""
    async with desk_at_work(mosquitto.port) as desk:
        await desk.centre.publish(
            desk.centre.topics.centre_status, CENTRE.model_copy(update={"state": "lost"}).encode()
        )
        await desk.until(lambda: desk.app.feed.freshness().trouble == "centre")
        await desk.type("paper")
        await desk.pilot.press("enter")
        path = Path(desk.app.as_now["console.state"]) / NAME
        await desk.told(str(path))
        assert "1034" in path.read_text(encoding="utf-8")
        assert path.stat().st_mode & 0o077 == 0


async def test_a_form_that_cannot_be_written_is_told(mosquitto: Mosquitto) -> None:
    """Where, why, and what to do."""
    async with desk_at_work(mosquitto.port) as desk:
        (Path(desk.app.as_now["console.state"]) / f"{NAME}.new").mkdir(parents=True)
        await desk.type("paper")
        await desk.pilot.press("enter")
        told = await desk.told(NAME)
        assert "tongpin paper --blank" in told
