"""The paper form: how the board stands, and room for the times of what happens while there is none."""

from collections.abc import Iterable, Iterator

from bus.messages.board import AlarmRow, AssignmentRow, IncidentRow, UnitRow
from tui.ages import wall_clock
from tui.cells import fit, wrap
from tui.view.queue import claimed_alarms, open_incidents, waiting_alarms
from tui.view.sight import LIVE_ASSIGNMENTS, Sight, number_of
from tui.view.units import unit_state, work_of
from tui.words import Words

_WIDTH = 96
"""Cells of a line: a portrait page of A4 at twelve characters an inch."""
_STEPS = ("DISPATCHED", "SIGNED", "ENROUTE", "ONSCENE", "CLEARED")
_NO, _TIME, _UNIT, _FROM, _WHAT, _WHERE, _OUTCOME = 6, 10, 8, 16, 38, 26, 32
_STATE, _ACROSS = 22, 4
"""Cells of a unit and its state, and how many stand side by side."""
_NEW, _SENT = 8, 3
"""New alarms there is room for, and units sent to each."""


def paper_form(sight: Sight) -> Iterator[str]:
    """The form as of this look at the board."""
    words = sight.words
    alarms = (*waiting_alarms(sight), *claimed_alarms(sight))
    yield from _head(words, words("paper.as_of", at=f"{sight.now.astimezone():%Y-%m-%d %H:%M:%S}"))
    yield from _titled(_steps(words, words("paper.incidents")), _incidents(sight))
    yield from _titled(words("paper.alarms"), (_alarm(sight, row) for row in alarms))
    yield from _titled(words("paper.units"), _units(sight))
    yield from _room(words)


def blank_form(words: Words) -> Iterator[str]:
    """The form when nothing is known."""
    yield from _head(words, "")
    yield from _room(words)


def _head(words: Words, as_of: str) -> Iterator[str]:
    yield f"{words('paper.title')}  {as_of}".rstrip()
    yield from wrap(words("paper.how"), _WIDTH)
    yield ""


def _titled(title: str, lines: Iterable[str]) -> Iterator[str]:
    written = [line.rstrip() for line in lines]
    if written:
        yield title.rstrip()
        yield from written
        yield ""


def _incidents(sight: Sight) -> Iterator[str]:
    for row in open_incidents(sight):
        yield _incident(sight, row)
        for one in sight.assignments(row.id):
            if one.state in LIVE_ASSIGNMENTS:
                yield _assignment(one)
        yield _to_write(_UNIT, *_times())


def _incident(sight: Sight, row: IncidentRow) -> str:
    said = f"{sight.matter(row.type, row.place)}  {sight.said(row.summary, row.summary_zh)}"
    return fit(f"{fit(number_of(row), _NO)}{wall_clock(row.first_alarm_at)}  P{row.priority} {said}", _WIDTH)


def _assignment(one: AssignmentRow) -> str:
    """The times that are known, `?` where nobody reported them, and room for the others."""
    guessed = {step.upper() for step in one.inferred}
    stamps = {
        step.upper(): wall_clock(at) + "?" * (step.upper() in guessed) for step, at in one.stamps.items()
    }
    times = "".join(fit(stamps[step], _TIME) if step in stamps else _blank(_TIME) for step in _STEPS)
    return f"{' ' * _NO}{fit(one.unit, _UNIT)}{times}"


def _alarm(sight: Sight, row: AlarmRow) -> str:
    source = f"{sight.words(f'source.{row.source}')} {row.account or row.caller_unit or ''}"
    matter = sight.matter(row.type or "", row.place)
    return fit(f"{' ' * _NO}{wall_clock(row.recorded_at)}  P{row.priority} {matter}  {source}", _WIDTH)


def _units(sight: Sight) -> Iterator[str]:
    rows = sorted(sight.mirror.units.values(), key=lambda row: row.id)
    for at in range(0, len(rows), _ACROSS):
        yield "  ".join(_unit(sight, row) for row in rows[at : at + _ACROSS])


def _unit(sight: Sight, row: UnitRow) -> str:
    return fit(f"{row.id} {sight.words.state(unit_state(row))} {work_of(sight, row)}", _STATE)


def _room(words: Words) -> Iterator[str]:
    """Each new alarm has a line of its own, and lines for the units that are sent."""
    names = ((_TIME, "time"), (_FROM, "from"), (_WHAT, "what"), (_WHERE, "where"))
    yield words("paper.new")
    yield " " * _NO + "".join(fit(words(f"paper.{name}"), width) for width, name in names).rstrip()
    yield _steps(words, " " * _NO + words("paper.unit")) + words("paper.outcome")
    for _ in range(_NEW):
        yield ""
        yield _to_write(*(width for width, _ in names))
        for _ in range(_SENT):
            yield _to_write(_UNIT, *_times(), _OUTCOME)


def _steps(words: Words, title: str) -> str:
    return fit(title, _NO + _UNIT) + "".join(fit(words.state(step), _TIME) for step in _STEPS)


def _times() -> tuple[int, ...]:
    return (_TIME,) * len(_STEPS)


def _to_write(*widths: int) -> str:
    return (" " * _NO + "".join(_blank(width) for width in widths)).rstrip()


def _blank(width: int) -> str:
    return "_" * (width - 2) + "  "
