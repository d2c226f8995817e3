"""Overs found: when, on which channel, by whom, the words or why there are none, where, how long."""

from collections.abc import Iterable

from bus.messages.board import OverRow
from tui.ages import wall_clock
from tui.view.callers import WHO, who
from tui.view.line import Line, Piece, column
from tui.view.radio import SURE, percent
from tui.view.sight import Sight

_AT, _CHANNEL, _PLACE = 15, 10, 16
_ROOMY = 110
"""Cells from which channel and place have columns of their own; below, the words need the room."""


def history_lines(sight: Sight, rows: Iterable[OverRow], width: int) -> list[Line]:
    """One line an over, as the board has it where it still does."""
    return [history_line(sight, row, width, f"over:{row.id}") for row in rows]


def history_line(sight: Sight, row: OverRow | None, width: int, key: str) -> Line:
    """One over, as the board has it where it still does; None is one that is still on its way."""
    if row is None:
        return Line(key, (column(" ...", width, "dim"),))
    return Line(key, _pieces(sight, sight.mirror.overs.get(row.id, row), width))


def why_no_words(sight: Sight, row: OverRow) -> str:
    """The gate's reason in words; its code where the catalogue does not know it."""
    if row.gated is None:
        return sight.words("gate.waiting")
    key = f"gate.{row.gated}"
    return sight.words(key) if key in sight.words else row.gated.replace("_", " ")


def _pieces(sight: Sight, row: OverRow, width: int) -> tuple[Piece, ...]:
    sure = row.confidence is None or row.confidence >= SURE
    said = f'"{row.text}"' if row.text and row.gated is None else f"({why_no_words(sight, row)})"
    if row.clip is None:
        said = f"{sight.words('history.gone')} {said}"
    channel, place = (_CHANNEL, _PLACE) if width >= _ROOMY else (0, 0)
    room = max(width - 2 - _AT - channel - WHO - place - 5 - 6, 8)
    return (
        column("!" if row.alarm else "", 2, "bold red"),
        column(_when(sight, row), _AT, "dim"),
        column(row.channel, channel, "dim"),
        column(who(sight, row), WHO, "bold ink"),
        column(said, room, "dim" if row.gated else "ink" if sure else "violet"),
        column(f" {sight.place(row.place) if row.place else ''}", place),
        column(f"{row.seconds:.0f}s", 5, "dim", right=True),
        column(percent(row.confidence) if row.gated is None else "", 6, "dim", right=True),
    )


def _when(sight: Sight, row: OverRow) -> str:
    """The time, and the day where it is another than today."""
    at, now = row.said_at.astimezone(), sight.now.astimezone()
    day = "" if at.date() == now.date() else f"{at:%m-%d} " if at.year == now.year else f"{at:%y-%m-%d} "
    return day + (wall_clock(row.said_at) if len(day) <= len("00-00 ") else f"{at:%H:%M}")
