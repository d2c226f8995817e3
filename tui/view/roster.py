"""Every unit with all that is known of it, in the order the operator asks for."""

from collections.abc import Callable, Iterable, Mapping
from typing import Literal

from bus.messages.board import UnitRow
from tui.ages import short_age
from tui.view.line import Line, Piece, column, heading
from tui.view.overdue import worst
from tui.view.sight import Sight
from tui.view.states import state_column
from tui.view.units import ABSENT, is_stale, unit_state, work_of
from tui.words import Words

Order = Literal["team", "state", "since", "place", "heard"]

_URGENCY = (
    "EMERGENCY",
    "NO_CONTACT",
    "ONSCENE",
    "ENROUTE",
    "SIGNED",
    "SENT",
    "RESERVED",
    "AVAILABLE_MOBILE",
    "AVAILABLE_POST",
    "AVAILABLE",
    "BUSY",
)
_ID, _STATE, _AGE, _WORK, _ROOMY = 6, 14, 6, 8, 110


def roster_lines(sight: Sight, width: int, order: Order) -> Iterable[Line]:
    """By team with the teams' names between, or the longest and most urgent first."""
    rows = sorted(sight.mirror.units.values(), key=lambda row: _KEYS[order](sight, row))
    team: str | None = None
    for row in rows:
        if order == "team" and row.team != team:
            team = row.team
            yield heading(sight.team(team), width)
        yield _line(sight, row, width, order)


def roster_columns(sight: Sight, width: int, order: Order) -> tuple[Piece, ...]:
    """Their names; the one that orders the list stands out and carries a mark."""
    last = "team" if order != "team" else "agency"
    names = ("unit", "sign", "state", "since", "work", "place", "age", "heard", "skills", last)
    return tuple(
        _name(sight.words, name, size, chosen=name == order)
        for name, size in zip(names, _widths(width), strict=True)
    )


def _name(words: Words, name: str, width: int, *, chosen: bool) -> Piece:
    """Over ages at the right, over words as far in as they are."""
    text = f"{words(f'roster.{name}')}{'*' if chosen else ''}"
    flush = name in ("sign", "state")
    right = name in ("since", "age", "heard")
    return column(
        text if flush or right else f" {text}", width, "bold cyan" if chosen else "dim", right=right
    )


def _line(sight: Sight, row: UnitRow, width: int, order: Order) -> Line:
    sign, place, skills, whose = (_widths(width)[at] for at in (1, 5, 8, 9))
    late = worst(sight, row.timers)
    quiet = "dim" if row.state in ABSENT else "ink"
    last = sight.agency(row.agency) if order == "team" else sight.team(row.team)
    where = sight.place(row.place) + ("?" if is_stale(sight, row) else "")
    return Line(
        f"unit:{row.id}",
        (
            column(f" {row.id}", _ID, f"bold {quiet}" if quiet == "ink" else quiet),
            column(sight.unit(row.id), sign, "dim"),
            state_column(sight.words, unit_state(row), _STATE),
            column(_age(sight, row, "since"), _AGE, quiet, right=True),
            column(f" {work_of(sight, row)}", _WORK, "bold ink"),
            column(f" {where}", place, quiet),
            column(_age(sight, row, "place_at"), _AGE, "dim", right=True),
            column(_age(sight, row, "last_heard_at"), _AGE, late.role if late else "dim", right=True),
            column(f" {', '.join(map(sight.skill, row.skills)) or '-'}", skills, "dim"),
            column(f" {last}", whose, "dim"),
        ),
    )


def _widths(width: int) -> tuple[int, ...]:
    """Of every column; what a narrow screen has left goes to the place first."""
    sign = 12 if width >= _ROOMY else 0
    whose = 16 if width >= _ROOMY else 0
    left = width - (_ID + sign + _STATE + _AGE + _WORK + _AGE + _AGE + whose)
    skills = max(left // 2 if width >= _ROOMY else left // 3, 0)
    return _ID, sign, _STATE, _AGE, _WORK, left - skills, _AGE, _AGE, skills, whose


def _age(sight: Sight, row: UnitRow, field: str) -> str:
    at = getattr(row, field)
    return short_age(sight.age(at)) if at else "-"


def _by_team(sight: Sight, row: UnitRow) -> tuple[object, ...]:
    teams = list(sight.mirror.names.teams)
    return (teams.index(row.team) if row.team in teams else len(teams), row.team, row.id)


def _by_state(_: Sight, row: UnitRow) -> tuple[object, ...]:
    state = unit_state(row)
    return (_URGENCY.index(state) if state in _URGENCY else len(_URGENCY), row.id)


def _longest(field: str) -> Callable[[Sight, UnitRow], tuple[object, ...]]:
    """The longest age first; who is off duty, and what nobody knows, last."""

    def key(sight: Sight, row: UnitRow) -> tuple[object, ...]:
        at = getattr(row, field)
        return (row.state in ABSENT, at is None, -sight.age(at) if at else 0.0, row.id)

    return key


_KEYS: Mapping[Order, Callable[[Sight, UnitRow], tuple[object, ...]]] = {
    "team": _by_team,
    "state": _by_state,
    "since": _longest("since"),
    "place": _longest("place_at"),
    "heard": _longest("last_heard_at"),
}
