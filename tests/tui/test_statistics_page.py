"""The page of statistics shows what the centre measured, whole and no other."""

from datetime import UTC, timedelta
from functools import cache
from typing import Any

import pytest
from rich.cells import cell_len

from intake.site import example_site_path, load_site
from intake.statistics.collect import collect
from intake.statistics.figures import figures
from intake.statistics.tables import Period, report
from tests.support.broker import Mosquitto
from tests.support.busy_day import MIDNIGHT, BusyDay
from tests.tui.desk_at_work import desk_at_work
from tests.tui.example_board import NOW, snapshot
from tui.figures import Figures
from tui.mirror import from_snapshot
from tui.view.sight import Sight
from tui.view.statistics import statistics_lines
from tui.words import LANGUAGES, Language, Words


@cache
def told(alarms: int = 60) -> dict[str, Any]:
    """What a centre tells of a day."""
    events = BusyDay(alarms).run().events if alarms else []
    period = Period(MIDNIGHT, MIDNIGHT + timedelta(days=1), UTC)
    return figures(report(collect(events), period, category=load_site(example_site_path()).category))


def lines(language: Language = "en", width: int = 78, alarms: int = 60) -> list[str]:
    """The page."""
    sight = Sight(mirror=from_snapshot(snapshot()), now=NOW, words=Words(language), me="zhang")
    made = statistics_lines(sight, Figures.model_validate(told(alarms)), width)
    assert all(line.key for line in made)
    return [line.text for line in made]


def test_every_figure_stands_beside_the_number_it_rests_on() -> None:
    """Counts, intervals with n, targets with n and a word, shares: as the report has them."""
    page = "\n".join(lines())
    day = Figures.model_validate(told())
    assert f"{day.counts.alarms} alarms, {day.counts.incidents} incidents" in page
    (sign,) = (line.split() for line in lines() if line.startswith(" sign ") and "%" not in line)
    assert sign[1] == str(day.intervals["sign"].n)
    met, missed = (sum(one.met is verdict for one in day.targets) for verdict in (True, False))
    assert (sum(" met " in line for line in lines()), page.count("MISSED")) == (met, missed)
    assert "NENA-STA-020.1" in page


def test_the_plot_is_as_high_as_the_hours_are() -> None:
    """The fullest hour reaches the top line; an hour without alarms has no bar."""
    hours = Figures.model_validate(told()).groups["hour"]
    fullest = max(hours, key=lambda one: max(one.alarms, one.incidents))
    at = 5 + 3 * int(fullest.key)
    page = lines()
    top = next(n for n, line in enumerate(page) if "|" in line)
    floor = top + 5
    full = [line for line in page[top : floor + 1] if line[at] in "#:"]
    step = int(page[floor].split("|")[0])
    assert len(full) == -(-max(fullest.alarms, fullest.incidents) // step)
    known = {int(one.key) for one in hours}
    empty = [hour for hour in range(24) if hour not in known]
    assert all(page[floor][5 + 3 * hour] == " " for hour in empty)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [78, 248])
@pytest.mark.parametrize("alarms", [0, 60])
def test_every_line_fills_its_width(language: Language, width: int, alarms: int) -> None:
    """Also on a day when nothing happened."""
    assert {cell_len(line) for line in lines(language, width, alarms)} == {width}


@pytest.mark.slow
async def test_keys_choose_what_is_asked(mosquitto: Mosquitto) -> None:
    """Hours and drills; what does not come leaves what stood there, and its age grows."""
    async with desk_at_work(mosquitto.port) as desk:
        desk.centre.answers["statistics"] = lambda _: told()
        await desk.pilot.press("f5")
        await desk.until(lambda: "NENA-STA-020.1" in desk.picture)
        assert "measured 0s ago" in desk.picture
        await desk.pilot.press("w")
        assert (await desk.centre.asked("statistics", 2)).args == {"hours": 168, "of": "actual"}
        await desk.until(lambda: "last 168 h, measured" in desk.picture)
        await desk.pilot.press("e")
        assert (await desk.centre.asked("statistics", 3)).args == {"hours": 168, "of": "exercise"}
        await desk.until(lambda: "DRILLS, last 168 h, measured" in desk.picture)
        await desk.pilot.press("end")
        await desk.until(lambda: "SHARES" in desk.picture)
        await desk.pilot.press("escape")
        assert "SHARES" not in desk.picture
