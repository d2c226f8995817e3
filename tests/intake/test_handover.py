"""Handing a shift over: line by line, both sign, both responsible until then."""

from typing import Any

import pytest

from intake.dispatch import commands as ask
from intake.dispatch import source_commands as told
from intake.dispatch.base import Actor
from intake.dispatch.decide import Decision
from intake.dispatch.objects import UnitState
from intake.dispatch.refusals import Refusal
from intake.dispatch.speech import Device
from intake.handover import commands as hand
from intake.handover.brief import brief, unread
from intake.handover.objects import Handover
from tests.support.dispatch_board import CHIEF, LI, PANEL, WANG, Board, replayed


@pytest.fixture
def board() -> Board:
    """A busy board; Li begins to hand over."""
    board = Board()
    board.alarm("a1", priority=0)
    board.incident("i1")
    board.incident("i2", type="fight", place="taxi-stand")
    board.incident("i3", type="dispute", place="north-square")
    board.send("P1", to="i1")
    board.ask(ask.Hold, incident_id="i3", review_at=board.now.replace(hour=12), reason="interpreter")
    board.ask(ask.SetUnitStatus, unit="P3", state=UnitState.BUSY, reason="meal")
    line = Device(id="box-1/line-a", what="line", state="silent", since=board.now)
    board.ask(told.DeviceChanged, by=PANEL, device=line)
    board.ask(hand.OpenHandover, by=LI, handover_id="h1")
    return board


def do(board: Board, command: type[ask.Command], by: Actor, **fields: Any) -> Decision:  # noqa: ANN401 - of any command
    """A command about the handover of the fixture."""
    return board.ask(command, by=by, **{"handover_id": "h1"} | fields)


def handover(board: Board) -> Handover:
    """The one of the fixture."""
    return board.state.handovers["h1"]


def refused(decision: Decision) -> str:
    """The code; anything else fails the test."""
    assert isinstance(decision, Refusal)
    return decision.code


def read_all(board: Board, by: Actor = WANG) -> None:
    """Read every line there is, one at a time."""
    for line in unread(board.state, handover(board)):
        do(board, hand.ReadLines, by, lines=(line.key,))


def test_the_brief_is_made_of_the_board(board: Board) -> None:
    """The most urgent first; every matter once, and nothing that is well."""
    lines = brief(board.state, handover(board))
    assert [(line.kind, line.facts.get("no")) for line in lines] == [
        ("alarm", None),
        ("incident", 1002),
        ("incident", 1001),
        ("held", 1003),
        ("unsigned", 1001),
        ("units", None),
        ("unit", None),
        ("device", None),
    ]
    assert lines[5].facts["units"] == ["P1", "P2"]
    assert len({line.key for line in lines}) == len(lines)


def test_until_both_have_signed_both_are_responsible(board: Board) -> None:
    """Reading makes one the next; each signature alone changes nothing of that."""
    assert handover(board).responsible == ("person:li",)
    read_all(board)
    assert handover(board).responsible == ("person:li", "person:wang")
    do(board, hand.SignHandover, WANG)
    assert handover(board).responsible == ("person:li", "person:wang")
    do(board, hand.SignHandover, LI)
    assert handover(board).responsible == ("person:wang",)
    assert not handover(board).is_open
    assert refused(do(board, hand.SignHandover, LI)) == "handover-over"


def test_unread_lines_are_not_signed(board: Board) -> None:
    """Also not one that came while the others were read; what is over needs no reading."""
    do(board, hand.ReadLines, WANG, lines=("units",))
    assert refused(do(board, hand.SignHandover, WANG)) == "handover-unread"
    read_all(board)
    board.incident("i4", type="fire", place="taxi-stand")
    assert refused(do(board, hand.SignHandover, WANG)) == "handover-unread"
    board.ask(ask.CancelIncident, incident_id="i4", reason="hoax")
    assert not isinstance(do(board, hand.SignHandover, WANG), Refusal)


def test_one_person_does_not_hand_over_alone(board: Board) -> None:
    """Who goes does not read for who comes, a third does not step between, and one hands over once."""
    assert refused(do(board, hand.ReadLines, LI, lines=("units",))) == "handover-own"
    read_all(board)
    assert refused(do(board, hand.ReadLines, CHIEF, lines=("units",))) == "handover-taken"
    assert refused(do(board, hand.SignHandover, CHIEF)) == "handover-taken"
    assert refused(board.ask(hand.OpenHandover, by=LI, handover_id="h2")) == "handover-open"
    do(board, hand.DropHandover, LI, reason="stays on")
    assert not isinstance(board.ask(hand.OpenHandover, by=LI, handover_id="h2"), Refusal)


def test_notes_outlast_the_shift_they_were_written_for(board: Board) -> None:
    """Important ones and those about work go on; a note of the shift does not."""
    for kind in ("important", "work", "shift"):
        do(board, hand.LeaveNote, LI, note=kind, text=f"{kind} 红色外套")
    read_all(board)
    do(board, hand.SignHandover, WANG)
    do(board, hand.SignHandover, LI)
    board.ask(hand.OpenHandover, by=WANG, handover_id="h2")
    assert [one.kind for one in board.state.handovers["h2"].notes] == ["important", "work"]


def test_each_step_is_taken_back_exactly(board: Board) -> None:
    """Undo restores the handover as it was before; replayed events give the same."""
    read_all(board)
    before = handover(board)
    do(board, hand.SignHandover, WANG)
    board.ask(ask.Undo, by=WANG)
    traces = {"version", "changed_by", "changed_at"}
    assert handover(board).model_dump(exclude=traces) == before.model_dump(exclude=traces)
    assert replayed(board) == board.state
