"""A board as tables on a terminal, or as plain text in a pipe."""

from collections.abc import Iterable

from bus.messages.board import Snapshot
from tongpin.report.spans import span
from tongpin.report.text import report_console, table_of
from tongpin.words import Words
from tui.mirror import from_snapshot
from tui.view.sight import LIVE_ASSIGNMENTS, Sight
from tui.words import Words as ScreenWords

Row = tuple[str, ...]


def sight_of(board: Snapshot, words: Words) -> Sight:
    """The board as a console of that moment would look at it."""
    return Sight(from_snapshot(board), board.at, ScreenWords(words.language), "")


def show_board(board: Snapshot, words: Words, entries: int) -> None:
    """On stdout."""
    console, sight = report_console(), sight_of(board, words)
    at = board.at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
    console.print(words("replay.title", at=at, n=entries), style="bold")
    shown: tuple[tuple[str, Row, Iterable[Row]], ...] = (
        ("alarms", ("age", "priority", "state", "type", "place", "by", "text"), _alarms(sight)),
        ("incidents", ("no", "age", "priority", "state", "type", "place", "units"), _incidents(sight)),
        ("units", ("unit", "team", "state", "incident", "place"), _units(sight)),
        ("devices", ("device", "state"), _devices(sight)),
    )
    for name, columns, rows in shown:
        head = tuple(words(f"column.{column}") for column in columns)
        lines = list(rows) or [(words("replay.none"),)]
        console.print(table_of(words(f"replay.{name}"), head, lines, right=len(head)))


def _alarms(sight: Sight) -> Iterable[Row]:
    for row in sorted(sight.mirror.alarms.values(), key=lambda row: (row.priority, row.recorded_at, row.id)):
        by = sight.number(row.incident) if row.incident else row.claimed_by or ""
        text = (row.text_zh if sight.words.language == "zh" else "") or row.text
        yield (
            span(sight.age(row.recorded_at)),
            str(row.priority),
            sight.words.state(row.state),
            sight.type(row.type),
            sight.place(row.place),
            by,
            text,
        )


def _incidents(sight: Sight) -> Iterable[Row]:
    rows = sight.mirror.incidents.values()
    for row in sorted(rows, key=lambda row: (row.priority, row.first_alarm_at, row.id)):
        sent = (one for one in sight.mirror.assignments.values() if one.incident == row.id)
        units = (
            f"{one.unit} {sight.words.state(one.state)}" for one in sent if one.state in LIVE_ASSIGNMENTS
        )
        yield (
            str(row.no),
            span(sight.age(row.first_alarm_at)),
            str(row.priority),
            sight.words.state(row.state),
            sight.type(row.type),
            sight.place(row.place),
            ", ".join(units),
        )


def _units(sight: Sight) -> Iterable[Row]:
    for row in sorted(sight.mirror.units.values(), key=lambda row: row.id):
        number = sight.number(row.incident) if row.incident else ""
        state = sight.words.state(row.step or row.state)
        yield sight.unit(row.id), sight.team(row.team), state, number, sight.place(row.place)


def _devices(sight: Sight) -> Iterable[Row]:
    for row in sorted(sight.mirror.devices.values(), key=lambda row: row.id):
        yield row.id, sight.words.state(row.state)
