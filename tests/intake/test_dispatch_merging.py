"""Two incidents that are one event: what moves, what is refused, and how it is taken back."""

import pytest

from intake.dispatch import commands as ask
from intake.dispatch.base import ObjectKind, Ref
from intake.dispatch.decide import Decision
from intake.dispatch.incident_commands import MergeIncidents
from intake.dispatch.lawful import broken_rules
from intake.dispatch.links import standing
from intake.dispatch.queries import assignments_of
from intake.dispatch.refusals import Refusal
from intake.statistics.collect import collect
from tests.support.dispatch_board import START, WANG, Board, code, kinds, replayed


def two_incidents() -> Board:
    """A theft reported at 0 and another at 60, each from its own alarm; P1 is on the way to the first."""
    board = Board()
    board.alarm("a1", type="theft", priority=2, account="1", zone="1")
    board.ask(ask.Promote, alarm_id="a1", incident_id="i1")
    board.send("P1", to="i1")
    board.step("P1", "ENROUTE", on="i1")
    board.wait(60)
    board.alarm("a2", type="fight", priority=1, account="2", zone="2", place="taxi-stand")
    board.ask(ask.Promote, alarm_id="a2", incident_id="i2")
    return board


def merge(board: Board, gone: str, into: str) -> Decision:
    """Merge one into the other."""
    return board.ask(MergeIncidents, incident_id=gone, into=into)


def lawful(board: Board) -> list[str]:
    """What is wrong with the board."""
    refs = [Ref(kind, id_) for kind in ObjectKind for id_ in board.state.table(kind)]
    return broken_rules(board.state, refs)


def test_alarms_and_units_move_with_their_times_and_the_urgent_one_counts() -> None:
    """The older goes into the younger: its alarm, its unit and its age move; the urgent one counts."""
    board = two_incidents()
    stamps = board.state.assignments["P1-i1"].stamps
    done = merge(board, "i1", "i2")
    assert kinds(done) == ["incident.merged", "incident.activated"]
    into = board.state.incidents["i2"]
    assert (into.state.value, into.priority, into.first_at) == ("ACTIVE", 1, START)
    assert board.state.alarms["a1"].incident == "i2"
    assert board.state.assignments["P1-i1"].incident == "i2"
    assert board.state.assignments["P1-i1"].stamps == stamps
    assert board.state.incident_alarms["i2"] == ("a2", "a1")
    assert (board.incident_state("i1"), lawful(board)) == ("MERGED", [])


def test_the_more_urgent_one_raises_the_other() -> None:
    """A fight merged into a theft makes the theft as urgent; nothing is lowered."""
    board = two_incidents()
    assert kinds(merge(board, "i2", "i1")) == ["incident.merged", "incident.reprioritised"]
    assert board.state.incidents["i1"].priority == 1


def test_a_merge_is_undone_within_ten_seconds_and_restores_both() -> None:
    """A20: both incidents, the alarms, the units and the state are what they were."""
    board = two_incidents()
    before = board.state
    merge(board, "i1", "i2")
    board.wait(9)
    assert kinds(board.ask(ask.Undo)) == ["action.undone"]
    assert {one: board.incident_state(one) for one in ("i1", "i2")} == {"i1": "ACTIVE", "i2": "PENDING"}
    assert board.state.incident_alarms == before.incident_alarms
    assert board.state.incident_assignments == before.incident_assignments
    assert board.state.incidents["i2"].first_at == before.incidents["i2"].first_at
    assert lawful(board) == []


def test_a_cycle_is_refused() -> None:
    """A20: into itself, back into what was merged into it, and through a third."""
    board = two_incidents()
    board.incident("i3")
    assert code(merge(board, "i1", "i1")) == "merge-itself"
    merge(board, "i1", "i2")
    assert code(merge(board, "i2", "i1")) == "merge-cycle"
    merge(board, "i2", "i3")
    assert code(merge(board, "i3", "i1")) == "merge-cycle"
    assert code(merge(board, "i3", "nowhere")) == "unknown"


def test_what_was_merged_names_the_one_that_stands_for_it() -> None:
    """Every other command on it is refused, saying which number to use."""
    board = two_incidents()
    merge(board, "i1", "i2")
    for decision in (
        board.send("P2", to="i1"),
        board.ask(ask.AddNote, incident_id="i1", text="x"),
        board.ask(ask.CancelIncident, incident_id="i1", reason="x"),
        merge(board, "i1", "i2"),
    ):
        assert isinstance(decision, Refusal)
        assert decision.code == "incident-merged"
        assert "1002" in decision.en


@pytest.mark.parametrize("ended", ["i1", "i2"])
def test_only_open_incidents_are_merged(ended: str) -> None:
    """Neither side may be over."""
    board = two_incidents()
    board.ask(ask.CancelIncident, incident_id=ended, reason="hoax")
    assert code(merge(board, "i1", "i2")) == "incident-over"


def test_an_exercise_is_never_mixed_with_real_work() -> None:
    """Neither by merging nor by linking an alarm."""
    board = two_incidents()
    board.incident("drill", exercise="exercise")
    assert code(merge(board, "drill", "i1")) == "exercise-mixed"
    board.alarm("test", exercise="test")
    linked = board.ask(ask.LinkAlarm, alarm_id="test", incident_id="i1", link_kind="supplement")
    assert code(linked) == "exercise-mixed"


@pytest.mark.parametrize(("gone", "into"), [("i1", "i2"), ("i2", "i1")])
def test_a_unit_sent_to_both_keeps_the_order_that_is_further_along(gone: str, into: str) -> None:
    """P1 is on the way to one and stacked for the other: one order is left, and it is the moving one."""
    board = two_incidents()
    board.send("P1", to="i2", how="stack")
    merge(board, gone, into)
    orders = {one.id: one.state.value for one in assignments_of(board.state, into)}
    assert orders == {"P1-i1": "ENROUTE", "P1-i2": "CANCELLED"}
    assert (board.incident_state(into), lawful(board)) == ("ACTIVE", [])


def test_units_at_work_bring_a_resolved_incident_back() -> None:
    """What is still worked on is not resolved; a mere late report leaves it resolved."""
    board = two_incidents()
    board.ask(ask.Resolve, incident_id="i2", disposition="no-dispatch")
    assert kinds(merge(board, "i1", "i2"))[1:] == ["incident.returned", "incident.activated"]
    board.ask(ask.Undo)
    board.ask(ask.CancelAssignment, assignment_id="P1-i1", reason="not needed")
    merge(board, "i1", "i2")
    assert (board.incident_state("i2"), lawful(board)) == ("RESOLVED", [])


def test_a_merged_incident_is_reopened_with_what_it_brought() -> None:
    """Later than ten seconds it is split: alarm, unit and history go back; what came since stays."""
    board = two_incidents()
    merge(board, "i1", "i2")
    board.wait(60)
    board.alarm("a3", type="fight", priority=3, account="3", zone="3", place="taxi-stand")
    board.ask(ask.LinkAlarm, alarm_id="a3", incident_id="i2", link_kind="supplement")
    assert code(board.ask(ask.ReopenIncident, incident_id="i1", reason="")) == "missing"
    back = board.ask(ask.ReopenIncident, incident_id="i1", reason="two fights")
    assert kinds(back) == ["incident.split", "incident.activated", "incident.returned"]
    assert dict(board.state.incident_alarms) == {"i1": ("a1",), "i2": ("a2", "a3")}
    assert (board.incident_state("i1"), board.incident_state("i2")) == ("ACTIVE", "PENDING")
    assert lawful(board) == []
    board.ask(ask.Undo)
    assert (board.incident_state("i1"), board.incident_state("i2")) == ("MERGED", "ACTIVE")
    assert lawful(board) == []


def test_a_new_report_is_proposed_for_the_incident_that_stands() -> None:
    """What would have belonged to the merged one belongs to the other now."""
    board = two_incidents()
    merge(board, "i1", "i2")
    board.alarm("a4", type="theft", priority=2, account="1", zone="1")
    (one,) = standing(board.state, board.state.alarms["a4"])
    assert one.target.id == "i2"


def test_nobody_merges_over_another_persons_work() -> None:
    """An undo stops where a colleague has gone on."""
    board = two_incidents()
    merge(board, "i1", "i2")
    board.ask(ask.AddNote, by=WANG, incident_id="i2", text="two men")
    refused = board.ask(ask.Undo)
    assert isinstance(refused, Refusal)
    assert (refused.code, refused.by) == ("built-on", "wang")


def test_statistics_count_one_incident_from_its_first_report() -> None:
    """Merged is one incident with two alarms; split is two again."""
    board = two_incidents()
    merge(board, "i1", "i2")
    (one,) = collect(board.events).incidents
    assert (one.id, one.alarms, one.times["t1"].at, one.times["t3"].at) == ("i2", 2, START, START)
    assert "t6" in one.times
    board.wait(60)
    board.ask(ask.ReopenIncident, incident_id="i1", reason="two fights")
    assert {each.id: each.alarms for each in collect(board.events).incidents} == {"i1": 1, "i2": 1}


def test_replaying_the_events_builds_the_same_board() -> None:
    """Merge, split, undo: the events alone are enough."""
    board = two_incidents()
    merge(board, "i1", "i2")
    board.wait(60)
    board.ask(ask.ReopenIncident, incident_id="i1", reason="two fights")
    merge(board, "i2", "i1")
    board.ask(ask.Undo)
    assert replayed(board) == board.state
