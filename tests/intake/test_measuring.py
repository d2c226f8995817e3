"""The statistics of a running centre are those of the report, however long the journal is."""

import threading
from datetime import UTC, timedelta
from pathlib import Path

import pytest

from bus.messages.verbs import AskStatistics
from intake.errors import JournalUnreadable
from intake.measuring import FRESH, Measuring
from intake.site import example_site_path, load_site
from intake.statistics.collect import collect
from intake.statistics.figures import figures
from intake.statistics.recent import begun_here
from intake.statistics.tables import Period, report
from tests.support.busy_day import MIDNIGHT, BusyDay, stored
from tests.support.dispatch_board import Board

SITE = load_site(example_site_path())
EVENING = MIDNIGHT + timedelta(hours=24)


@pytest.fixture(scope="module")
def day() -> Board:
    """A day with sixty alarms."""
    return BusyDay(60).run()


async def test_the_centre_tells_what_the_report_tells(day: Board, tmp_path: Path) -> None:
    """Every figure of the same hours, teams of units enrolled before them included."""
    measuring = Measuring(stored_beside(day, tmp_path), UTC, SITE.category)
    told = await measuring.told(AskStatistics(hours=6), EVENING)

    period = Period(EVENING - timedelta(hours=6), EVENING, UTC)
    assert told == figures(report(collect(day.events), period, category=SITE.category))
    assert told["counts"]["alarms"] > 0


async def test_many_who_look_cost_one_reading(day: Board, tmp_path: Path) -> None:
    """Figures stay for seconds; then they are measured anew."""
    measuring, asked = Measuring(stored_beside(day, tmp_path), UTC, str), AskStatistics()
    first = await measuring.told(asked, EVENING)

    assert await measuring.told(asked, EVENING + FRESH / 2) is first
    assert await measuring.told(asked, EVENING + FRESH) is not first


async def test_a_journal_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    """It is the question that fails, with a reason."""
    with pytest.raises(JournalUnreadable, match="no journal"):
        await Measuring(tmp_path / "none.db", UTC, str).told(AskStatistics(), EVENING)


def test_a_journal_may_be_read_from_anywhere(day: Board) -> None:
    """What began behind the cut is measured as with everything before it; what began before is left out."""
    whole = {one.id: one.times for one in collect(day.events).alarms}
    for cut in range(1, len(day.events), 17):
        part = collect(begun_here(day.events[cut:])).alarms
        assert {one.id: one.times for one in part}.items() <= whole.items()


def stored_beside(day: Board, folder: Path) -> Path:
    """Written in a thread's own loop, for this one runs."""
    path = folder / "journal.db"
    writing = threading.Thread(target=stored, args=(day, path))
    writing.start()
    writing.join()
    return path
