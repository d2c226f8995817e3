"""How the dry run names things: always the unit and the incident, never an id."""

from collections.abc import Iterable

from bus.messages.base import Exercise
from bus.messages.board import AlarmRow, IncidentRow, UnitRow
from tui.cells import plain
from tui.view.sight import Sight, number_of


def alarm(sight: Sight, row: AlarmRow) -> str:
    """Without its age: the sentence must stand still while it is read."""
    return sight.matter(row.type, row.place)


def incident(sight: Sight, row: IncidentRow) -> str:
    """`1034 theft, waiting hall A`."""
    named = {"type": sight.type(row.type), "place": sight.place(row.place)}
    return sight.words("say.incident", no=number_of(row), **named)


def units(rows: Iterable[UnitRow]) -> str:
    """Their ids."""
    return " ".join(row.id for row in rows)


def place(sight: Sight, key: str | None) -> str:
    """A place, or that it is not named."""
    return sight.place(key) if key else sight.words("say.unknown_place")


def kind(sight: Sight, key: str | None) -> str:
    """A type, or that it is not named."""
    return sight.type(key) if key else sight.words("say.unknown_type")


def exercise(sight: Sight, which: Exercise) -> str:
    """That it is no real work, after the sentence."""
    return "" if which == "actual" else f" [{sight.words(f'exercise.{which}')}]"


def comment(sight: Sight, text: str) -> str:
    """What the operator added, after the sentence."""
    return sight.words("say.comment", text=plain(text)) if text else ""
