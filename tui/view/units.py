"""The unit board: who is there, at what, where, and heard when."""

from bus.messages.board import UnitRow
from tui.ages import short_age
from tui.view.line import Line, Piece, column, heading
from tui.view.overdue import worst
from tui.view.sight import LIVE_ASSIGNMENTS, Sight
from tui.view.states import ROLES, state_column

STALE_PLACE_S = 1800
"""A position older than this is a guess (TicketsCAD's 30 minutes) and carries a `?`."""

_FREE = ("AVAILABLE_MOBILE", "AVAILABLE_POST", "AVAILABLE")
ABSENT = ("OFF_DUTY", "OUT_OF_SERVICE")


def unit_state(row: UnitRow) -> str:
    """What to show: a call for help first, then silence, the step while it works, or its own state."""
    if "EMERGENCY" in row.overlays:
        return "EMERGENCY"
    if "NO_CONTACT" in row.overlays:
        return "NO_CONTACT"
    return row.step if row.state == "COMMITTED" and row.step else row.state


def counts(sight: Sight) -> dict[str, int]:
    """How many are free, at work, and absent."""
    rows = sight.mirror.units.values()
    free = sum(row.state in _FREE for row in rows)
    absent = sum(row.state in ABSENT for row in rows)
    return {"free": free, "busy": len(rows) - free - absent, "off": absent}


def is_stale(sight: Sight, row: UnitRow) -> bool:
    """Whether its place is a guess by now."""
    return row.place is not None and (row.place_at is None or sight.age(row.place_at) > STALE_PLACE_S)


def unit_lines(sight: Sight, width: int, height: int) -> list[Line]:
    """Every unit, by team; the teams' names too when all of it fits into `height`."""
    order = {team: place for place, team in enumerate(sight.mirror.names.teams)}
    rows = sorted(
        sight.mirror.units.values(), key=lambda row: (order.get(row.team, len(order)), row.team, row.id)
    )
    teams = list(dict.fromkeys(row.team for row in rows))
    if len(rows) + len(teams) > height:
        return [_line(sight, row, width) for row in rows]
    lines: list[Line] = []
    for team in teams:
        lines.append(heading(sight.team(team), width))
        lines += [_line(sight, row, width) for row in rows if row.team == team]
    return lines


def unit_chips(sight: Sight, width: int) -> list[Line]:
    """The same in very little room: `P1 E1034`, as many to a line as fit, those at work first."""
    rows = sorted(
        sight.mirror.units.values(), key=lambda row: (row.incident is None, row.state in ABSENT, row.id)
    )
    each = max(width // max(width // _CHIP, 1), 1)
    chips = [_chip(sight, row, each) for row in rows]
    fit = max(width // each, 1)
    return [Line(None, tuple(chips[at : at + fit])) for at in range(0, len(chips), fit)]


_CHIP = 10
_STATE = 12


def _line(sight: Sight, row: UnitRow, width: int) -> Line:
    absent = row.state in ABSENT
    late = worst(sight, row.timers)
    sign = max(min(width - 44, 12), 0)
    place = max(width - 5 - sign - _STATE - 1 - 7 - 5 - 1, 4)
    return Line(
        f"unit:{row.id}",
        (
            column(f" {row.id}", 5, "dim" if absent else "bold ink"),
            column(sight.unit(row.id), sign, "dim"),
            state_column(sight.words, unit_state(row), _STATE),
            Piece(" "),
            column(work_of(sight, row), 7, "bold ink"),
            column(_place(sight, row), place, "dim" if absent else "ink"),
            column(_heard(sight, row), 5, late.role if late else "dim", right=True),
            Piece(" "),
        ),
    )


def _chip(sight: Sight, row: UnitRow, width: int) -> Piece:
    state = unit_state(row)
    role = ROLES.get(state.lower(), "dim")
    number = sight.number(row.incident) if row.incident else ""
    return column(f" {row.id} {sight.words.letter(state)}{number}", width, role)


def work_of(sight: Sight, row: UnitRow) -> str:
    """The incident's number, and how many more wait stacked behind it."""
    if row.incident is None:
        return f"x{row.recalls[0]}" if row.recalls else row.reason or ""
    running = [
        one
        for one in sight.mirror.assignments.values()
        if one.unit == row.id and one.state in LIVE_ASSIGNMENTS
    ]
    more = len({one.incident for one in running} - {row.incident})
    return sight.number(row.incident) + (f"+{more}" if more else "")


def _place(sight: Sight, row: UnitRow) -> str:
    return sight.place(row.place) + ("?" if is_stale(sight, row) else "")


def _heard(sight: Sight, row: UnitRow) -> str:
    return short_age(sight.age(row.last_heard_at)) if row.last_heard_at else "-"
