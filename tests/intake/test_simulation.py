"""Two organisations against the same calls: a queue counted by hand, and what must hold of any."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.errors import IntakeError
from intake.simulation.calls import calls_by_chance, calls_of_file
from intake.simulation.model import Assumptions, Call, Organisation, Room, joint, separate
from intake.simulation.run import simulate
from intake.site import example_site_path, load_site

SITE = load_site(example_site_path())
CALLS_FILE = Path(__file__).parents[3] / "shared" / "data" / "montgomery_pa_911_sample.csv"
STEADY = Assumptions(misdialled=0, spread=0)


def one_desk(units: dict[str, str]) -> Organisation:
    """One room with one desk."""
    return Organisation("one", {"r": Room("r", 1, units)}, {"rail": "r", "local": "r"})


def test_a_queue_counted_by_hand() -> None:
    """One desk, one unit: the second caller waits for the desk, and then for the unit."""
    calls = [Call(0, "rail", 2), Call(10, "rail", 2)]
    outcome = simulate(calls, one_desk({"P1": "rail"}), STEADY)
    assert [round(each) for each in outcome.answer.seconds] == [0, 50]
    assert [round(each) for each in outcome.dispatch.seconds] == [60, 60 + 240 + 1200 - 10]
    assert [round(each) for each in outcome.arrival.seconds] == [300, 60 + 240 + 1200 - 10 + 240]


def test_the_more_urgent_call_is_answered_first() -> None:
    """Of two that wait, priority 0 gets the desk."""
    calls = [Call(0, "rail", 2), Call(1, "rail", 3), Call(2, "rail", 0)]
    outcome = simulate(calls, one_desk({"P1": "rail", "P2": "rail", "P3": "rail"}), STEADY)
    assert [round(each) for each in outcome.answer.seconds] == [0, 58, 119]


def test_a_call_to_the_wrong_room_is_passed_on() -> None:
    """It is answered at once, and its unit sent later by the passing on; one centre has no wrong room."""
    calls = [Call(0, "rail", 2)]
    assumed = Assumptions(misdialled=1, spread=0)
    apart, together = (simulate(calls, make(SITE, 2), assumed) for make in (separate, joint))
    assert (apart.passed_on, together.passed_on) == (1, 0)
    assert [round(of.dispatch.seconds[0]) for of in (apart, together)] == [45 + 60, 60]


def test_the_boundary_keeps_units_from_each_other() -> None:
    """A separate room with no unit left waits for its own; one centre sends the other agency's."""
    own = sum(unit.agency == "rail" for unit in SITE.units.values())
    calls = [Call(0, "rail", 2)] * (own + 1)
    apart, together = (simulate(calls, make(SITE, 40), STEADY) for make in (separate, joint))
    assert round(apart.arrival.seconds[-1]) == 60 + 240 + 1200 + 240
    assert round(together.arrival.seconds[-1]) == 60 + 360


def test_both_have_the_same_desks_and_units() -> None:
    """What differs is the organisation, never its size."""
    for desks in range(1, 6):
        apart, together = separate(SITE, desks), joint(SITE, desks)
        assert sum(room.desks for room in apart.rooms.values()) == together.rooms["centre"].desks
        units = [unit for room in apart.rooms.values() for unit in room.units]
        assert sorted(units) == sorted(together.rooms["centre"].units) == sorted(SITE.units)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000), st.floats(1, 40))
def test_every_call_is_answered_sent_to_and_arrived_at_in_this_order(seed: int, an_hour: float) -> None:
    """None is lost, none goes back in time, and the same seed tells the same story."""
    calls = calls_by_chance(an_hour, 4, SITE, seed)
    for organisation in (separate(SITE, 2), joint(SITE, 2)):
        outcome = simulate(calls, organisation, Assumptions(), seed)
        spans = (outcome.answer.seconds, outcome.dispatch.seconds, outcome.arrival.seconds)
        assert {len(each) for each in spans} == {len(calls)}
        for answer, dispatch, arrival in zip(*spans, strict=True):
            assert 0 <= answer <= dispatch <= arrival
        assert simulate(calls, organisation, Assumptions(), seed) == outcome


def test_a_bad_line_of_a_call_file_is_named() -> None:
    """The number of the line, and how one is written."""
    good = '40.1,-75.3,"EMS: FALL VICTIM",2016-01-15 12:01,NORRISTOWN,A ST'
    assert calls_of_file([good], SITE)[0].priority == 1
    with pytest.raises(IntakeError, match="line 2"):
        calls_of_file([good, "no call"], SITE)


@pytest.mark.skipif(not CALLS_FILE.exists(), reason="recorded calls are not part of the project")
def test_recorded_calls_are_split_evenly_between_the_agencies() -> None:
    """Every line is a call, in the order of time, half of them on either side of the boundary."""
    lines = CALLS_FILE.read_text(encoding="utf-8").splitlines()
    calls = calls_of_file(lines, SITE)
    assert len(calls) == len(lines)
    assert calls == sorted(calls, key=lambda call: call.at)
    owners = [call.owner for call in calls]
    assert abs(owners.count("rail") - owners.count("local")) <= 1
