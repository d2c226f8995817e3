"""The queue: alarms nobody has taken, alarms being handled, then incidents; each by priority, then age."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bus.messages.board import AlarmRow, IncidentRow
from tui.ages import clock_age
from tui.view.agencies import is_in_view
from tui.view.callers import short_caller
from tui.view.line import Line, Piece, Pieces, column, heading
from tui.view.overdue import Overdue, flag, of_incident, worst
from tui.view.proposals import short_proposal
from tui.view.sight import LIVE_ASSIGNMENTS, Sight
from tui.view.states import state_column

ANSWER_S = 15
"""Seconds in which 90 % of alarms should be claimed (NENA-STA-020.1); the plain console reminds so often."""

LATE_S = 40
"""Seconds in which 99 % should be claimed (NFPA 1221-2002); then the header marks the oldest."""

CLOCK_S = 5
"""A source's clock further off than this is flagged."""

PRIORITY_ROLES = {0: "urgent", 1: "bold red", 2: "yellow", 3: "ink"}

_WAITING = ("RECEIVED", "QUEUED", "OFFERED")
_INCIDENT_ORDER = {"PENDING": 0, "ACTIVE": 1, "HELD": 2, "RESOLVED": 3}


@dataclass(frozen=True)
class Widths:
    """Cells of the columns that grow."""

    type: int
    place: int
    who: int
    text: int


def waiting_alarms(sight: Sight) -> list[AlarmRow]:
    """Alarms nobody has claimed, the one to take first at the top; of a row of repeats, the first."""
    return _sorted(row for row in sight.mirror.alarms.values() if is_waiting(row) and row.behind is None)


def is_waiting(row: AlarmRow) -> bool:
    """Nobody has taken it, or it joined its incident by itself and nobody has looked at it."""
    return row.state in _WAITING or row.unseen


def claimed_alarms(sight: Sight) -> list[AlarmRow]:
    """Alarms somebody is deciding about, one's own first."""
    rows = _sorted(
        row for row in sight.mirror.alarms.values() if row.state == "CLAIMED" and row.behind is None
    )
    return sorted(rows, key=lambda row: row.claimed_by != sight.me)


def open_incidents(sight: Sight) -> list[IncidentRow]:
    """Those waiting for a unit first, then those at work, held, and finished."""
    rows = [row for row in sight.mirror.incidents.values() if row.state in _INCIDENT_ORDER]
    return sorted(rows, key=_place_in_queue)


def _place_in_queue(row: IncidentRow) -> tuple[int, int, bool, datetime, str]:
    """What came back stands before its equals."""
    waits = _INCIDENT_ORDER[row.state]
    return waits, row.priority, row.returned_at is None, row.first_alarm_at, row.id


def incident_state(row: IncidentRow) -> str:
    """What to show: how far its units are, or its own state when none works on it."""
    return row.step if row.state == "ACTIVE" and row.step != "UNSENT" else row.state


def queue_lines(sight: Sight, width: int) -> list[Line]:
    """The whole queue, each line `width` cells."""
    widths = _widths(width)
    every: tuple[list[AlarmRow], list[IncidentRow]] = (
        [*waiting_alarms(sight), *claimed_alarms(sight)],
        open_incidents(sight),
    )
    alarms = [row for row in every[0] if is_in_view(sight, row)]
    incidents = [row for row in every[1] if is_in_view(sight, row)]
    lines = [Line(f"alarm:{row.id}", partial(_alarm_pieces, sight, row, widths)) for row in alarms]
    if not alarms:
        lines.append(heading(sight.words("queue.no_alarms"), width))
    lines.append(heading(sight.words("queue.incidents", n=len(incidents)), width))
    lines += [Line(f"incident:{row.id}", partial(_incident_pieces, sight, row, widths)) for row in incidents]
    beside = len(every[0]) - len(alarms), len(every[1]) - len(incidents)
    if any(beside):
        lines.append(heading(sight.words("queue.beside", alarms=beside[0], incidents=beside[1]), width))
    return lines


def titles(sight: Sight, width: int) -> tuple[Piece, ...]:
    """The names of the columns, over them."""
    words, widths = sight.words, _widths(width)
    return (
        column("", 2, "title"),
        column(words("column.from"), 5, "title dim"),
        column(words("column.age"), 8, "title dim", right=True),
        column(" P", 3, "title dim"),
        column(words("column.type"), widths.type + 1, "title dim"),
        column(words("column.place"), widths.place + 1, "title dim"),
        column(words("column.who"), widths.who + 1, "title dim"),
        column(words("column.state"), _STATE + _FLAGS, "title dim"),
        column(f" {words('column.text')}", widths.text, "title dim"),
    )


_STATE = 11
_FLAGS = 5
_NAME = 18
"""Cells that hold nearly every type and place; beyond, the text gets the room."""
_FIXED = 2 + 5 + 8 + 3 + _STATE + _FLAGS + 3


def _widths(width: int) -> Widths:
    room = max(width - _FIXED, 24)
    who = min(max(room // 4, 8), 12)
    names = room - who
    type_, place = names // 2, names - names // 2
    if type_ <= _NAME:
        return Widths(type_, place, who, 0)
    return Widths(_NAME, _NAME, who, names - 2 * _NAME)


def _alarm_pieces(sight: Sight, row: AlarmRow, widths: Widths) -> Pieces:
    waiting = is_waiting(row)
    mine = row.claimed_by == sight.me
    source = sight.words(f"source.{row.source}")
    who = row.claimed_by or row.caller_unit or _panel(row) or _radio(sight, row) or row.source_id
    return (
        Piece("!" if waiting else "~" if mine else ".", "urgent" if waiting else "cyan" if mine else "dim"),
        Piece(" "),
        column(source, 5, "bold ink" if waiting else "ink"),
        _age(clock_age(sight.age(row.recorded_at)), worst(sight, row.timers)),
        *_priority(row.priority),
        column(sight.marked_type(row.type, row.exercise), widths.type, "bold ink" if waiting else "ink"),
        Piece(" "),
        column(sight.place(row.place), widths.place),
        Piece(" "),
        column(who, widths.who, "cyan" if mine else "dim"),
        Piece(" "),
        state_column(sight.words, row.state, _STATE),
        column(_flags(sight, row), _FLAGS, "yellow"),
        column(f" {_gist(sight, row)}", widths.text, "dim"),
    )


def _incident_pieces(sight: Sight, row: IncidentRow, widths: Widths) -> Pieces:
    units = " ".join(one.unit for one in sight.assignments(row.id) if one.state in LIVE_ASSIGNMENTS)
    state = incident_state(row)
    waiting = row.state == "PENDING"
    late = worst(sight, of_incident(sight, row.id))
    return (
        Piece("  "),
        column(f"{row.no}'" if row.number_day else str(row.no), 5, "bold ink"),
        _age(clock_age(sight.age(row.first_alarm_at)), late),
        *_priority(row.priority),
        column(sight.marked_type(row.type, row.exercise), widths.type, "bold ink" if waiting else "ink"),
        Piece(" "),
        column(sight.place(row.place), widths.place),
        Piece(" "),
        column(units or "-", widths.who, "cyan" if units else "dim"),
        Piece(" "),
        state_column(sight.words, state, _STATE),
        _incident_flag(sight, row, late),
        column(f" {sight.said(row.summary, row.summary_zh)}", widths.text, "dim"),
    )


def _age(age: str, late: Overdue | None) -> Piece:
    return Piece(f"{age:>6}{late.marks if late else '':<2}", late.role if late else "ink")


def _incident_flag(sight: Sight, row: IncidentRow, late: Overdue | None) -> Piece:
    """To whom it is offered, else what is overdue and for how long, else `=` where something is proposed.

    Else how many reported it.
    """
    if row.offer is not None:
        return column(f">{row.offer.to[: _FLAGS - 1]}", _FLAGS, late.role if late else "yellow")
    if late is not None:
        return column(flag(sight, late), _FLAGS, late.role)
    if row.sighting is not None:
        return column("=", _FLAGS, "yellow")
    return column(f"x{row.alarms}" if row.alarms > 1 else "", _FLAGS, "dim")


def _priority(priority: int) -> tuple[Piece, ...]:
    return Piece(" "), Piece(str(priority), PRIORITY_ROLES.get(priority, "dim")), Piece(" ")


def _flags(sight: Sight, row: AlarmRow) -> str:
    """`x3` came thrice, `=` may belong to another, `?` not understood, `r` maybe a repeat, `v` restored.

    `c` its clock is off, `2` waits for a second person, `>` is offered to another agency.
    """
    marks = (
        ("?", not row.parsed),
        ("r", row.maybe_repeat),
        ("v", row.restored_at is not None),
        ("c", abs(row.clock_offset) > CLOCK_S),
        ("2", row.dismiss_wanted_by is not None),
        (">", row.offer is not None),
    )
    times = row.count + row.row_count
    count = f"x{times}" if times > 1 else ""
    flags = count + "".join(mark for mark, is_set in marks if is_set)
    belongs = short_proposal(sight, row)
    return flags + (belongs if len(flags) + len(belongs) <= _FLAGS else belongs[:1])


def _panel(row: AlarmRow) -> str:
    """Account and zone, as technicians write them."""
    return "/".join(part for part in (row.account, row.zone) if part)


def _radio(sight: Sight, row: AlarmRow) -> str:
    """Who holds the radio that called, or its id with a `?`, without its kind: the detail has that."""
    return short_caller(sight, row.radio) if row.radio else ""


def _gist(sight: Sight, row: AlarmRow) -> str:
    return f"{short_proposal(sight, row)} {_said(sight, row)}".lstrip()


def _said(sight: Sight, row: AlarmRow) -> str:
    if sight.words.language == "zh" and row.text_zh:
        return row.words or row.text_zh
    return row.words or row.text or row.raw


def _sorted(rows: Iterable[AlarmRow]) -> list[AlarmRow]:
    return sorted(rows, key=lambda row: (row.priority, row.recorded_at, row.id))
