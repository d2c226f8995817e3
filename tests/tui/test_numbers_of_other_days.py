"""An incident reopened while today has its number too: told and typed with its day."""

from dataclasses import replace
from datetime import date

import pytest

from bus.messages.verbs import Note
from tests.tui.example_board import NOW, snapshot
from tui.command.model import Command, Question
from tui.command.parse import parse
from tui.mirror import from_snapshot
from tui.view.queue import queue_lines
from tui.view.sight import Sight
from tui.words import Words


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("1034", "i1"), ("34", "i1"), ("1034-0227", "old"), ("1034'", "old"), ("#1034-0227", "old")],
)
def test_a_bare_number_is_todays_where_an_earlier_day_has_it_too(typed: str, meant: str) -> None:
    """The earlier one is named with its day, or the mark the queue gives it; the dry run says which."""
    look = Sight(mirror=from_snapshot(snapshot()), now=NOW, words=Words("en"), me="zhang")
    today = look.mirror.incidents["i1"]
    old = today.model_copy(update={"id": "old", "number_day": date(2026, 2, 27)})
    look = replace(look, mirror=replace(look.mirror, incidents={"old": old, **look.mirror.incidents}))
    found = parse(f"n {typed} x", look, None)
    assert isinstance(found, Command)
    assert found.asks == (Note(incident=meant, text="x"),)
    assert ("1034-0227" in found.says) is (meant == "old")
    assert look.number("old") == "1034-0227"
    rows = ["".join(piece.text for piece in line.pieces) for line in queue_lines(look, 110)]
    assert sum("1034'" in row for row in rows) == 1
    unknown = parse("n 1034-0101 x", look, None)
    assert isinstance(unknown, Question)
    assert "1034-0101" in unknown.text
