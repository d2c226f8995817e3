"""Whom to send: near, free, skilled, of the right team; and for each other unit, why not."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.agencies import commands as agreeing
from intake.agencies.jurisdiction import Jurisdiction
from intake.dispatch import commands as ask
from intake.dispatch import source_commands as told
from intake.dispatch.base import Actor, Role
from intake.dispatch.decide import Decision
from intake.dispatch.objects import Overlay, UnitCard, UnitState
from intake.dispatch.refusals import Refusal
from intake.dispatch.state import State
from intake.dispatch.work_commands import AnswerAlarm
from intake.errors import SiteError
from intake.recommendation.advice import Advice, Scene, advise
from intake.recommendation.rules import Advising
from intake.recommendation.travel import as_the_crow_flies, minutes_to
from intake.site import Site, example_site_path, load_site
from tests.support.dispatch_board import PANEL, Board, kinds

WAYS = (("hall", "gate", 1.0), ("gate", "platform", 3.0), ("hall", "square", 2.0), ("square", "street", 9.0))
RULES = Advising(
    teams={"theft": ("hall",)},
    response=("response",),
    skills={"weapon": ("armed",)},
    mandatory={"bomb-threat": ("bomb",)},
    ways=WAYS,
)
UNITS = (
    ("P1", "hall", "rail", (), "hall"),
    ("P2", "hall", "rail", (), "platform"),
    ("P5", "square", "local", (), "square"),
    ("R1", "response", "rail", ("armed", "bomb"), "platform"),
)


@pytest.fixture
def board() -> Board:
    """Two units of the hall, one of the other agency, one of the response team, each at its place."""
    board = Board()
    board.state = replace(State(), policy=replace(board.state.policy, advising=RULES))
    cards = tuple(
        UnitCard(id=id_, team=team, agency=agency, family="patrol", n=n, skills=skills)
        for n, (id_, team, agency, skills, _) in enumerate(UNITS)
    )
    board.ask(told.EnrolUnits, by=PANEL, cards=cards)
    for id_, *_, place in UNITS:
        stand(board, id_, place)
    return board


def stand(board: Board, unit: str, place: str | None, *, minutes_ago: float = 0) -> None:
    """Let a unit have said where it is."""
    at = board.now - timedelta(minutes=minutes_ago) if place else None
    known = board.state.units[unit].model_copy(update={"place": place, "place_at": at})
    board.state = replace(board.state, units=board.state.units.set(unit, known))


def lie_over(board: Board, unit: str, overlay: Overlay) -> None:
    """Put an overlay on a unit."""
    known = board.state.units[unit].model_copy(update={"overlays": frozenset({overlay})})
    board.state = replace(board.state, units=board.state.units.set(unit, known))


def ranked(board: Board, type_: str = "theft", place: str = "hall", priority: int = 2) -> list[str]:
    """Those proposed, best first."""
    return [
        one.unit
        for one in advise(board.state, Scene(type_, place, priority, agency="rail"), board.now)
        if not one.bar
    ]


def of(board: Board, unit: str, scene: Scene | None = None) -> Advice:
    """What is said of one unit."""
    found = advise(board.state, scene or Scene("theft", "hall", 2, agency="rail"), board.now)
    return next(one for one in found if one.unit == unit)


def codes(one: Advice) -> set[str]:
    """Of its reasons."""
    return {reason.code for reason in one.reasons}


def bar(one: Advice) -> tuple[str, str] | None:
    """What keeps it, and its value."""
    return (one.bar.code, one.bar.value) if one.bar else None


def test_the_nearest_of_the_home_team_goes_first(board: Board) -> None:
    """P1 stands there, P2 is 4 minutes off; R1 is as far, of another team; P5 of the other agency, too."""
    assert ranked(board) == ["P1", "P2", "R1", "P5"]
    assert [of(board, unit).minutes for unit in ("P1", "P2", "P5")] == [0, 4, 2]
    assert of(board, "P2").points == 4
    assert of(board, "P5").points == 2 + 2 + 3
    assert codes(of(board, "P2")) == {"minutes", "home-team", "position"}


def test_priority_0_knows_no_teams_and_no_agencies(board: Board) -> None:
    """The closest goes, whoever's it is; the reasons stand, without points."""
    assert ranked(board, priority=0) == ["P1", "P5", "P2", "R1"]
    assert {"other-team", "other-agency"} <= codes(of(board, "P5", Scene("theft", "hall", 0, agency="rail")))


def test_priority_1_asks_the_home_team_then_the_response_team(board: Board) -> None:
    """However near others are."""
    assert ranked(board, priority=1) == ["P1", "P2", "R1", "P5"]
    stand(board, "R1", "street")
    assert ranked(board, priority=1) == ["P1", "P2", "R1", "P5"]
    assert ranked(board, priority=2) == ["P1", "P2", "P5", "R1"]


def test_a_skill_helps_and_some_are_needed(board: Board) -> None:
    """Without what helps a unit comes later, without what is needed not at all."""
    assert ranked(board, "weapon", "platform") == ["R1", "P2", "P1", "P5"]
    assert "without-skill" in codes(of(board, "P1", Scene("weapon", "hall", 2)))
    assert ranked(board, "bomb-threat") == ["R1"]
    assert bar(of(board, "P1", Scene("bomb-threat", "hall", 0))) == ("skill", "bomb")


def test_who_is_nowhere_comes_last(board: Board) -> None:
    """Of those that may go; an old position costs points."""
    stand(board, "P1", None)
    assert ranked(board)[-1] == "P1"
    assert "no-position" in codes(of(board, "P1"))
    stand(board, "P1", "moon")
    assert "no-way" in codes(of(board, "P1"))
    stand(board, "P1", "hall", minutes_ago=16)
    assert of(board, "P1").points == 2
    assert "old-position" in codes(of(board, "P1"))


@pytest.mark.parametrize("state", [UnitState.OFF_DUTY, UnitState.BUSY, UnitState.OUT_OF_SERVICE])
def test_who_is_not_free_is_not_proposed(board: Board, state: UnitState) -> None:
    """And its state is the why not."""
    board.ask(ask.SetUnitStatus, unit="P1", state=state, reason="rest")
    assert bar(of(board, "P1")) == ("state", state)
    assert ranked(board)[0] == "P2"


@pytest.mark.parametrize(
    ("overlay", "code"), [(Overlay.EMERGENCY, "emergency"), (Overlay.NO_CONTACT, "no-contact")]
)
def test_who_needs_help_or_is_silent_is_not_proposed(board: Board, overlay: Overlay, code: str) -> None:
    """Somebody must look for them instead."""
    lie_over(board, "P1", overlay)
    assert bar(of(board, "P1")) == (code, "")


def test_who_works_on_something_as_urgent_stays_there(board: Board) -> None:
    """Nobody is taken off a scene; off the way only to what is two priorities more urgent."""
    there = board.incident("i1", type="dispute", priority=3)
    board.send("P1", to="i1")
    assert bar(of(board, "P1")) == ("committed", str(there.no))
    urgent = Scene("fight", "hall", 1)
    assert of(board, "P1", urgent).how == "divert"
    assert "order" in codes(of(board, "P1", urgent))
    board.step("P1", "ONSCENE")
    assert bar(of(board, "P1", urgent)) == ("on-scene", str(there.no))
    assert bar(of(board, "P1", Scene("dispute", "hall", 3, "i1"))) == ("here", "")


def test_who_is_set_aside_is_kept(board: Board) -> None:
    """For the incident it is kept for."""
    there = board.incident("i1")
    board.ask(ask.Reserve, incident_id="i1", unit="P1", assignment_id="r1")
    assert bar(of(board, "P1")) == ("reserved", str(there.no))


def test_anothers_unit_is_left_out_until_it_is_granted(board: Board) -> None:
    """To an agency's desk; the joint centre orders every unit, and priority 0 knows no agencies."""
    rules = Jurisdiction(agencies=frozenset({"rail", "local"}))
    board.state = replace(board.state, policy=replace(board.state.policy, jurisdiction=rules))
    mine = Scene("theft", "hall", 2, agency="rail", asker="rail")
    assert bar(of(board, "P5", mine)) == ("no-grant", "local")
    assert bar(of(board, "P1", mine)) is None
    assert bar(of(board, "P5")) is None
    assert bar(of(board, "P5", replace(mine, priority=0))) is None
    rail, local = (Actor(name=f"person:{one}", role=Role.DISPATCHER, agency=one) for one in ("rail", "local"))
    wanted = {"giver": "local", "taker": "rail", "types": ("theft",), "reason": "fair"}
    board.ask(agreeing.AskGrant, by=rail, grant_id="g1", **wanted)
    assert bar(of(board, "P5", mine)) == ("no-grant", "local")
    board.ask(agreeing.SignGrant, by=local, grant_id="g1")
    assert bar(of(board, "P5", mine)) is None
    assert bar(of(board, "P5", replace(mine, type="fight"))) == ("no-grant", "local")


def test_a_team_works_together(board: Board) -> None:
    """Who has one of its own there is a point nearer."""
    board.incident("i1", place="hall")
    scene = Scene("theft", "hall", 2, "i1")
    alone = of(board, "P2", scene).points
    board.send("P1", to="i1")
    assert of(board, "P2", scene).points == alone - 1


def test_an_alarm_is_answered_in_one_go(board: Board) -> None:
    """An incident and its orders, or neither; again is nothing; one undo takes both back."""
    board.alarm("a1", type="theft", place="hall")

    def answer() -> Decision:
        return board.ask(AnswerAlarm, alarm_id="a1", incident_id="i1", units={"P1": "x1"})

    board.ask(ask.SetUnitStatus, unit="P1", state=UnitState.OFF_DUTY, reason="")
    refused = answer()
    assert isinstance(refused, Refusal)
    assert refused.code == "unit-unavailable"
    assert not board.state.incidents

    board.ask(ask.SetUnitStatus, unit="P1", state=UnitState.AVAILABLE_MOBILE, reason="")
    before = board.state
    assert kinds(answer()) == [
        "incident.opened",
        "alarm.promoted",
        "assignment.dispatched",
        "incident.activated",
    ]
    board.ask(ask.Undo)
    assert board.state.incidents == before.incidents
    assert board.state.assignments == before.assignments
    assert board.state.alarms["a1"].state == before.alarms["a1"].state


@given(
    ways=st.lists(
        st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef"), st.floats(0.5, 30)), max_size=12
    )
)
def test_ways_are_short_and_the_same_both_ways(ways: list[tuple[str, str, float]]) -> None:
    """No detour is shorter than what is found, and there and back take as long."""
    table = {place: minutes_to(place, ways) for place in "abcdef"}
    for start, reached in table.items():
        assert reached[start] == 0
        for one, other, minutes in ways:
            if one in reached:
                assert reached[other] <= reached[one] + minutes + 1e-9
        for end, minutes in reached.items():
            assert table[end][start] == pytest.approx(minutes)


def test_where_no_way_is_named_the_distance_counts() -> None:
    """At 80 m a minute; without coordinates nobody knows."""
    located = {"a": (29.0, 120.0), "b": (29.0, 120.01)}
    assert as_the_crow_flies("a", "b", located) == pytest.approx(12.2, abs=0.1)
    assert as_the_crow_flies("a", "c", located) is None
    assert as_the_crow_flies(None, "b", located) is None


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('[[way]]\nplaces = ["hall-a", "footbridge"]\nminutes = 2', 'place "hall-a"'),
        ('[recommend]\nteams = { theft = ["hal"] }', 'team "hal"'),
        ('[recommend]\nskills = { thef = ["armed"] }', 'type "thef"'),
        ('[recommend]\nmandatory = { theft = ["swim"] }', 'skill "swim"'),
    ],
)
def test_a_site_names_only_what_it_has(line: str, said: str) -> None:
    """A slip of the pen is told when the file is read."""
    text = example_site_path().read_text(encoding="utf-8")
    whole = text.partition("# Whom to send.")[0] + line + "\n"
    with pytest.raises(SiteError, match=said):
        Site.from_toml(whole)


def test_the_example_site_knows_its_ways() -> None:
    """From platform 4 to the ticket office, by the halls."""
    advising = load_site(example_site_path()).advising
    assert minutes_to("ticket-window-3", advising.ways)["platform-4"] == 1 + 2 + 2 + 1 + 3 + 3
