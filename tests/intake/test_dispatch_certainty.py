"""How sure an incident is: what is said from its scene proposes, with the reason; people decide."""

from typing import Any

import pytest

from intake.dispatch import commands as ask
from intake.dispatch.desk_events import CertaintyChanged
from intake.dispatch.incident_commands import SetCertainty
from intake.dispatch.objects import Incident
from intake.dispatch.proposals import Certainty
from tests.support.dispatch_board import Board, code, kinds

NOTHING: dict[str, Any] = {"intent": "report", "absent": "anything"}


@pytest.fixture
def board() -> Board:
    """A fire that is likely, and P1 on its scene."""
    board = Board()
    board.incident(type="fire", priority=1)
    board.ask(SetCertainty, incident_id="i1", certainty="likely")
    board.send("P1")
    board.step("P1", "ONSCENE")
    board.wait(20)
    return board


def incident(board: Board) -> Incident:
    """The fire."""
    return board.state.incidents["i1"]


def proposed(board: Board) -> Certainty | None:
    """What was said of it would make it."""
    said = incident(board).sighting
    return said.certainty if said else None


def test_nothing_showing_proposes_less_certainty_and_changes_nothing(board: Board) -> None:
    """The words, the unit and the clip are with the proposal; certainty and priority stand."""
    board.say("patrol one, nothing showing", units=("P1",), **NOTHING)
    said = incident(board).sighting
    assert said is not None
    assert (said.certainty, said.why) == ("possible", "nothing-showing")
    assert (said.unit, said.clip) == ("P1", "clip-o1")
    assert (incident(board).certainty, incident(board).priority) == ("likely", 1)


def test_one_key_accepts_it_with_who_and_why_and_an_undo_proposes_it_again(board: Board) -> None:
    """No reason of one's own is needed: the words on the channel are the reason, the priority stays."""
    board.say("patrol one, nothing showing", units=("P1",), **NOTHING)
    board.ask(SetCertainty, incident_id="i1", certainty="possible")
    event = board.events[-1]
    assert isinstance(event, CertaintyChanged)
    assert (event.by.name, event.why) == ("person:li", "nothing-showing")
    assert (event.reason, event.evidence) == ("patrol one, nothing showing", "clip-o1")
    assert (incident(board).certainty, incident(board).priority, proposed(board)) == ("possible", 1, None)
    board.ask(ask.Undo)
    assert (incident(board).certainty, proposed(board)) == ("likely", "possible")


def test_what_is_proposed_may_be_refused(board: Board) -> None:
    """The present certainty again keeps it, and the proposal is gone; an undo has it back."""
    board.say("patrol one, nothing showing", units=("P1",), **NOTHING)
    board.ask(SetCertainty, incident_id="i1", certainty="likely")
    assert (incident(board).certainty, proposed(board)) == ("likely", None)
    board.ask(ask.Undo)
    assert proposed(board) == "possible"


def test_a_unit_on_scene_that_sees_it_proposes_that_it_is_observed(board: Board) -> None:
    """Only of the incident's own type, and only from its scene."""
    board.say("P2 smoke", intent="report", type="fire", units=("P2",), place="gate-1")
    board.say("P1 fight", intent="report", type="fight", units=("P1",))
    assert proposed(board) is None
    board.say("P1 smoke on the stairs", intent="report", type="fire", units=("P1",))
    assert proposed(board) == "observed"


def test_who_speaks_of_the_place_is_enough_where_one_incident_is_open_there(board: Board) -> None:
    """With two open at a place nobody knows which is meant."""
    board.say("no smoke in hall A", intent="report", absent="fire", place="waiting-hall-a")
    assert proposed(board) == "possible"
    board.ask(SetCertainty, incident_id="i1", certainty="likely")
    board.incident("i2")
    board.say("no smoke in hall A", intent="report", absent="fire", place="waiting-hall-a")
    assert proposed(board) is None


@pytest.mark.parametrize(
    "said",
    [
        {"intent": "query", "absent": "anything", "units": ("P1",)},
        {"intent": "readback", "absent": "anything", "units": ("P1",)},
        {"intent": "report", "absent": "weapon", "units": ("P1",)},
        {"intent": "report", "absent": "anything", "units": ("P2",)},
        {"intent": "report", "absent": "anything", "units": ("P1",), "confidence": 0.2},
    ],
)
def test_what_proposes_nothing(board: Board, said: dict[str, Any]) -> None:
    """A question, the centre's own words, another matter, a unit elsewhere, words hardly understood."""
    board.say("nothing", **said)
    assert proposed(board) is None


def test_less_sure_by_hand_needs_a_reason_and_what_is_over_stays(board: Board) -> None:
    """More sure does not; saying what is so already is no event."""
    lower = board.ask(SetCertainty, incident_id="i1", certainty="possible")
    assert code(lower) == "less-sure-needs-reason"
    assert board.ask(SetCertainty, incident_id="i1", certainty="likely") == ()
    told = board.ask(SetCertainty, incident_id="i1", certainty="possible", reason="caller took it back")
    assert kinds(told) == ["incident.certainty"]
    board.step("P1", "CLEARED", disposition="toast")
    board.ask(ask.Close, incident_id="i1", text="toast", disposition="false alarm")
    assert code(board.ask(SetCertainty, incident_id="i1", certainty="likely")) == "incident-over"
