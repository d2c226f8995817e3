"""Undo: ten seconds, one's own last action or the parser's, unless somebody has built on it."""

import pytest

from intake.dispatch import commands as ask
from intake.dispatch import source_commands as told
from intake.dispatch.base import Versioned
from intake.dispatch.objects import AlarmContent, UnitState
from intake.dispatch.refusals import Refusal
from tests.support.dispatch_board import CHIEF, PANEL, WANG, Board, code, kinds


def content(thing: Versioned) -> Versioned:
    """An object without the traces of who changed it when."""
    return thing.model_copy(update={"version": 0, "changed_by": "", "changed_at": None})


def test_undo_restores_what_stood_before_and_removes_what_was_made() -> None:
    """Taking a promotion back: the alarm is claimed as before, the incident is gone, its number is spent."""
    board = Board()
    board.alarm()
    board.ask(ask.Claim, alarm_id="a1")
    before = board.state.alarms["a1"]
    board.ask(ask.Promote, alarm_id="a1", incident_id="i1")
    board.wait(9)
    assert kinds(board.ask(ask.Undo)) == ["action.undone"]
    after = board.state.alarms["a1"]
    assert content(after) == content(before)
    assert after.version > before.version
    assert board.state.incidents.get("i1") is None
    assert board.incident("i2").no == 1002


def test_undo_ends_after_ten_seconds() -> None:
    """Later than the window it is refused, saying how late it is."""
    board = Board()
    board.incident()
    board.wait(10)
    assert kinds(board.ask(ask.Undo)) == ["action.undone"]
    board.incident("i2")
    board.wait(11)
    late = board.ask(ask.Undo)
    assert isinstance(late, Refusal)
    assert late.code == "undo-late"
    assert "11 s" in late.en


def test_nobody_undoes_another_persons_action() -> None:
    """An action is its author's; with none of one's own there is nothing to undo."""
    board = Board()
    board.incident()
    action = board.events[-1].action
    assert code(board.ask(ask.Undo, by=WANG)) == "nothing-to-undo"
    refusal = board.ask(ask.Undo, by=CHIEF, action=action)
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.by) == ("not-yours", "li")


def test_anybody_at_the_desk_takes_back_what_the_parser_heard() -> None:
    """A spoken step moved the wrong unit: one named undo puts it back, and the over keeps its text."""
    board = Board()
    board.incident()
    board.send("P1")
    board.wait(20)
    before = board.state.assignments["P1-i1"]
    board.status("P1", status="onscene", place="waiting-hall-a")
    board.wait(5)
    board.ask(ask.Undo, by=WANG, action=board.events[-1].action)
    assert content(board.state.assignments["P1-i1"]) == content(before)
    assert board.state.units["P1"].place is None
    assert board.state.units["P1"].last_heard_at is not None
    assert board.state.overs["o1"].transcript is not None


def test_what_somebody_built_on_stays() -> None:
    """Another person's change of the same object forbids the undo and names them."""
    board = Board()
    board.incident()
    board.ask(ask.AddNote, by=WANG, incident_id="i1", text="caller is at window 3")
    refusal = board.ask(ask.Undo)
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.by) == ("built-on", "wang")


def test_an_undo_that_would_strand_others_is_refused() -> None:
    """Taking back the dispatch that activated an incident is refused once somebody sent a second unit."""
    board = Board()
    board.incident()
    board.send("P1")
    board.wait(1)
    board.send("P2", by=WANG)
    refusal = board.ask(ask.Undo)
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.by) == ("built-on", "wang")
    assert board.on_it() == {"P1", "P2"}


def test_a_cleared_unit_does_not_return_to_a_resolved_incident() -> None:
    """Once the incident is resolved by another, the clearing below it cannot be taken back."""
    board = Board()
    board.incident()
    board.send("P1")
    board.step("P1", "ONSCENE")
    board.step("P1", "CLEARED", disposition="settled")
    board.ask(ask.Resolve, by=WANG, incident_id="i1", disposition="settled")
    refusal = board.ask(ask.Undo)
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.by) == ("built-on", "wang")


def test_what_sources_say_meanwhile_survives_an_undo() -> None:
    """A repeat and a restore that arrived after the action stay on the alarm."""
    board = Board()
    board.alarm()
    board.ask(ask.Claim, alarm_id="a1")
    board.ask(told.CountRepeat, by=PANEL, alarm_id="a1", signal_id="s2")
    board.ask(ask.Undo)
    alarm = board.state.alarms["a1"]
    assert (alarm.state.value, alarm.count) == ("QUEUED", 2)


def test_a_wish_to_dismiss_can_be_taken_back() -> None:
    """The first of two people changes his mind; the second then asks anew."""
    board = Board()
    board.alarm(type="hold-up", priority=0)
    board.ask(ask.DismissAlarm, alarm_id="a1", reason="nuisance")
    board.ask(ask.Undo)
    second = board.ask(ask.DismissAlarm, by=WANG, alarm_id="a1", reason="nuisance")
    assert kinds(second) == ["alarm.dismissal-asked"]


def test_an_alarm_itself_is_never_undone() -> None:
    """What a source or a person at the phone reported stays: it is dismissed, not taken back."""
    board = Board()
    board.ask(told.AcceptAlarm, content=_typed(board))
    assert code(board.ask(ask.Undo)) == "nothing-to-undo"


def _typed(board: Board) -> AlarmContent:
    return AlarmContent(
        id="m1",
        source="manual",
        source_id="desk1",
        said_at=board.now,
        recorded_at=board.now,
        priority=2,
        type="theft",
    )


@pytest.mark.parametrize("how", ["divert", "stack"])
def test_a_whole_order_is_taken_back_at_once(how: str) -> None:
    """Diverting or stacking two units is one action: both incidents and both units stand as before."""
    board = Board()
    board.incident("i1")
    board.incident("i2", type="fight", place="taxi-stand")
    board.send("P1", "P2", to="i1")
    before = {
        one.id: content(one) for one in (*board.state.assignments.values(), *board.state.incidents.values())
    }
    board.send("P1", "P2", to="i2", how=how)
    board.ask(ask.Undo)
    after = {
        one.id: content(one) for one in (*board.state.assignments.values(), *board.state.incidents.values())
    }
    assert after == before


def test_one_undo_takes_back_one_action_once() -> None:
    """The same action is not undone twice, and an undo is not undone."""
    board = Board()
    board.ask(ask.SetUnitStatus, unit="P1", state=UnitState.BUSY, reason="meal")
    board.ask(ask.Undo)
    assert board.state.units["P1"].state.value == "AVAILABLE_MOBILE"
    assert code(board.ask(ask.Undo)) == "nothing-to-undo"
