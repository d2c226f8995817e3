"""The busiest recorded hour, ten times over: nothing lost, every proposal explained, memory flat."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from intake.site import example_site_path, load_site
from tongpin.bench.surge import busiest_hour, hour_by_chance, measure_surge
from tongpin.main import app

CALLS = Path(__file__).parents[3] / "shared" / "data" / "montgomery_pa_911_sample.csv"


@pytest.mark.slow
def test_the_busiest_recorded_hour_is_survived() -> None:
    """Read from the recorded calls where they are; each one reported by ten people."""
    if not CALLS.exists():
        pytest.skip("the recorded calls are not here")
    hour = busiest_hour(CALLS.read_text(encoding="utf-8").splitlines())
    figures = measure_surge(load_site(example_site_path()), hour)
    assert (figures.calls, figures.busiest_minute) == (302, 16)
    assert (figures.alarms, figures.lost, figures.unexplained) == (3020, 0, 0)
    assert figures.equal
    assert figures.proposals > figures.alarms / 2
    # Of the processor's time alone: the disk, and who else is at work, are this machine's affair.
    assert (figures.commit_cpu_ms["p99"] or 0) <= 20
    # What is kept of an alarm is a few kB; a leak in the way of one would be more.
    assert figures.memory_mb[-1] - figures.memory_mb[0] < 100


@pytest.mark.slow
def test_memory_is_what_one_hour_takes_however_many_come() -> None:
    """What was put away leaves nothing behind on the board: the third and fourth hour find its room free."""
    figures = measure_surge(load_site(example_site_path()), hour_by_chance(40), hours=4)
    assert (figures.alarms, figures.lost, figures.equal) == (1600, 0, True)
    _, second, _, last = figures.memory_after_mb
    # An hour's 400 alarms take 2.4 MB while they are on the board.
    assert last - second < 2


def test_an_hour_by_chance_is_the_same_each_time() -> None:
    """With a minute that is busier than the rest."""
    hour = hour_by_chance()
    assert hour == hour_by_chance()
    assert len(hour) == 302
    assert sum(1800 <= call.at < 1860 for call in hour) >= 16


@pytest.mark.slow
def test_the_command_prints_one_object(tmp_path: Path) -> None:
    """For programs; a file that holds no calls is told so."""
    calls = tmp_path / "calls.csv"
    row = "40.1,-75.3,EMS: FALL VICTIM,2016-01-15 12:0{n},NORRISTOWN,POWELL ST"
    calls.write_text("\n".join(row.format(n=n) for n in range(5)), encoding="utf-8")
    ran = CliRunner().invoke(app, ["bench", "surge", "--calls", str(calls), "--json"])
    assert ran.exit_code == 0, ran.output
    figures = json.loads(ran.stdout)
    assert (figures["alarms"], figures["lost"]) == (50, 0)
    calls.write_text("no call\n", encoding="utf-8")
    assert CliRunner().invoke(app, ["bench", "surge", "--calls", str(calls)]).exit_code == 2
