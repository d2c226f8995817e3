"""Alarms: once each, claimed by one, and decided only once."""

from typing import Any

import pytest

from intake.dispatch import commands as ask
from intake.dispatch import source_commands as told
from intake.dispatch.base import Actor
from intake.dispatch.refusals import Refusal
from tests.support.dispatch_board import CHIEF, LI, PANEL, TECHNICIAN, WANG, WATCHER, Board, code, kinds


def test_an_alarm_id_is_queued_exactly_once() -> None:
    """However often a source repeats a message, the queue holds one alarm."""
    board = Board()
    assert kinds(board.alarm()) == ["alarm.queued"]
    assert board.alarm() == ()
    assert len(board.state.alarms) == 1


def test_a_repeat_counts_once_per_signal() -> None:
    """A4: the resent frame raises the count of the one alarm, once for each signal id."""
    board = Board()
    board.alarm()
    for _ in range(2):
        board.ask(told.CountRepeat, by=PANEL, alarm_id="a1", signal_id="s2")
    assert board.state.alarms["a1"].count == 2


def test_a_restore_said_twice_is_one_restore() -> None:
    """A repeated restore is journaled once and makes no alarm; a repeat of the unheard-of is refused."""
    board = Board()
    board.alarm()
    note = {"source_id": "box1/1234", "account": "1234", "zone": "7", "said_at": board.now}
    board.ask(told.AnnotateAlarms, by=PANEL, signal_id="s2", what="restore", **note)
    again = [board.ask(told.CountRepeat, by=PANEL, alarm_id="s2", signal_id="s3") for _ in range(2)]
    assert [kinds(each) for each in again] == [["alarm.repeated"], []]
    assert (board.state.alarms["a1"].count, len(board.state.alarms["a1"].annotations)) == (1, 1)
    assert code(board.ask(told.CountRepeat, by=PANEL, alarm_id="s9", signal_id="s4")) == "unknown"


def test_what_cannot_be_parsed_is_queued_with_its_bytes() -> None:
    """Nothing is dropped in silence: an unparsed frame is a row with its raw bytes."""
    board = Board()
    board.alarm(parsed=False, type=None, place=None, raw="0d0aff", account=None, zone=None)
    content = board.state.alarms["a1"].content
    assert (content.parsed, content.raw) == (False, "0d0aff")


def test_of_two_claims_one_wins_and_the_other_sees_who() -> None:
    """A5: the second claimer is refused and told the winner's name; the first may claim again."""
    board = Board()
    board.alarm()
    assert kinds(board.ask(ask.Claim, alarm_id="a1", version=1)) == ["alarm.claimed"]
    lost = board.ask(ask.Claim, by=WANG, alarm_id="a1", version=1)
    assert isinstance(lost, Refusal)
    assert (lost.code, lost.by) == ("claimed", "li")
    assert "li" in lost.en
    assert "li" in lost.zh
    assert board.ask(ask.Claim, alarm_id="a1") == ()


def test_an_older_version_loses_and_names_who_changed_it() -> None:
    """Compare-and-set: a decision on a stale picture is refused with the name of the other person."""
    board = Board()
    board.alarm()
    board.ask(ask.Claim, by=WANG, alarm_id="a1")
    board.ask(ask.Release, by=WANG, alarm_id="a1")
    lost = board.ask(ask.Promote, alarm_id="a1", incident_id="i1", version=1)
    assert isinstance(lost, Refusal)
    assert (lost.code, lost.by) == ("version", "wang")


def test_a_claimed_alarm_is_its_claimers_unless_a_supervisor_steps_in() -> None:
    """Nobody decides on what another person holds, a supervisor excepted."""
    board = Board()
    board.alarm()
    board.ask(ask.Claim, by=WANG, alarm_id="a1")
    assert code(board.ask(ask.Promote, alarm_id="a1", incident_id="i1")) == "claimed"
    assert code(board.ask(ask.Release, alarm_id="a1")) == "claimed"
    assert kinds(board.ask(ask.Release, by=CHIEF, alarm_id="a1")) == ["alarm.released"]


def test_promoting_takes_type_place_and_age_from_the_alarm() -> None:
    """One keystroke makes the incident; its age is the alarm's."""
    board = Board()
    board.alarm()
    recorded = board.now
    board.wait(30)
    assert kinds(board.ask(ask.Promote, alarm_id="a1", incident_id="i1")) == [
        "incident.opened",
        "alarm.promoted",
    ]
    incident = board.state.incidents["i1"]
    assert (incident.type, incident.place, incident.priority) == ("intrusion", "waiting-hall-a", 1)
    assert incident.first_at == recorded


@pytest.mark.parametrize("missing", ["type", "place"])
def test_type_and_place_are_mandatory(missing: str) -> None:
    """An incident without a type or a place is refused, and the field is named."""
    board = Board()
    without: dict[str, Any] = {missing: None}
    board.alarm(**without)
    refusal = board.ask(ask.Promote, alarm_id="a1", incident_id="i1")
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.field) == ("missing", missing)


@pytest.mark.parametrize(
    ("written", "words"),
    [(None, ("Fire, zone 7", "火警，7分区")), ("smoke seen", ("smoke seen", "")), ("", ("", ""))],
)
def test_an_incident_says_what_its_alarm_says_in_both_languages(
    written: str | None, words: tuple[str, str]
) -> None:
    """Unless people wrote words of their own, which are in no other language."""
    board = Board()
    board.alarm(text="Fire, zone 7", text_zh="火警，7分区")
    board.ask(ask.Promote, alarm_id="a1", incident_id="i1", summary=written)
    incident = board.state.incidents["i1"]
    assert (incident.summary, incident.summary_zh) == words


def test_a_link_joins_an_open_incident_and_makes_it_as_old_as_its_oldest_alarm() -> None:
    """Ten reports of one fire are ten alarms and one incident, as old as the first."""
    board = Board()
    board.alarm()
    recorded = board.now
    board.wait(60)
    board.incident()
    board.ask(ask.LinkAlarm, alarm_id="a1", incident_id="i1", link_kind="duplicate")
    assert board.alarm_state("a1") == "LINKED"
    assert board.state.incidents["i1"].first_at == recorded
    assert board.state.incident_alarms["i1"] == ("a1",)


def test_nothing_joins_an_incident_that_is_over() -> None:
    """A closed incident is reopened first."""
    board = Board()
    board.alarm()
    board.incident()
    board.ask(ask.CancelIncident, incident_id="i1", reason="hoax")
    link = board.ask(ask.LinkAlarm, alarm_id="a1", incident_id="i1", link_kind="duplicate")
    assert code(link) == "incident-over"


def test_what_became_an_incident_is_not_dismissed() -> None:
    """A promoted alarm is closed as an incident, never dismissed or reopened."""
    board = Board()
    board.alarm()
    board.ask(ask.Promote, alarm_id="a1", incident_id="i1")
    assert code(board.ask(ask.DismissAlarm, alarm_id="a1", reason="test")) == "alarm-promoted"
    assert code(board.ask(ask.ReopenAlarm, alarm_id="a1", reason="oops")) == "alarm-promoted"


def test_a_dismissed_alarm_can_come_back() -> None:
    """Dismissing needs one person below priority 0; reopening needs a reason."""
    board = Board()
    board.alarm()
    assert kinds(board.ask(ask.DismissAlarm, alarm_id="a1", reason="test")) == ["alarm.dismissed"]
    assert code(board.ask(ask.Claim, alarm_id="a1")) == "alarm-decided"
    assert code(board.ask(ask.ReopenAlarm, alarm_id="a1", reason=" ")) == "missing"
    board.ask(ask.ReopenAlarm, alarm_id="a1", reason="called again")
    assert board.alarm_state("a1") == "QUEUED"


def test_a_hold_up_is_dismissed_by_two_people_only() -> None:
    """A19: the first dismissal of a priority 0 alarm is a wish, the same person's second is refused."""
    board = Board()
    board.alarm(type="hold-up", priority=0)
    assert kinds(board.ask(ask.DismissAlarm, alarm_id="a1", reason="nuisance")) == ["alarm.dismissal-asked"]
    assert board.alarm_state("a1") == "QUEUED"
    assert code(board.ask(ask.DismissAlarm, alarm_id="a1", reason="nuisance")) == "second-person"
    board.ask(ask.DismissAlarm, by=WANG, alarm_id="a1", reason="nuisance")
    assert board.alarm_state("a1") == "DISMISSED"
    assert board.events[-1].model_dump()["asked_by"] == "person:li"


@pytest.mark.parametrize("what", ["restore", "abort"])
def test_a_restore_or_abort_annotates_the_latest_alarm_of_its_zone(what: str) -> None:
    """A panel's later words are evidence on the row; they change no state."""
    board = Board()
    board.alarm("a1")
    board.alarm("a2")
    board.alarm("a3", zone="9")
    note = {"source_id": "box1/1234", "account": "1234", "zone": "7", "said_at": board.now}
    for _ in range(2):
        board.ask(told.AnnotateAlarms, by=PANEL, signal_id="s9", what=what, **note)
    assert [len(board.state.alarms[a].annotations) for a in ("a1", "a2", "a3")] == [0, 1, 0]
    assert board.alarm_state("a2") == "QUEUED"


def test_an_abort_by_a_user_is_about_the_accounts_latest_alarm() -> None:
    """Contact ID 406 names a user and no zone: an abort finds the account, a restore never another zone."""
    board = Board()
    board.alarm("a1")
    note = {"source_id": "box1/1234", "account": "1234", "zone": "003", "said_at": board.now}
    board.ask(told.AnnotateAlarms, by=PANEL, signal_id="s1", what="restore", **note)
    board.ask(told.AnnotateAlarms, by=PANEL, signal_id="s2", what="abort", **note)
    assert [one.what for one in board.state.alarms["a1"].annotations] == ["abort"]


def test_a_restore_of_an_unknown_zone_still_leaves_a_line() -> None:
    """Nothing is dropped in silence: a restore without an alarm is an event of its own."""
    board = Board()
    note = {"source_id": "box1/9", "account": "9", "zone": "1", "said_at": board.now}
    done = board.ask(told.AnnotateAlarms, by=PANEL, signal_id="s9", what="restore", **note)
    assert kinds(done) == ["alarm.annotated"]


@pytest.mark.parametrize("who", [WATCHER, TECHNICIAN, PANEL])
def test_only_dispatchers_and_supervisors_decide(who: Actor) -> None:
    """Roles are kept here and not on the screen: observers, technicians and sources decide nothing."""
    board = Board()
    board.alarm()
    assert code(board.ask(ask.Claim, by=who, alarm_id="a1")) == "role"


def test_the_centre_itself_may_give_back_a_claim_whose_holder_went_silent() -> None:
    """A lost console's claim returns to the queue by the centre's hand, with a line that says so."""
    board = Board()
    board.alarm()
    board.ask(ask.Claim, alarm_id="a1")
    given_back = board.ask(ask.Release, by=PANEL, alarm_id="a1", reason="heartbeat lost")
    assert kinds(given_back) == ["alarm.released"]
    assert board.state.alarms["a1"].claimed_by is None


def test_an_unknown_alarm_is_named() -> None:
    """A command on nothing is refused with the id it asked for."""
    refusal = Board().ask(ask.Claim, by=LI, alarm_id="nope")
    assert isinstance(refusal, Refusal)
    assert "nope" in refusal.en
