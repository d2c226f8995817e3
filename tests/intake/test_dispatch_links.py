"""What belongs together: proposed with the reason, decided by people, merged by itself only where allowed."""

import time
from dataclasses import replace

import pytest

from intake.correlation.rules import Rules
from intake.dispatch import commands as ask
from intake.dispatch import source_commands as told
from intake.dispatch.decide import decide
from intake.dispatch.events import event_from_json
from intake.dispatch.links import followers_of, leader_of, standing
from intake.dispatch.objects import AlarmContent
from intake.rebuild import policy_of
from intake.rows import alarm_row
from intake.site import example_site_path, load_site
from tests.support.dispatch_board import PANEL, WANG, Board, code, kinds

SMOKE = {
    "type": "fire",
    "priority": 0,
    "place": "ticket-office",
    "source_id": "box1/1234",
    "account": "1234",
    "zone": "003",
    "text": "smoke detector",
}


@pytest.fixture
def board() -> Board:
    """The example site's places, types and weights."""
    board = Board()
    board.state = replace(board.state, policy=policy_of(load_site(example_site_path())))
    return board


def proposed(board: Board, alarm: str) -> list[tuple[str, int]]:
    """What stands proposed for an alarm: target and points, the best first."""
    found = standing(board.state, board.state.alarms[alarm])
    return [(one.target.id, one.proposal.score) for one in found]


def hear(board: Board, text: str, **understood: object) -> str:
    """Somebody reports something on the channel; its alarm's id."""
    board.say(text, intent="report", **understood)  # type: ignore[arg-type]  # what was understood
    return f"alarm-o{len(board.state.overs)}"


def rows(board: Board) -> list[str]:
    """The alarms that have a row of their own."""
    alarms = board.state.alarms.values()
    return sorted(alarm.id for alarm in alarms if leader_of(board.state, alarm) is None)


def test_a_smoke_zone_and_words_about_it_are_one_incident(board: Board) -> None:
    """Within ten minutes "smoke at ticket window three" is proposed, with its reasons, and makes it sure."""
    board.alarm("zone", **SMOKE)
    board.wait(240)
    spoken = hear(board, "smoke at ticket window three", type="fire", place="ticket-window-3", units=("P1",))
    assert proposed(board, spoken) == [("zone", 80)]
    (one,) = standing(board.state, board.state.alarms[spoken])
    assert {reason.code: reason.points for reason in one.proposal.reasons} == {
        "place-within": 40,
        "minutes-apart": 20,
        "same-type": 20,
        "across-sources": 0,
    }
    board.ask(ask.AcceptLink, alarm_id=spoken, target="zone", incident_id="i1")
    incident = board.state.incidents["i1"]
    assert (incident.type, incident.place, incident.priority) == ("fire", "ticket-office", 0)
    assert incident.certainty == "observed"
    assert (board.alarm_state("zone"), board.alarm_state(spoken)) == ("PROMOTED", "LINKED")
    assert incident.first_at == board.state.alarms["zone"].content.recorded_at


def test_what_agrees_raises_the_priority(board: Board) -> None:
    """A door zone and a caller who sees it broken are more urgent than either, and likely."""
    board.alarm("zone", **SMOKE | {"type": "intrusion", "priority": 1, "zone": "002", "text": "door"})
    board.ask(ask.Promote, alarm_id="zone", incident_id="i1")
    board.wait(60)
    board.alarm(
        "call", source="manual", source_id="phone", account=None, zone=None, priority=2, place="ticket-office"
    )
    assert proposed(board, "call") == [("i1", 80)]
    row = alarm_row(board.state.alarms["call"], board.state)
    assert (row.proposals[0].priority, row.proposals[0].certainty) == (0, "likely")
    board.ask(ask.LinkAlarm, alarm_id="call", incident_id="i1", link_kind="supplement")
    incident = board.state.incidents["i1"]
    assert (incident.priority, incident.certainty) == (0, "likely")
    board.ask(ask.Undo)
    incident = board.state.incidents["i1"]
    assert (incident.priority, incident.certainty, board.alarm_state("call")) == (1, "possible", "QUEUED")
    assert proposed(board, "call") == [("i1", 80)]


def test_a_zone_that_follows_a_units_words_makes_them_observed(board: Board) -> None:
    """Whichever came first, and though the words have become an incident meanwhile."""
    spoken = hear(board, "smoke in the ticket office", type="fire", place="ticket-office", units=("P1",))
    board.ask(ask.Promote, alarm_id=spoken, incident_id="i1")
    board.wait(60)
    board.alarm("zone", **SMOKE)
    row = alarm_row(board.state.alarms["zone"], board.state)
    assert [(one.target, one.certainty) for one in row.proposals] == [("i1", "observed")]


def test_alarm_restore_alarm_is_two_alarms_and_one_incident(board: Board) -> None:
    """A7: the same zone again within five minutes shares the row, and goes where the first goes."""
    board.alarm("a1")
    note = {"source_id": "box1/1234", "account": "1234", "zone": "7", "said_at": board.now}
    board.ask(told.AnnotateAlarms, by=PANEL, signal_id="s2", what="restore", **note)
    board.wait(240)
    board.alarm("a2")
    assert proposed(board, "a2") == [("a1", 65 + 20 + 20)]
    assert rows(board) == ["a1"]
    board.ask(ask.Promote, alarm_id="a1", incident_id="i1")
    assert len(board.state.alarms) == 2
    assert {alarm.incident for alarm in board.state.alarms.values()} == {"i1"}


def test_what_was_closed_lately_is_proposed_and_joining_opens_it_again(board: Board) -> None:
    """For half an hour; nothing joins it by itself, and later nothing is proposed."""
    board.alarm("a1")
    board.ask(ask.Promote, alarm_id="a1", incident_id="i1")
    board.ask(ask.Close, incident_id="i1", disposition="no-dispatch", text="all quiet")
    board.wait(29 * 60)
    board.alarm("a2")
    assert [target for target, _ in proposed(board, "a2")] == ["i1"]
    no = board.state.incidents["i1"].no
    assert alarm_row(board.state.alarms["a2"], board.state).proposals[0].closed_no == no
    done = board.ask(ask.AcceptLink, alarm_id="a2", target="i1", incident_id="i2")
    assert kinds(done) == ["incident.returned", "alarm.linked"]
    assert board.state.incidents["i1"].state == "PENDING"
    board.ask(ask.Undo)
    assert board.state.incidents["i1"].state == "CLOSED"

    board.wait(31 * 60)
    board.alarm("a3")
    assert "i1" not in [target for target, _ in proposed(board, "a3")]


def test_an_institution_proposes_nothing_by_place(board: Board) -> None:
    """A8: one address, many patients; only the same zone of the same panel is the same matter."""
    policy = replace(board.state.policy, correlation=Rules(institutions=frozenset({"clinic"})))
    board.state = replace(board.state, policy=policy)
    clinic = {"type": "medical", "place": "clinic", "text": "call button"}
    board.alarm("room-1", zone="1", **clinic)
    board.alarm("room-2", zone="2", **clinic)
    spoken = hear(board, "patient fell", type="medical", place="clinic")
    board.alarm("room-1-again", zone="1", **clinic)
    assert [proposed(board, each) for each in ("room-2", spoken)] == [[], []]
    assert proposed(board, "room-1-again") == [("room-1", 130)]


def test_the_same_source_joins_its_open_incident_and_rings_until_looked_at(board: Board) -> None:
    """The one link without a person: by a rule, as a supplement, unseen until somebody claims it."""
    board.alarm("a1")
    board.ask(ask.Promote, alarm_id="a1", incident_id="i1")
    version = board.state.incidents["i1"].version
    board.wait(60)
    (_, linked) = board.alarm("a2")  # type: ignore[misc]  # not refused
    alarm = board.state.alarms["a2"]
    assert (alarm.incident, alarm.link_kind, alarm.unseen) == ("i1", "supplement", True)
    assert linked.by.name == "rule:auto-link"
    assert board.state.incidents["i1"].version == version
    board.alarm("a3")
    assert leader_of(board.state, board.state.alarms["a3"]) == alarm
    board.ask(ask.Claim, alarm_id="a2")
    assert not any(each.unseen for each in board.state.alarms.values())


@pytest.mark.parametrize(
    "again",
    [
        {"zone": "8"},
        {"type": "fire"},
        {"priority": 0},
        {"type": None},
        {"exercise": "test"},
    ],
)
def test_nothing_else_joins_by_itself(board: Board, again: dict[str, object]) -> None:
    """Another zone, a foreign or unknown type, a more urgent alarm, an exercise: a person decides."""
    board.alarm("a1")
    board.ask(ask.Promote, alarm_id="a1", incident_id="i1")
    board.alarm("a2", **again)
    assert board.alarm_state("a2") == "QUEUED"


def test_a_closed_incident_takes_nothing_by_itself(board: Board) -> None:
    """Not by the rule, and what was proposed before it closed stands no longer."""
    board.alarm("a1")
    board.ask(ask.Promote, alarm_id="a1", incident_id="i1")
    spoken = hear(board, "somebody broke in", type="intrusion", place="waiting-hall-a")
    assert proposed(board, spoken) == [("i1", 80)]
    board.ask(ask.Close, incident_id="i1", disposition="no-dispatch", text="nothing")
    board.alarm("a2")
    assert (proposed(board, spoken), board.alarm_state("a2")) == ([], "QUEUED")
    refused = board.ask(ask.AcceptLink, alarm_id=spoken, target="i1", incident_id="i2")
    assert code(refused) == "no-proposal"


def test_a_link_by_itself_is_undone_by_anybody_and_then_proposed(board: Board) -> None:
    """Within ten seconds; the alarm waits again, with the incident as a proposal, and stays out."""
    board.alarm("a1")
    board.ask(ask.Promote, alarm_id="a1", incident_id="i1")
    board.wait(30)
    board.alarm("a2")
    assert code(board.ask(ask.Undo, by=WANG, action=board.state.recent[-1].id)) == ""
    assert board.alarm_state("a2") == "QUEUED"
    assert proposed(board, "a2") == [("i1", 130)]


def test_what_is_kept_apart_is_not_proposed_again(board: Board) -> None:
    """Neither as the alarm it was nor as the incident it becomes; an undo brings the proposal back."""
    board.alarm("zone", **SMOKE)
    spoken = hear(board, "smoke in the ticket office", type="fire", place="ticket-office")
    board.ask(ask.RejectLink, alarm_id=spoken, target="zone")
    assert proposed(board, spoken) == []
    board.ask(ask.Undo)
    assert proposed(board, spoken) == [("zone", 80)]
    board.ask(ask.RejectLink, alarm_id=spoken, target="zone")
    board.ask(ask.Promote, alarm_id="zone", incident_id="i1")
    assert proposed(board, spoken) == []
    assert kinds(board.ask(ask.RejectLink, alarm_id=spoken, target="zone")) == []


def test_accepting_is_one_action_and_undone_as_one(board: Board) -> None:
    """Two waiting alarms become an incident; taken back, both wait and the proposal stands again."""
    board.alarm("zone", **SMOKE)
    spoken = hear(board, "smoke in the ticket office", type="fire", place="ticket-office")
    board.ask(ask.AcceptLink, alarm_id=spoken, target="zone", incident_id="i1")
    board.ask(ask.Undo)
    assert (board.alarm_state("zone"), board.alarm_state(spoken)) == ("QUEUED", "QUEUED")
    assert (dict(board.state.incidents), proposed(board, spoken)) == ({}, [("zone", 80)])


def test_anothers_claim_stands_in_the_way(board: Board) -> None:
    """Of either alarm; the refusal names who has it."""
    board.alarm("zone", **SMOKE)
    spoken = hear(board, "smoke in the ticket office", type="fire", place="ticket-office")
    board.ask(ask.Claim, by=WANG, alarm_id="zone")
    refused = board.ask(ask.AcceptLink, alarm_id=spoken, target="zone", incident_id="i1")
    assert code(refused) == "claimed"


def test_a_reopened_alarm_is_looked_at_again_and_never_joins_by_itself(board: Board) -> None:
    """Whoever reopened it wanted it in the queue."""
    board.alarm("a1")
    board.ask(ask.Promote, alarm_id="a1", incident_id="i1")
    board.alarm("a2")
    board.ask(ask.ReopenAlarm, alarm_id="a2", reason="another door")
    assert board.alarm_state("a2") == "QUEUED"
    assert proposed(board, "a2") == [("i1", 130)]


def test_words_that_come_later_are_looked_at_too(board: Board) -> None:
    """An emergency key is nowhere; once its over names the place, it may belong to the fight there."""
    fight = hear(board, "fight at the taxi stand", type="fight", place="taxi-stand")
    board.press("e1", over="o2")
    assert proposed(board, "e1") == []
    board.say("help, taxi stand", intent="request", type="officer-emergency", place="taxi-stand")
    assert proposed(board, "e1") == [(fight, 75)]


def test_a_flood_is_one_row_and_nothing_is_dropped(board: Board) -> None:
    """302 signals of one zone are 302 alarms, one row with its count, and one incident once decided."""
    for n in range(302):
        board.alarm(f"a{n:03}")
        board.wait(5)
    leader = board.state.alarms["a000"]
    assert rows(board) == ["a000"]
    assert len(followers_of(board.state, leader)) == 301
    assert alarm_row(leader, board.state).row_count == 301
    board.ask(ask.Promote, alarm_id="a000", incident_id="i1")
    assert len(board.state.incident_alarms["i1"]) == 302


def test_a_row_whose_first_alarm_is_decided_is_led_by_the_next(board: Board) -> None:
    """Dismissing the one on the screen shows the others, still as one row."""
    for n in range(4):
        board.alarm(f"a{n}")
    board.ask(ask.DismissAlarm, alarm_id="a0", reason="nuisance")
    waiting = [each for each in rows(board) if each != "a0"]
    assert waiting == ["a1"]
    assert [each.id for each in followers_of(board.state, board.state.alarms["a1"])] == ["a2", "a3"]


def test_another_event_of_the_zone_has_its_own_row(board: Board) -> None:
    """Only the same signal is a repeat: a tamper after an intrusion is seen, and proposed."""
    board.alarm("a1", event_code="130")
    board.alarm("a2", event_code="137", text="tamper")
    assert rows(board) == ["a1", "a2"]
    assert proposed(board, "a2") == [("a1", 130)]


def test_a_proposal_changes_no_alarm(board: Board) -> None:
    """What a person saw of an alarm is as current after a proposal as before."""
    board.alarm("zone", **SMOKE)
    spoken = hear(board, "smoke in the ticket office", type="fire", place="ticket-office")
    alarms = board.state.alarms
    assert {each.version for each in (alarms["zone"], alarms[spoken])} == {1}
    assert {each.state for each in (alarms["zone"], alarms[spoken])} == {"QUEUED"}


def test_alarms_of_older_journals_read_as_alarms_without_proposals() -> None:
    """An undo written before proposals were known comes back, and its alarm waits as it did."""
    line = (
        '{"id":"c2/0","action":"c2","at":"2026-03-01T10:00:00Z","by":{"name":"person:li","role":"dispatcher"},'
        '"kind":"action.undone","undone":"c1","undone_by":"person:li","alarms":[{"id":"a1","version":3,'
        '"changed_by":"person:li","changed_at":"2026-03-01T10:00:00Z","content":{"id":"a1","source":"panel",'
        '"source_id":"b/1","said_at":"2026-03-01T10:00:00Z","recorded_at":"2026-03-01T10:00:00Z",'
        '"priority":1},"state":"QUEUED","count":1}]}'
    )
    (alarm,) = event_from_json(line).alarms  # type: ignore[union-attr]  # an undo
    assert (alarm.proposals, alarm.apart, alarm.unseen) == ((), (), False)


@pytest.mark.slow
def test_deciding_stays_quick_with_five_hundred_open_alarms(board: Board) -> None:
    """All at one place, the worst case for the index: 99 of 100 decisions take less than 20 ms of a core."""
    kinds_ = ("fire", "fight", "medical", "theft", "disorder")
    for n in range(500):
        wanted = {"account": None, "zone": None, "source": "manual", "text": f"man in a red jacket {n}"}
        board.alarm(f"a{n}", type=kinds_[n % 5], **wanted)
    took: list[float] = []
    for n in range(200):
        content = board.state.alarms[f"a{n % 500}"].content
        fresh = AlarmContent(**content.model_dump() | {"id": f"new{n}", "text": f"red jacket, coach {n}"})
        command = told.AcceptAlarm(id=f"n{n}", at=board.now, by=PANEL, content=fresh)
        began = time.thread_time()
        decision = decide(board.state, command)
        took.append(time.thread_time() - began)
        assert kinds(decision).count("alarm.link-proposed") == 3
    assert sorted(took)[197] < 0.020
