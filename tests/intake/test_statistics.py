"""Statistics of small journals counted by hand, made through the real core."""

import math
from datetime import timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from intake.dispatch import commands as ask
from intake.dispatch.events import event_from_json, event_to_json
from intake.statistics.buckets import buckets
from intake.statistics.collect import KINDS, collect
from intake.statistics.marks import LAST_ARRIVAL
from intake.statistics.percentiles import PERCENTS, Samples, percentile, spread
from intake.statistics.tables import Period, Report, report
from intake.statistics.targets import Reached, Target, within
from tests.support.busy_day import BusyDay
from tests.support.dispatch_board import CHIEF, START, WANG, Board


def one_incident() -> Board:
    """Queued at 0, claimed at 12, promoted at 30, sent at 40; P1 at 60, 70, 340, 940; P2 on scene at 440."""
    board = Board()
    board.alarm(said_at=START - timedelta(seconds=2))
    board.wait(12)
    board.ask(ask.Claim, alarm_id="a1")
    board.wait(18)
    board.ask(ask.Promote, alarm_id="a1", incident_id="i1")
    board.wait(10)
    board.send("P1", "P2")
    for seconds, unit, step in (
        (20, "P1", "SIGNED"),
        (10, "P1", "ENROUTE"),
        (270, "P1", "ONSCENE"),
        (100, "P2", "ONSCENE"),
        (500, "P1", "CLEARED"),
        (60, "P2", "CLEARED"),
    ):
        board.wait(seconds)
        board.step(unit, step, **({"disposition": "done"} if step == "CLEARED" else {}))
    board.wait(600)
    board.ask(ask.Close, incident_id="i1", disposition="done", text="all quiet")
    return board


def told(board: Board, **fields: object) -> Report:
    """The report of everything on the board, in UTC."""
    period = Period(zone=START.tzinfo)
    return report(collect(board.events), period, **fields)  # type: ignore[arg-type]  # as the test has them


def after(board: Board) -> dict[str, float]:
    """The marks of the only incident, in seconds after the alarm was queued."""
    (incident,) = collect(board.events).incidents
    return {name: (mark.at - START).total_seconds() for name, mark in incident.times.items()}


def test_the_marks_of_an_incident_are_those_counted_by_hand() -> None:
    """Every mark from t0 to t9 is where the domain page puts it, the last arrival apart."""
    assert after(one_incident()) == {
        "t0": -2,
        "t1": 0,
        "t2": 12,
        "t3": 30,
        "t4": 40,
        "t5": 60,
        "t6": 70,
        "t7": 340,
        LAST_ARRIVAL: 440,
        "t8": 1000,
        "t9": 1600,
    }


def test_intervals_are_those_counted_by_hand() -> None:
    """Alarms, incidents and orders each give their own samples."""
    samples = {name: of.seconds for name, of in told(one_incident()).samples.items()}
    assert samples == {
        "transit": (2,),
        "answer": (12,),
        "decide": (18,),
        "processing": (28,),
        "dispatch": (10,),
        "response": (340,),
        "all-arrived": (440,),
        "feedback": (600,),
        "sign": (20,),
        "roll-out": (30,),
        "travel": (270,),
        "arrival": (300, 400),
        "handling": (560, 600),
    }


def test_steps_nobody_reported_are_counted_and_left_out() -> None:
    """P2 only said it was there: its signing, departure and travel are inferred."""
    spreads = told(one_incident()).spreads
    assert {name: of.inferred for name, of in spreads.items() if of.inferred} == {
        "sign": 1,
        "roll-out": 1,
        "travel": 1,
    }


def test_an_alarm_decided_on_unclaimed_was_answered_at_an_inferred_time() -> None:
    """Nobody reported the claim, so no percentile rests on it."""
    board = Board()
    board.alarm()
    board.wait(5)
    board.ask(ask.Promote, alarm_id="a1", incident_id="i1")
    answer = told(board).samples["answer"]
    assert (answer.seconds, answer.inferred) == ((), 1)


def test_what_was_taken_back_did_not_happen() -> None:
    """An undone order leaves no mark, no order and no incident sent to."""
    board = one_incident()
    board.incident("i2")
    board.send("P3", to="i2")
    before = told(board).counts
    board.ask(ask.Undo)
    taken_back = told(board).counts
    assert (before.orders, before.unarrived) == (3, 1)
    assert (taken_back.orders, taken_back.unarrived) == (2, 0)


def test_two_clocks_that_disagree_make_no_sample() -> None:
    """A signal said after it was queued is counted under clock; a known offset is taken off first."""
    board = Board()
    board.alarm("a1", said_at=START + timedelta(seconds=3))
    board.alarm("a2", said_at=START + timedelta(seconds=3), clock_offset=4.0, zone="8")
    transit = told(board).samples["transit"]
    assert (transit.seconds, transit.backward) == ((1.0,), 1)


def test_exercises_never_mix_with_real_work() -> None:
    """Each of the three kinds has a report of its own, and says how many alarms it left out."""
    board = Board()
    for number, exercise in enumerate(("actual", "exercise", "exercise", "test")):
        board.alarm(f"a{number}", zone=f"{number}", exercise=exercise)
    reports = [told(board, of=of).counts for of in ("actual", "exercise", "test")]
    assert [(counts.alarms, counts.set_aside) for counts in reports] == [(1, 3), (2, 2), (1, 3)]


def test_alarms_of_own_devices_are_only_listed_by_source() -> None:
    """Nobody called: a line in fault is in no figure of answering."""
    board = Board()
    board.alarm("a1")
    board.alarm("a2", source="system", account=None, zone=None)
    made = told(board)
    assert (made.counts.alarms, made.counts.system) == (1, 1)
    assert [(line.key, line.alarms) for line in made.groups["source"]] == [("panel", 1), ("system", 1)]
    assert [(line.key, line.alarms) for line in made.groups["hour"]] == [("10", 1)]


def test_alarms_and_incidents_are_counted_apart() -> None:
    """Two reports of one thing are two alarms, one incident."""
    board = one_incident()
    board.alarm("a2", zone="8")
    board.incident("i2")
    board.ask(ask.LinkAlarm, alarm_id="a2", incident_id="i2", link_kind="duplicate")
    counts = told(board).counts
    assert (counts.alarms, counts.incidents, counts.linked) == (2, 2, 1)


def test_false_alarms_are_counted_by_account() -> None:
    """Nuisances of those decided on; tests are no real alarms, what waits is not decided on."""
    board = Board()
    for number, reason in enumerate(("nuisance", "test", None)):
        board.alarm(f"a{number}", zone=f"{number}")
        if reason:
            board.ask(ask.Claim, alarm_id=f"a{number}")
            board.ask(ask.DismissAlarm, alarm_id=f"a{number}", reason=reason)
    board.alarm("a3", zone="9")
    board.ask(ask.Promote, alarm_id="a3", incident_id="i1")
    (line,) = told(board).accounts
    assert (line.account, line.alarms, line.decided, line.false, line.tests) == ("1234", 4, 3, 1, 1)
    assert line.rate == 50


def test_claims_given_up_and_time_on_hold_are_told() -> None:
    """A release is an abandoned claim; a hold ends when somebody is sent."""
    board = Board()
    board.alarm()
    board.ask(ask.Claim, alarm_id="a1", by=WANG)
    board.ask(ask.Release, alarm_id="a1", by=WANG)
    board.incident("i1")
    board.ask(ask.Hold, incident_id="i1", reason="no unit", review_at=START + timedelta(minutes=20), by=CHIEF)
    board.wait(90)
    board.send("P1")
    counts = told(board).counts
    assert (counts.releases, counts.held, counts.held_s) == (1, 1, 90)


def test_a_period_begins_with_its_first_moment_and_ends_before_its_last() -> None:
    """Neighbouring periods share nothing and lose nothing."""
    board = Board()
    for number in range(4):
        board.alarm(f"a{number}", zone=f"{number}")
        board.wait(60)
    marks = collect(board.events)
    edge = START + timedelta(seconds=120)
    halves = (report(marks, Period(None, edge)), report(marks, Period(edge, None)))
    assert [half.counts.alarms for half in halves] == [2, 2]


def test_the_kinds_a_reader_may_leave_out_change_nothing() -> None:
    """Marks of the whole journal and of the kinds named are the same."""
    board = BusyDay(40).run()
    board.say("nothing to report")
    chosen = [event for event in board.events if event.kind in KINDS]
    assert len(chosen) < len(board.events)
    assert collect(chosen) == collect(board.events)


def test_marks_of_stored_events_are_those_of_the_events() -> None:
    """Nothing is lost on the way through the journal's JSON."""
    events = BusyDay(20).run().events
    assert collect(event_from_json(event_to_json(event)) for event in events) == collect(events)


@given(st.lists(st.floats(0, 10_000), min_size=1), st.sampled_from(PERCENTS))
def test_percentiles_are_those_of_numpy_by_nearest_rank(values: list[float], percent: int) -> None:
    """The same number as NumPy's inverted distribution, and always one that was measured."""
    ours = percentile(sorted(values), percent)
    # NumPy's own multiplication rounds just above a whole rank, and then takes the next one.
    reference = np.percentile(values, percent - 1e-9, method="inverted_cdf")
    assert ours == reference
    assert ours in values


@given(st.lists(st.floats(0, 10_000)), st.floats(0, 10_000))
def test_a_target_counts_what_took_no_longer(values: list[float], limit: float) -> None:
    """Counted one by one it is the same."""
    samples = Samples(tuple(sorted(values)))
    assert within(samples, limit) == sum(value <= limit for value in values)


@given(st.lists(st.floats(0, 20_000)))
def test_buckets_hold_every_sample_once(values: list[float]) -> None:
    """Whatever the times, the buckets add up to all of them."""
    samples = Samples(tuple(sorted(values)))
    made = buckets("feedback", samples)
    assert made.n == len(values)
    assert math.isclose(sum(made.shares), 100 if values else 0)


def test_a_bucket_ends_with_its_edge() -> None:
    """Thirty seconds is within thirty seconds, as in the target."""
    assert buckets("sign", Samples((30.0, 30.001, 180.0, 181.0))).counts == (1, 1, 0, 1, 1)


def test_a_target_is_met_at_exactly_its_share() -> None:
    """Nine of ten is ninety percent; no verdict without a share asked for, or without samples."""
    target = Target("ours", "answer", 15, 90)
    assert [Reached(target, 10, done).met for done in (9, 8)] == [True, False]
    assert Reached(target, 0, 0).met is None
    assert Reached(Target("ours", "sign", 30, None), 10, 10).met is None


def test_few_samples_carry_a_warning() -> None:
    """Nineteen do, twenty do not; nothing at all has no percentiles."""
    assert [spread(Samples((1.0,) * n)).few for n in (19, 20)] == [True, False]
    assert spread(Samples()).p50 is None
