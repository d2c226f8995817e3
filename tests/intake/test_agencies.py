"""Two agencies and six teams: hand-off, orders through a team's desk, grants, jurisdiction, mutual aid."""

from dataclasses import replace
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from intake.agencies import commands as do
from intake.agencies.jurisdiction import Jurisdiction, Rule
from intake.dispatch import commands as ask
from intake.dispatch import source_commands as told
from intake.dispatch.base import Actor, ObjectKind, Ref, Role
from intake.dispatch.decide import Decision
from intake.dispatch.incident_commands import MergeIncidents
from intake.dispatch.objects import UnitCard
from intake.timers.commands import fire
from intake.timers.kinds import running
from tests.support.dispatch_board import CHIEF, PANEL, WANG, Board, code, kinds, replayed

RAIL = Actor(name="person:rail", role=Role.DISPATCHER, agency="rail")
LOCAL = Actor(name="person:local", role=Role.DISPATCHER, agency="local")
PROVINCE = Actor(name="person:province", role=Role.DISPATCHER, agency="province")
HALL = Actor(name="person:hall", role=Role.DISPATCHER, agency="rail", team="hall")
I1 = Ref(ObjectKind.INCIDENT, "i1")
A1 = Ref(ObjectKind.ALARM, "a1")


@pytest.fixture
def board() -> Board:
    """Three patrols of the railway's hall team, two of the local square team, three agencies."""
    board = Board()
    jurisdiction = Jurisdiction(
        agencies=frozenset({"rail", "local", "province"}),
        owners={"waiting-hall-a": "rail", "north-square": "local"},
    )
    board.state = replace(board.state, policy=replace(board.state.policy, jurisdiction=jurisdiction))
    cards = tuple(UnitCard(id=f"P{n}", team="square", agency="local", family="patrol", n=n) for n in (5, 6))
    board.ask(told.EnrolUnits, by=PANEL, cards=cards)
    return board


def offer(board: Board, about: Ref = I1, to: str = "local", by: Actor = RAIL) -> Decision:
    """Offer it."""
    return board.ask(do.MakeOffer, by=by, about=about, to=to, reason="their ground")


def answer(
    board: Board, *, accept: bool, about: Ref = I1, by: Actor = LOCAL, reason: str = "busy", opens: str = ""
) -> Decision:
    """Take it, or not."""
    return board.ask(do.AnswerOffer, by=by, about=about, accept=accept, reason=reason, opens=opens)


def name(board: Board, *units: str, by: Actor = HALL, team: str = "hall", quoted: bool = False) -> Decision:
    """Name who goes for a team."""
    ids = {unit: f"{unit}-i1" for unit in units}
    return board.ask(do.NameUnits, by=by, incident_id="i1", team=team, units=ids, quoted=quoted)


def grant(board: Board, *, by: Actor = LOCAL, **limits: object) -> str:
    """The railway lets the local police order its units, once signed; the grant's id."""
    id_ = f"grant-{len(board.state.grants) + 1}"
    usual = {"giver": "rail", "taker": "local", "reason": "fair"}
    board.ask(do.AskGrant, by=by, grant_id=id_, **usual | limits)
    return id_


def test_an_incident_is_led_by_whose_ground_it_is(board: Board) -> None:
    """Unless a rule of the site says otherwise, at its hours; where nobody knows, the desk decides."""
    assert board.incident().lead == "rail"
    assert board.incident("i2", place="moon").lead is None
    night = Rule("local", types=("disorder",), hours=(time(22), time(6)))
    whose = Jurisdiction(owners={"waiting-hall-a": "rail"}, rules=(night,))
    china = ZoneInfo("Asia/Shanghai")
    for hour, lead in ((15, "local"), (21, "local"), (22, "rail"), (10, "rail")):
        at = datetime(2026, 3, 1, hour, tzinfo=UTC)
        assert whose.lead("disorder", "waiting-hall-a", at, china) == lead
        assert whose.lead("theft", "waiting-hall-a", at, china) == "rail"


def test_a_hand_off_that_is_taken_moves_the_lead_and_the_first_assists(board: Board) -> None:
    """Until then the offerer leads."""
    board.incident()
    assert kinds(offer(board)) == ["incident.offered"]
    assert board.state.incidents["i1"].lead == "rail"
    assert code(answer(board, accept=True, by=PROVINCE)) == "offer-others"
    assert kinds(answer(board, accept=True)) == ["incident.offer-ended"]
    incident = board.state.incidents["i1"]
    assert (incident.lead, incident.assist, incident.owner, incident.offer) == (
        "local",
        ("rail",),
        "rail",
        None,
    )
    assert replayed(board) == board.state


def test_what_is_refused_or_not_answered_is_on_top_with_its_age(board: Board) -> None:
    """A refusal needs a reason; a minute without an answer ends the offer by itself, and is told."""
    before = board.incident().first_at
    offer(board)
    assert code(answer(board, accept=False, reason="")) == "missing"
    answer(board, accept=False)
    incident = board.state.incidents["i1"]
    assert (incident.lead, incident.offer, incident.first_at) == ("rail", None, before)
    assert incident.returned_at == board.now

    offer(board)
    board.wait(60)
    timer = next(one for one in running(board.state, I1) if one.kind == "offer")
    assert kinds(board.give(fire(timer, board.now))) == ["timer.reached", "incident.offer-ended"]
    assert board.state.incidents["i1"].offer is None


def test_an_offer_is_taken_back_and_is_one_at_a_time(board: Board) -> None:
    """Nothing is offered twice at once, nor to who has it."""
    board.incident()
    assert code(offer(board, to="rail")) == "offer-own"
    assert code(offer(board, to="moon")) == "unknown"
    offer(board)
    assert code(offer(board, to="province")) == "offer-open"
    answer(board, accept=False, by=RAIL, reason="found a unit")
    assert board.events[-1].model_dump()["outcome"] == "withdrawn"
    assert code(answer(board, accept=True)) == "no-offer"


def test_nothing_goes_on_to_a_third_but_through_its_first_owner(board: Board) -> None:
    """The receiver may give it back; from there it may go anywhere."""
    board.incident()
    offer(board)
    answer(board, accept=True)
    assert code(offer(board, to="province", by=LOCAL)) == "no-chaining"
    offer(board, to="rail", by=LOCAL)
    answer(board, accept=True, by=RAIL)
    assert kinds(offer(board, to="province")) == ["incident.offered"]


def test_only_who_leads_offers_and_only_work_is_taken_over(board: Board) -> None:
    """Another agency's desk gives away nothing, and an offer outlives no incident."""
    board.incident()
    assert code(offer(board, to="province", by=LOCAL)) == "offer-not-lead"
    offer(board)
    board.ask(ask.CancelIncident, incident_id="i1", reason="false")
    assert code(answer(board, accept=True)) == "incident-over"


def test_an_offered_alarm_stays_in_the_queue_until_it_is_taken(board: Board) -> None:
    """Nobody decides meanwhile; refused it waits again, quoted as taken it is their incident."""
    board.alarm("a1")
    offer(board, A1)
    assert board.alarm_state("a1") == "OFFERED"
    assert code(board.ask(ask.Promote, alarm_id="a1", incident_id="i1")) == "offer-open"
    answer(board, about=A1, accept=False)
    assert board.alarm_state("a1") == "QUEUED"
    offer(board, A1)
    assert code(answer(board, about=A1, accept=True, by=WANG)) == "missing"
    assert board.alarm_state("a1") == "OFFERED"
    answer(board, about=A1, accept=True, by=WANG, opens="i1")
    assert (board.alarm_state("a1"), board.state.incidents["i1"].lead) == ("PROMOTED", "local")


def test_an_alarm_a_desk_of_theirs_takes_is_an_incident_they_lead(board: Board) -> None:
    """Nothing leaves the board, and an undo offers it again."""
    board.alarm("a1", place=None)
    offer(board, A1)
    taken = {"about": A1, "accept": True, "opens": "i1"}
    assert code(board.ask(do.AnswerOffer, by=LOCAL, **taken)) == "missing"
    done = board.ask(do.AnswerOffer, by=LOCAL, **taken, place="north-square")
    assert kinds(done)[:3] == ["alarm.offer-ended", "incident.opened", "alarm.promoted"]
    incident = board.state.incidents["i1"]
    assert (incident.lead, incident.type, incident.place) == ("local", "intrusion", "north-square")
    assert (board.alarm_state("a1"), board.state.alarms["a1"].offer) == ("PROMOTED", None)
    board.ask(ask.Undo, by=LOCAL)
    assert (board.alarm_state("a1"), len(board.state.incidents)) == ("OFFERED", 0)


def test_a_teams_desk_signs_and_names_who_goes(board: Board) -> None:
    """The order stands until units are named; each of their orders knows it."""
    board.incident()
    board.ask(do.OrderTeam, incident_id="i1", order_id="o1", team="hall")
    assert code(board.ask(do.OrderTeam, incident_id="i1", order_id="o2", team="hall")) == "team-ordered"
    assert code(name(board, "P5")) == "not-of-team"
    done = kinds(name(board, "P1", "P2"))
    assert done[:2] == ["incident.team-signed", "incident.team-delegated"]
    assert {one.parent for one in board.state.assignments.values()} == {"o1"}
    (order,) = board.state.incidents["i1"].teams
    assert (order.is_open, order.over_the_head) == (False, False)
    assert code(name(board, "P3")) == "no-team-order"


def test_what_a_teams_desk_says_by_voice_is_not_over_its_head(board: Board) -> None:
    """Whoever heard it writes it down, at any time."""
    board.incident()
    board.ask(do.OrderTeam, incident_id="i1", order_id="o1", team="hall")
    assert code(name(board, "P1", by=WANG)) == "team-has-time"
    said = name(board, "P1", by=WANG, quoted=True)
    assert kinds(said)[:2] == ["incident.team-signed", "incident.team-delegated"]
    assert not board.state.incidents["i1"].teams[0].over_the_head


def test_a_desk_signs_in_its_time_then_names_in_its_time(board: Board) -> None:
    """Two timers, one after the other; neither runs once units are named."""
    board.incident()
    board.ask(do.OrderTeam, incident_id="i1", order_id="o1", team="hall")
    assert [one.kind for one in running(board.state, I1)] == ["desk"]
    board.wait(20)
    board.ask(do.SignTeam, by=HALL, incident_id="i1", team="hall")
    (timer,) = running(board.state, I1)
    assert (timer.kind, timer.since) == ("delegate", board.now)
    name(board, "P1")
    assert not running(board.state, I1)


def test_a_teams_order_goes_along_when_incidents_are_merged_and_comes_back(board: Board) -> None:
    """The desk answers for what stands; reopened, the incident has its order again."""
    board.incident()
    board.incident("i2")
    board.ask(do.OrderTeam, incident_id="i1", order_id="o1", team="hall")
    board.ask(MergeIncidents, incident_id="i1", into="i2")
    assert [one.id for one in board.state.incidents["i2"].teams] == ["o1"]
    board.ask(ask.ReopenIncident, incident_id="i1", reason="two thefts after all")
    assert [one.id for one in board.state.incidents["i1"].teams] == ["o1"]
    assert not board.state.incidents["i2"].teams
    assert replayed(board) == board.state


def test_the_centre_reaches_over_the_head_of_a_desk_that_takes_too_long(board: Board) -> None:
    """A minute after the desk signed; before that only a supervisor."""
    board.incident()
    board.ask(do.OrderTeam, incident_id="i1", order_id="o1", team="hall")
    board.ask(do.SignTeam, by=HALL, incident_id="i1", team="hall")
    board.wait(59)
    assert code(name(board, "P1", by=WANG)) == "team-has-time"
    board.wait(1)
    assert [one.kind for one in running(board.state, I1)] == ["delegate"]
    assert kinds(name(board, "P1", by=WANG))[0] == "incident.team-delegated"
    assert board.state.incidents["i1"].teams[0].over_the_head
    board.ask(ask.Undo, by=WANG)
    assert board.state.incidents["i1"].teams[0].is_open
    assert not board.state.assignments
    board.ask(do.RecallTeam, incident_id="i1", team="hall", reason="no need")
    assert code(name(board, "P1", by=CHIEF)) == "no-team-order"


def test_another_agencys_unit_goes_by_grant_only(board: Board) -> None:
    """Refused without one; the order stores which one it rests on."""
    board.incident()
    assert code(board.send("P1", by=LOCAL)) == "no-grant"
    assert (
        code(board.ask(ask.Reserve, by=LOCAL, incident_id="i1", unit="P1", assignment_id="r")) == "no-grant"
    )
    id_ = grant(board, types=("theft",))
    assert code(board.send("P1", by=LOCAL)) == "no-grant"  # asked, not signed
    assert code(board.ask(do.SignGrant, by=LOCAL, grant_id=id_)) == "second-side"
    board.ask(do.SignGrant, by=RAIL, grant_id=id_)
    board.send("P1", by=LOCAL)
    assert board.state.assignments["P1-i1"].grant == "1"
    board.incident("i2", type="fight")
    assert code(board.send("P2", to="i2", by=LOCAL)) == "no-grant"
    board.send("P2", to="i2", by=RAIL)
    assert board.state.assignments["P2-i2"].grant is None


def test_priority_0_needs_no_grant_and_the_joint_centre_none_either(board: Board) -> None:
    """What the order rests on is written down all the same."""
    board.incident(type="fire")
    board.send("P1", by=LOCAL)
    assert board.state.assignments["P1-i1"].grant == "priority-0"
    board.incident("i2")
    board.send("P2", "P5", to="i2")
    assert board.state.assignments["P5-i2"].grant is None


def test_a_revoked_grant_ends_new_orders_and_names_the_running_ones(board: Board) -> None:
    """Orders given go on."""
    board.incident()
    board.incident("i2")
    id_ = grant(board)
    board.ask(do.SignGrant, by=CHIEF, grant_id=id_)
    board.send("P1", by=LOCAL)
    revoked = board.ask(do.RevokeGrant, by=RAIL, grant_id=id_, reason="own need")
    assert isinstance(revoked, tuple)
    assert revoked[0].model_dump()["running"] == ("P1",)
    assert code(board.send("P2", to="i2", by=LOCAL)) == "no-grant"
    assert board.at("P1") == "DISPATCHED"
    assert code(board.ask(do.RevokeGrant, by=RAIL, grant_id=id_, reason="x")) == "grant-over"


def test_an_order_to_anothers_team_keeps_its_grant_down_to_each_unit(board: Board) -> None:
    """Revoked before anybody was named, the team is listed; its own desk may still name who goes."""
    board.incident()
    order = {"incident_id": "i1", "order_id": "o1", "team": "hall"}
    assert code(board.ask(do.OrderTeam, by=LOCAL, **order)) == "no-grant"
    id_ = grant(board)
    board.ask(do.SignGrant, by=RAIL, grant_id=id_)
    board.ask(do.OrderTeam, by=LOCAL, **order)
    assert board.state.incidents["i1"].teams[0].grant == "1"
    revoked = board.ask(do.RevokeGrant, by=RAIL, grant_id=id_, reason="own need")
    assert isinstance(revoked, tuple)
    assert revoked[0].model_dump()["teams"] == ("hall",)
    assert code(name(board, "P1", by=LOCAL, quoted=True)) == "no-grant"
    name(board, "P1")
    assert (board.state.assignments["P1-i1"].grant, board.state.assignments["P1-i1"].parent) == ("1", "o1")


def test_a_grant_is_for_a_place_an_incident_or_a_while(board: Board) -> None:
    """Outside of that it is none."""
    board.incident()
    board.incident("i2", place="gate-1")
    for limits in ({"incident_id": "i1"}, {"places": ("waiting-hall-a",)}):
        id_ = grant(board, **limits)
        board.ask(do.SignGrant, by=RAIL, grant_id=id_)
        assert code(board.send("P2", to="i2", by=LOCAL)) == "no-grant"
        assert code(board.send("P1", by=LOCAL)) == ""
        board.ask(ask.Undo, by=LOCAL)
        board.ask(do.RevokeGrant, by=RAIL, grant_id=id_, reason="next")
    until = board.now.replace(hour=11)
    id_ = grant(board, until=until)
    board.ask(do.SignGrant, by=RAIL, grant_id=id_)
    board.wait(3600)
    assert code(board.send("P1", by=LOCAL)) == "no-grant"


def test_who_helps_another_team_keeps_its_call_sign_and_returns(board: Board) -> None:
    """Mutual aid: only the team is another; its own agency lends it."""
    assert code(board.ask(do.LendUnit, by=LOCAL, unit="P1", team="square")) == "no-grant"
    board.ask(do.LendUnit, by=RAIL, unit="P1", team="square", reason="fair")
    unit = board.state.units["P1"]
    assert (unit.team, unit.card.team, unit.card.agency, unit.id) == ("square", "hall", "rail", "P1")
    board.incident()
    board.ask(do.OrderTeam, incident_id="i1", order_id="o1", team="square")
    square = Actor(name="person:square", role=Role.DISPATCHER, team="square")
    assert code(name(board, "P1", by=square, team="square")) == ""
    board.ask(do.LendUnit, by=RAIL, unit="P1", team="hall")
    assert board.state.units["P1"].team == "hall"
