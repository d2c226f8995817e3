"""Units: what lies over their state, and what a whole team may be told at once."""

import pytest

from intake.dispatch import commands as ask
from intake.dispatch.decide import Decision
from intake.dispatch.objects import Overlay, UnitState
from intake.dispatch.refusals import Refusal
from intake.dispatch.unit_commands import ClearEmergency, SetTeamStatus
from tests.support.dispatch_board import CHIEF, WANG, Board, code, kinds


def carried(board: Board) -> Decision:
    """P3 carries the radio 1a2b, somebody says."""
    return board.ask(ask.NameRadio, radio="mdc1200:1a2b", unit="P3")


def overlays(board: Board, unit: str = "P3") -> set[str]:
    """What lies over a unit's state."""
    return set(board.state.units[unit].overlays)


def test_an_emergency_key_marks_the_unit_that_carries_the_radio() -> None:
    """At once with the alarm; a second press marks nothing twice."""
    board = Board()
    carried(board)
    assert kinds(board.press("e1")) == ["alarm.queued", "unit.emergency"]
    assert overlays(board) == {Overlay.EMERGENCY}
    assert kinds(board.press("e2")) == ["alarm.repeated"]


def test_naming_the_radio_later_marks_the_unit() -> None:
    """While nobody has decided about the call for help; later it is another matter."""
    board = Board()
    board.press("e1")
    assert kinds(carried(board)) == ["radio.named", "unit.emergency"]

    late = Board()
    late.press("e1")
    late.ask(ask.Promote, alarm_id="e1", incident_id="i1", place="gate-1")
    assert kinds(carried(late)) == ["radio.named"]


def test_a_spoken_call_for_help_marks_the_unit_that_speaks() -> None:
    """The word does what the key does, for the unit that is known to call."""
    board = Board()
    said = board.say("officer needs help", intent="report", type="officer-emergency", units=("P2",))
    assert "unit.emergency" in kinds(said)
    assert overlays(board, "P2") == {Overlay.EMERGENCY}


def test_only_a_supervisor_ends_an_emergency_and_says_why() -> None:
    """A dispatcher may not; without a reason nobody may; neither a status nor a step ends it."""
    board = Board()
    carried(board)
    board.press("e1")
    board.ask(ask.SetUnitStatus, unit="P3", state=UnitState.AVAILABLE_POST)
    assert overlays(board) == {Overlay.EMERGENCY}
    assert code(board.ask(ClearEmergency, unit="P3", reason="safe")) == "role"
    assert code(board.ask(ClearEmergency, by=CHIEF, unit="P3", reason=" ")) == "missing"
    assert kinds(board.ask(ClearEmergency, by=CHIEF, unit="P3", reason="by voice")) == [
        "unit.emergency-cleared"
    ]
    assert overlays(board) == set()
    assert code(board.ask(ClearEmergency, by=CHIEF, unit="P3", reason="again")) == "no-emergency"


def test_taking_back_the_end_brings_the_emergency_back() -> None:
    """An undo restores what was ended, and never hides what was called meanwhile."""
    board = Board()
    carried(board)
    board.ask(ask.SetUnitStatus, unit="P3", state=UnitState.AVAILABLE_POST)
    board.press("e1")
    board.ask(ask.Undo)
    assert (board.state.units["P3"].state.value, overlays(board)) == ("AVAILABLE_MOBILE", {"EMERGENCY"})
    board.ask(ClearEmergency, by=CHIEF, unit="P3", reason="by voice")
    board.ask(ask.Undo, by=CHIEF)
    assert overlays(board) == {Overlay.EMERGENCY}


def test_a_team_is_told_at_once_and_taken_back_at_once() -> None:
    """One action for all of them."""
    board = Board()
    told = board.ask(SetTeamStatus, units=("P1", "P2"), state=UnitState.AVAILABLE_POST)
    assert kinds(told) == ["unit.state", "unit.state"]
    board.ask(ask.Undo)
    assert {unit.state.value for unit in board.state.units.values()} == {"AVAILABLE_MOBILE"}


@pytest.mark.parametrize("state", [UnitState.AVAILABLE_MOBILE, UnitState.OFF_DUTY])
def test_a_team_status_lists_members_at_work_and_changes_nobody(state: UnitState) -> None:
    """Nobody is dropped off a scene by a word to the team."""
    board = Board()
    board.incident()
    board.send("P1", "P2")
    board.step("P1", "ONSCENE")
    refused = board.ask(SetTeamStatus, by=WANG, units=("P1", "P2", "P3"), state=state)
    assert isinstance(refused, Refusal)
    assert refused.code == "team-at-work"
    assert "P1 (1001 ONSCENE), P2 (1001 DISPATCHED)" in refused.en
    assert (board.at("P1"), board.at("P2")) == ("ONSCENE", "DISPATCHED")
    assert code(board.ask(SetTeamStatus, units=("P3", "P9"), state=state)) == "unknown"
