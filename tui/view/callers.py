"""Who calls: a unit by its radio, or the radio's own id with a `?` where nobody knows whose it is."""

from collections.abc import Iterable

from bus.messages.board import LiveText, OverRow, RadioRow
from tui.ages import short_age
from tui.view.line import Line, column
from tui.view.sight import Sight

WHO = 16
"""Cells that hold `mdc1200 1a2b ?`, and most other kinds."""


def spelled(key: str) -> str:
    """`mdc1200 1a2b` of `mdc1200:1a2b`."""
    return key.lower().replace(":", " ", 1)


def who(sight: Sight, row: OverRow) -> str:
    """By radio where it was heard, else the units of the words; `-` when neither says."""
    called = [caller(sight, key) for key in row.callers]
    return " ".join(dict.fromkeys(called)) or " ".join(row.units) or "-"


def who_now(sight: Sight, text: LiveText) -> str:
    """Of an over still running; empty while nobody can tell."""
    if text.unit:
        return text.unit
    return caller(sight, text.caller) if text.caller else ""


def caller(sight: Sight, key: str) -> str:
    """The unit that carries a radio, or `mdc1200 1a2b ?`."""
    row = _known(sight, key)
    return row.unit if row is not None and row.unit else f"{spelled(key)} ?"


def short_caller(sight: Sight, key: str) -> str:
    """The same in a narrow column: the unit, or `1a2b ?`."""
    row = _known(sight, key)
    return row.unit if row is not None and row.unit else f"{key.lower().rpartition(':')[2]} ?"


def radio_lines(sight: Sight, width: int) -> list[Line]:
    """Every radio heard or named: those nobody knows first, each by when it was last heard."""
    rows = sorted(sight.mirror.radios.values(), key=_last, reverse=True)
    rows.sort(key=lambda row: row.unit is not None)
    return [_line(sight, row, width) for row in rows]


def _last(row: RadioRow) -> float:
    return row.last_heard_at.timestamp() if row.last_heard_at else 0.0


def _line(sight: Sight, row: RadioRow, width: int) -> Line:
    words = sight.words
    unit = f"{row.unit}  {sight.unit(row.unit)}" if row.unit else "?"
    by = row.named_by or (words("radios.site_file") if row.unit else "-")
    age = short_age(sight.age(row.last_heard_at)) if row.last_heard_at else "-"
    heard = words("radios.heard", n=row.heard, age=age)
    return Line(
        f"radio:{row.id}",
        (
            column(f" {spelled(row.id)}", WHO + 2, "bold ink" if row.unit else "bold yellow"),
            column(unit, 20, "ink" if row.unit else "bold yellow"),
            column(by, 12, "dim"),
            column(heard, 24, "ink"),
            column(row.channel or "", max(width - WHO - 2 - 20 - 12 - 24 - 1, 0), "dim"),
        ),
    )


def _known(sight: Sight, key: str) -> RadioRow | None:
    """A key without its kind, as a running over may tell it, is looked for among those heard."""
    radios: Iterable[RadioRow] = sight.mirror.radios.values()
    found = sight.mirror.radios.get(key.lower())
    return found or next((row for row in radios if row.id.endswith(f":{key.lower()}")), None)
