"""A drill: script or journal become an hour, the sandbox is marked, times are held to the site's timers."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bus.errors import SettingsError
from bus.settings_file import parse_toml
from intake.dispatch import commands as ask
from intake.dispatch.policy import Policy
from intake.dispatch.state import State
from intake.site import Site, example_site_path, load_site
from intake.statistics.collect import collect
from tests.support.dispatch_board import Board
from tongpin.demo.hour import FrameDue, SpeechDue, TogetherDue, ToldDue
from tongpin.demo.plan import voices_of
from tongpin.demo.story import frame_of
from tongpin.drill.recorded import LEAD_S, recorded
from tongpin.drill.run import SCRIPTS
from tongpin.drill.sandbox import sandbox
from tongpin.drill.score import score
from tongpin.drill.script import Script, happenings, read_script
from tongpin.main import app

TITLE = 'title = { en = "x", zh = "x" }\n'
TINY = (
    TITLE
    + """
[[event]]
at = "00:01"
source = "panel"
account = "1234"
zone = "001"
code = "122"
[[event]]
at = "00:01"
source = "typed"
say = { en = "theft at gate four", zh = "四号检票口有人被偷" }
"""
)


def site() -> Site:
    """The example site."""
    return load_site(example_site_path())


def test_the_shipped_script_is_twenty_minutes_of_everything() -> None:
    """In order, of known units, with frames a panel could send, and every text in both languages."""
    script = read_script(SCRIPTS / "yiwu.toml")
    hour = happenings(script, "en")
    assert [one.at for one in hour] == sorted(one.at for one in hour)
    assert hour[-1].at < 20 * 60
    frames = [one for one in hour if isinstance(one, FrameDue)]
    assert len({frame_of(one) for one in frames}) == 5
    assert len(frames) > 40
    together = [one for one in hour if isinstance(one, TogetherDue)]
    spoken = [one for one in hour if isinstance(one, SpeechDue)] + [
        said for one in together for said in (one.one, one.other)
    ]
    assert {one.speaker for one in spoken} <= set(voices_of(site(), "en").units)
    assert len(together) == 1
    chinese = [one for one in happenings(script, "zh") if isinstance(one, SpeechDue | ToldDue)]
    assert all(any("\u4e00" <= char <= "\u9fff" for char in one.text) for one in chinese)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ('at = "00:01"\nsource = "fax"', "fax"),
        ('at = "0:75"\nsource = "typed"\nsay = { en = "a", zh = "b" }', "at"),
        ('at = "00:01"\nsource = "panel"\naccount = "12"\nzone = "001"\ncode = "122"', "account"),
        ('at = "00:01"\nsource = "typed"\nsay = { en = "a" }', "zh"),
    ],
)
def test_a_wrong_script_is_refused_in_a_sentence(written: str, told: str) -> None:
    """What is wrong is named."""
    with pytest.raises(SettingsError, match=told):
        parse_toml(f"{TITLE}[[event]]\n{written}\n", Script, name="my.toml")


def test_a_recorded_hour_happens_again() -> None:
    """Panels, news and typed reports, as far apart as they were; what officers answered they answer anew."""
    board = Board()
    board.alarm("a1", account="1234", zone="001", event_code="122", qualifier="new")
    board.wait(30)
    board.say("theft in hall a", intent="report", type="theft", place="waiting-hall-a")
    board.wait(10)
    board.say("patrol one on scene", intent="status", units=("P1",), status="onscene")
    board.alarm("a2", source="manual", text="a red bag", zone="8")
    assert recorded(board.events) == (
        FrameDue(LEAD_S, 0, "1234", "new", "122", "01", "001"),
        SpeechDue(LEAD_S + 30, "", "theft in hall a"),
        ToldDue(LEAD_S + 40, "a red bag"),
    )
    assert recorded(()) == ()


def test_times_are_held_to_the_timers_of_the_site() -> None:
    """An alarm claimed late, an order in time and not signed for yet, an alarm left; real work is no part."""
    board = Board(state=State(policy=Policy(exercise=True)))
    board.alarm("a1")
    board.alarm("a2", zone="8", place="gate-4")
    board.alarm("a3", zone="9", type="system")
    board.wait(52)
    board.ask(ask.Claim, alarm_id="a1")
    board.wait(5)
    board.ask(ask.Promote, alarm_id="a1", incident_id="i1")
    board.send("P1")
    found = score(collect(board.events), site().ladders)
    assert (found.alarms, found.unclaimed, found.incidents, found.unsent) == (2, 1, 1, 0)
    assert [(line.interval, line.target, line.n, line.in_time) for line in found.lines] == [
        ("answer", 15, 1, 0),
        ("processing", 60, 1, 1),
        ("sign", 30, 0, 0),
        ("arrival", 300, 0, 0),
    ]
    (late,) = found.late
    assert (late.interval, late.type, late.seconds) == ("answer", "intrusion", 52)
    assert not found.reached
    assert [(one.type, one.place) for one in found.left] == [("intrusion", "gate-4")]
    real = Board()
    real.alarm("a1")
    real.wait(timedelta(minutes=5).total_seconds())
    real.ask(ask.Claim, alarm_id="a1")
    assert score(collect(real.events), site().ladders).alarms == 0


def test_the_most_urgent_is_sent_to_twice_as_soon() -> None:
    """Forty seconds from the claim to the order are in time for a burglary, and late for priority 0."""
    board = Board(state=State(policy=Policy(exercise=True)))
    board.alarm("a1", priority=0)
    board.ask(ask.Claim, alarm_id="a1")
    board.wait(40)
    board.ask(ask.Promote, alarm_id="a1", incident_id="i1")
    board.send("P1")
    assert [(one.interval, one.target) for one in score(collect(board.events), site().ladders).late] == [
        ("processing", 30)
    ]


def test_the_sandbox_says_that_nothing_is_real() -> None:
    """In both names and for every alarm; the rest of the site is as it was."""
    text = example_site_path().read_text(encoding="utf-8")
    made = Site.from_toml(sandbox(text))
    assert made.exercise
    assert (made.name["en"][:9], made.name["zh"][:3]) == ("EXERCISE ", "演练 ")
    assert (made.units, made.places) == (site().units, site().places)
    assert Site.from_toml(sandbox(text.replace("exercise = false\n", ""))).exercise


@pytest.mark.slow
@pytest.mark.timeout(120)
def test_a_drill_ends_with_the_times(tmp_path: Path) -> None:
    """A real sandbox for a few seconds: the alarms are exercises, and a steady dispatcher takes them all."""
    script = tmp_path / "tiny.toml"
    script.write_text(TINY, encoding="utf-8")
    keep = tmp_path / "kept"
    told = CliRunner().invoke(
        app, ["drill", str(script), "--headless", "--for", "0.1", "--json", "--keep", str(keep)]
    )
    found = json.loads(told.stdout.splitlines()[-1])
    assert (found["alarms"], found["unclaimed"], found["incidents"]) == (2, 0, 2)
    assert told.exit_code == (0 if found["reached"] else 1)
    assert (
        CliRunner().invoke(app, ["drill", str(keep / "journal.db"), "--headless", "--for", "0"]).exit_code
        == 2
    )
