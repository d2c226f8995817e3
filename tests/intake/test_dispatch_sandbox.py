"""A sandbox: whatever comes in, and however, is an exercise."""

from dataclasses import replace

from intake.dispatch.policy import Policy
from intake.dispatch.state import State
from intake.site import Site, example_site_path
from tests.support.dispatch_board import Board


def sandbox() -> Board:
    """A board where nothing is real."""
    return Board(state=State(policy=replace(Policy(), exercise=True)))


def test_panel_speech_and_desk_are_exercises() -> None:
    """An alarm of each, and an incident opened by hand; a panel's test stays a test."""
    board = sandbox()
    board.alarm("a1")
    board.alarm("a2", zone="8", exercise="test")
    board.say("theft in hall a", intent="report", type="theft", place="waiting-hall-a")
    board.press("a3")
    board.incident("i1")
    marked = {one.id: one.content.exercise for one in board.state.alarms.values()}
    assert marked.pop("a2") == "test"
    assert (len(marked), set(marked.values())) == (3, {"exercise"})
    assert board.state.incidents["i1"].exercise == "exercise"


def test_reports_of_one_event_are_still_proposed_to_be_joined() -> None:
    """Both sides are exercises before they are compared."""
    board = sandbox()
    board.incident("i1", type="intrusion")
    board.alarm("a1")
    assert board.state.alarms["a1"].proposals


def test_only_the_site_file_makes_a_sandbox() -> None:
    """The example site is real."""
    text = example_site_path().read_text(encoding="utf-8")
    assert not Site.from_toml(text).exercise
    assert Site.from_toml(text.replace("exercise = false", "exercise = true", 1)).exercise
