"""Timers of the desk: each rung once, in order, never early, through whatever and any number of restarts."""

from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from intake.dispatch import commands as ask
from intake.dispatch.base import ObjectKind, Ref
from intake.dispatch.objects import Overlay, UnitState
from intake.dispatch.policy import Policy
from intake.dispatch.state import State
from intake.errors import SiteError
from intake.site import Site, example_site_path
from intake.timers.agenda import Agenda
from intake.timers.commands import FireTimer, MuteTimer, fire
from intake.timers.events import TimerReached
from intake.timers.kinds import running
from intake.timers.ladders import DEFAULTS, Ladders
from intake.timers.rules import LATE
from intake.timers.timer import Timer
from tests.support.dispatch_board import START, Board, code, replayed

ORDER = Ref(ObjectKind.ASSIGNMENT, "P1-i1")
ALARM = Ref(ObjectKind.ALARM, "a1")
P1 = Ref(ObjectKind.UNIT, "P1")


def sent() -> Board:
    """P1 was sent to an incident."""
    board = Board()
    board.incident()
    board.send("P1")
    return board


def let_run(board: Board, seconds: float, step: float = 5) -> list[tuple[str, int, float]]:
    """Let time pass with a timekeeper awake; gives each rung reached with its seconds since the start."""
    had = len(board.events)
    agenda = Agenda()
    end = board.now + timedelta(seconds=seconds)
    while board.now < end:
        board.wait(step)
        agenda.look_at_all(board.state)
        for timer in agenda.take(board.now):
            board.give(fire(timer, board.now))
    reached = (event for event in board.events[had:] if isinstance(event, TimerReached))
    return [(one.timer, one.rung, (one.at - START).total_seconds()) for one in reached]


def timer_of(board: Board, about: Ref, kind: str) -> Timer | None:
    """A timer that runs."""
    return next((one for one in running(board.state, about) if one.kind == kind), None)


def test_the_answer_ladder_runs_until_somebody_claims() -> None:
    """After 15, 20 and 40 s; claimed, the decision's ladder begins."""
    board = Board()
    board.alarm()
    assert let_run(board, 22) == [("answer", 1, 15), ("answer", 2, 20)]
    board.ask(ask.Claim, alarm_id="a1")
    assert let_run(board, 120) == [("decide", 1, 85), ("decide", 2, 135)]
    assert timer_of(board, ALARM, "answer") is None


def test_an_alarm_given_back_waits_anew() -> None:
    """The ladder begins again at the lowest rung; an undone claim goes on where it was."""
    board = Board()
    board.alarm()
    let_run(board, 20)
    board.ask(ask.Claim, alarm_id="a1")
    board.ask(ask.Undo)
    undone = timer_of(board, ALARM, "answer")
    assert undone is not None
    assert undone.reached == 2
    board.ask(ask.Claim, alarm_id="a1")
    board.ask(ask.Release, alarm_id="a1")
    assert let_run(board, 15) == [("answer", 1, 35)]


def test_the_sign_for_ladder_and_what_stops_it() -> None:
    """30, 60, 120 and 180 s; only the unit's own signature stops it, its voice alone does not."""
    board = sent()
    assert let_run(board, 60) == [("sign", 1, 30), ("sign", 2, 60)]
    board.say("patrol one, say again", intent="request", units=("P1",), radio_id="1001")
    assert ("sign", 3, 120) in let_run(board, 60)
    board.status("P1", status="signed")
    assert not [one for one in let_run(board, 300) if one[0] == "sign"]


def test_a16_a_reserved_unit_signs_for_nothing() -> None:
    """Its incident stays pending, and no timer of the order runs."""
    board = Board()
    board.incident()
    board.ask(ask.Reserve, incident_id="i1", unit="P1", assignment_id="P1-i1")
    assert board.incident_state() == "PENDING"
    assert running(board.state, ORDER) == ()


@pytest.mark.parametrize(("place", "first"), [("waiting-hall-a", 300), ("north-square", 600)])
def test_arrival_takes_longer_further_out(place: str, first: float) -> None:
    """5 minutes near the station, 10 at the outer places of the site."""
    ladders = Ladders(outer=frozenset({"north-square"}))
    board = Board(replace(State(), policy=Policy(ladders=ladders)))
    board.incident(place=place)
    board.send("P1")
    assert [at for kind, rung, at in let_run(board, 610) if (kind, rung) == ("arrival", 1)] == [first]


def test_a_held_incident_comes_back_when_its_review_is_due() -> None:
    """Pending, on top, once; nothing is closed by time."""
    board = Board()
    board.incident()
    board.ask(ask.Hold, incident_id="i1", review_at=board.now + timedelta(minutes=60), reason="quiet")
    reached = [one for one in let_run(board, 3700, step=20) if one[0] in ("caller", "review")]
    assert reached == [("caller", 1, 2700), ("review", 1, 3600)]
    assert board.incident_state() == "PENDING"
    assert board.state.incidents["i1"].returned_at == START + timedelta(hours=1)


def test_silence_on_an_armed_scene_proposes_an_emergency() -> None:
    """3, 5 and 10 minutes since the unit was last heard; a word of it starts anew."""
    board = Board()
    board.incident(type="weapon")
    board.send("P1")
    board.step("P1", "ONSCENE")
    let_run(board, 200)
    board.say("all quiet", intent="report", units=("P1",), radio_id="1001")
    assert [one for one in let_run(board, 610) if one[0] == "scene"] == [
        ("scene", 1, 380),
        ("scene", 2, 500),
        ("scene", 3, 800),
    ]


def test_a_silent_unit_is_marked_until_it_is_heard() -> None:
    """20 minutes, then NO_CONTACT; a post on stand-by is excluded; any transmission clears it."""
    board = Board()
    board.ask(ask.SetUnitStatus, unit="P2", state=UnitState.AVAILABLE_POST)
    reached = let_run(board, 1505, step=5)
    assert ("contact", 1, 1200) in reached
    assert {unit for unit, one in board.state.units.items() if one.overlays} == {"P1", "P3"}
    board.say("patrol one", units=("P1",), radio_id="1001")
    assert board.state.units["P1"].overlays == frozenset()
    assert board.state.units["P3"].overlays == {Overlay.NO_CONTACT}


def test_a_missing_outcome_is_asked_for() -> None:
    """30 minutes and 4 hours after the unit is done by voice, until somebody writes it."""
    board = sent()
    board.status("P1", status="onscene")
    board.status("P1", status="cleared")
    assert ("feedback", 1) in [one[:2] for one in let_run(board, 1900, step=50)]
    board.step("P1", "CLEARED", disposition="settled")
    assert timer_of(board, ORDER, "feedback") is None


def test_a_muted_timer_waits_for_its_end() -> None:
    """With a reason; what fell due meanwhile comes then, not before."""
    board = sent()
    mute: dict[str, Any] = {"timer": "sign", "about": ORDER, "until": board.now + timedelta(seconds=100)}
    assert code(board.ask(MuteTimer, **mute, reason=" ")) == "missing"
    assert code(board.ask(MuteTimer, **mute | {"timer": "feedback"}, reason="r")) == "timer-stopped"
    board.ask(MuteTimer, **mute, reason="in the tunnel")
    assert [one for one in let_run(board, 130) if one[0] == "sign"] == [
        ("sign", 1, 100),
        ("sign", 2, 105),
        ("sign", 3, 120),
    ]


def test_what_a_site_says_counts_before_the_defaults() -> None:
    """A type's own rungs before a team's, a team's before the site's; no rungs: switched off."""
    ladders = Ladders(
        own={"sign": (10,), "contact": ()}, by_team={"hall": {"sign": (7,)}}, by_type={"fire": {"sign": (5,)}}
    )
    assert ladders.of("sign") == (10,)
    assert ladders.of("sign", team="hall", type_="theft") == (7,)
    assert ladders.of("sign", team="hall", type_="fire") == (5,)
    assert running(Board(replace(State(), policy=Policy(ladders=ladders))).state, P1) == ()


def test_a_site_file_tunes_its_ladders() -> None:
    """What the file says reaches the rules; rungs that fall are refused."""
    text = example_site_path().read_text(encoding="utf-8")
    site = Site.from_toml(text.replace("sign = [30,", "sign = [25,", 1))
    assert site.ladders.of("sign") == (25, 60, 120, 180)
    assert Site.from_toml(text).ladders.own == {
        key: rungs for key, rungs in DEFAULTS.items() if key != "review"
    }
    with pytest.raises(SiteError, match="must rise"):
        Site.from_toml(text.replace("sign = [30, 60", "sign = [30, 20", 1))


def test_a15_after_a_restart_each_rung_is_told_once_and_marked_late() -> None:
    """The centre was away for 50 s: every rung that fell due is told, late, and not again."""
    board = sent()
    board.wait(65)
    board.state = replayed(board)
    reached = let_run(board, 5, step=1)
    assert [one[:2] for one in reached] == [("sign", 1), ("sign", 2)]
    events = [one for one in board.events if isinstance(one, TimerReached)]
    assert [one.late for one in events] == [True, True]
    assert [(one.due - START).total_seconds() for one in events] == [30, 60]
    board.state = replayed(board)
    assert let_run(board, 5, step=1) == []


def test_a_rung_is_refused_twice_early_or_of_another_start() -> None:
    """Whatever a shell asks, the rules hold."""
    board = sent()
    timer = timer_of(board, ORDER, "sign")
    assert timer is not None
    assert code(board.give(fire(timer, board.now))) == "timer-not-due"
    board.wait(30)
    first = fire(timer, board.now)
    board.give(first)
    assert code(board.give(replace(first, id="other"))) == "timer-stopped"
    assert code(board.give(replace(first, id="third", rung=3))) == "timer-stopped"


@pytest.mark.parametrize("seed", range(12))
def test_random_desks_clocks_and_restarts(seed: int) -> None:
    """Each rung of each start at most once, in order, none before it was due; late only when it was."""
    random, board, agenda = Random(seed), Board(), Agenda()
    board.incident(type=random.choice(["weapon", "theft"]))
    for n in range(4):
        board.alarm(f"a{n}", zone=str(n))
    for _ in range(100):
        _something(random, board)
        board.wait(random.choice([0, 1, 7, 29, 31, 400]))
        if random.random() < 0.2:
            board.state, agenda = replayed(board), Agenda()
        agenda.look_at_all(board.state)
        for timer in agenda.take(board.now):
            board.give(fire(timer, board.now))
    told_ = [one for one in board.events if isinstance(one, TimerReached)]
    assert len(told_) > 10
    runs: dict[tuple[object, ...], list[int]] = {}
    for one in told_:
        assert one.due <= one.at
        assert one.late == (one.at - one.due > LATE)
        runs.setdefault((one.timer, one.about, one.since), []).append(one.rung)
    assert all(rungs == list(range(1, len(rungs) + 1)) for rungs in runs.values())
    assert replayed(board) == board.state


def _something(random: Random, board: Board) -> None:
    alarm, unit = f"a{random.randrange(4)}", f"P{random.randrange(1, 4)}"
    match random.randrange(8):
        case 0:
            board.ask(ask.Claim, alarm_id=alarm)
        case 1:
            board.ask(ask.Release, alarm_id=alarm)
        case 2:
            board.send(unit)
        case 3:
            board.status(unit, status=random.choice(["signed", "enroute", "onscene", "cleared"]))
        case 4:
            board.ask(ask.Undo)
        case 5:
            until = board.now + timedelta(seconds=random.randrange(200))
            about = Ref(ObjectKind.ALARM, alarm)
            board.ask(MuteTimer, timer="answer", about=about, until=until, reason="known")
        case 6:
            review = board.now + timedelta(seconds=random.randrange(1, 500))
            board.ask(ask.Hold, incident_id="i1", review_at=review, reason="quiet")
        case _:
            board.say("hello", units=(unit,), radio_id=f"100{unit[1]}")


def test_thousands_of_alarms_are_looked_at_only_where_touched() -> None:
    """The next due moment is the least of all, and one touched alarm moves only its own."""
    board, agenda = Board(), Agenda()
    for n in range(500):
        board.alarm(f"a{n}", zone=str(n))
    agenda.look_at_all(board.state)
    assert agenda.seconds_to_next(board.now) == 15
    board.ask(ask.Claim, alarm_id="a7")
    agenda.look([Ref(ObjectKind.ALARM, "a7")], board.state)
    board.wait(15)
    taken = agenda.take(board.now)
    assert len(taken) == 499
    assert agenda.take(board.now) == []


def test_time_never_ends_anything() -> None:
    """After a day without anybody, everything still waits."""
    board = sent()
    board.alarm()
    let_run(board, 24 * 3600, step=900)
    assert (board.alarm_state(), board.incident_state(), board.at("P1")) == ("QUEUED", "ACTIVE", "DISPATCHED")


def test_only_the_centre_fires_timers() -> None:
    """A person's word does not make time pass."""
    board = sent()
    board.wait(40)
    asked = board.ask(FireTimer, timer="sign", about=ORDER, since=START, rung=1)
    assert code(asked) == "role"
