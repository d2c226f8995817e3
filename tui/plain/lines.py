"""A row of the board as one line of text, and what a change says anew. Pure.

    ALARM 14:02:41 P0 hold-up, ticket office: button 1 pressed @3f9c
    14:03:05 INCIDENT 1034 P2 theft, waiting hall a: step=ENROUTE units=P1

A line that starts with ALARM waits to be claimed; `@` and what follows names it in a command.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from bus.messages.base import Value
from bus.messages.board import AlarmRow, AssignmentRow, DeviceRow, IncidentRow, OverRow, TimelineRow, UnitRow
from tui.ages import wall_clock
from tui.cells import plain
from tui.view.agencies import is_in_view
from tui.view.queue import incident_state, is_waiting
from tui.view.sight import LIVE_ASSIGNMENTS, Sight, number_of
from tui.view.timeline import actor, sentence

HANDLE = 4
"""Digits of an alarm's id that name it; random ones, so two of a hundred waiting rarely share them."""

Kind = Literal["alarm", "incident", "unit", "over", "device"]

_TABLES: tuple[tuple[Kind, str], ...] = (
    ("alarm", "alarms"),
    ("incident", "incidents"),
    ("unit", "units"),
    ("over", "overs"),
    ("device", "devices"),
)


@dataclass(frozen=True)
class Told:
    """One line, and the row it tells of; `row` None: it left the board."""

    kind: Kind
    id: str
    at: datetime
    text: str
    row: Value | None = None

    def as_json(self) -> dict[str, Any]:
        """For machines: the row itself, not its wording."""
        row = self.row.model_dump(mode="json") if self.row is not None else None
        return {"at": self.at.isoformat(), "kind": self.kind, "id": self.id, "row": row}


def board_lines(sight: Sight) -> list[Told]:
    """What there is to do and who does it, what waits to be claimed first."""
    return [told for told in news(None, sight) if told.kind in ("alarm", "incident", "unit")]


def news(before: Sight | None, after: Sight) -> Iterator[Told]:
    """A line for every row that says something else than before, or is gone; alarms first.

    A row whose change nobody would hear in its line (a version, a time last heard) is not told again. Of
    alarms and incidents only those of the agency that is viewed are told.
    """
    for kind, table in _TABLES:
        old: Mapping[str, Any] = getattr(before.mirror, table) if before else {}
        new: Mapping[str, Any] = getattr(after.mirror, table)
        if old is new and kind not in _OF_OTHERS:
            continue
        was = {row.id: _told(before, kind, row).text for row in _shown(before, old)} if before else {}
        for told in _in_order(_told(after, kind, row) for row in _shown(after, new)):
            if was.get(told.id) != told.text:
                yield told
        for id_ in was.keys() - new.keys():
            if kind in _LEAVING:
                yield _gone(after, kind, id_, old[id_])


_OF_OTHERS = ("incident",)
"""Their lines tell of rows of other tables too."""

_LEAVING = ("alarm", "incident")
"""Whose leaving the board is told: the others come and go unremarked."""


def handle(row: AlarmRow) -> str:
    """How a line names an alarm."""
    return f"@{row.id[-HANDLE:]}"


def over_line(sight: Sight, row: OverRow) -> str:
    """An over, as the board tells of it and as a search finds it."""
    return plain(_over(sight, row)[1])


def event_line(sight: Sight, row: TimelineRow) -> str:
    """One thing that happened: when, by whom, to which incident, in words."""
    number = sight.number(row.incident)
    named = f"{number} " if number != "-" else ""
    return plain(f"{wall_clock(row.at)} {actor(sight, row)}: {named}{sentence(sight, row)}")


def waiting_line(sight: Sight) -> str | None:
    """How many alarms wait and since when; None when none does."""
    rows = [row for row in sight.mirror.alarms.values() if is_waiting(row) and row.behind is None]
    if not rows:
        return None
    oldest = max(int(sight.age(row.recorded_at)) for row in rows)
    return sight.words("plain.waiting", n=len(rows), seconds=oldest)


def _shown(sight: Sight, rows: Mapping[str, Any]) -> Iterator[Any]:
    return (
        row for row in rows.values() if not isinstance(row, AlarmRow | IncidentRow) or is_in_view(sight, row)
    )


def _in_order(lines: Iterable[Told]) -> list[Told]:
    return sorted(lines, key=lambda told: (told.at, told.id))


def _told(sight: Sight, kind: Kind, row: Any) -> Told:  # noqa: ANN401 - each kind knows its row
    at, text = _TELLING[kind](sight, row)
    return Told(kind, row.id, at, plain(text), row)


def _gone(sight: Sight, kind: Kind, id_: str, row: Any) -> Told:  # noqa: ANN401 - each kind knows its row
    named = number_of(row) if isinstance(row, IncidentRow) else handle(row)
    key = "plain.closed" if kind == "incident" else "plain.gone"
    return Told(kind, id_, sight.now, plain(sight.words(key, at=wall_clock(sight.now), name=named)))


def _alarm(sight: Sight, row: AlarmRow) -> tuple[datetime, str]:
    words = sight.words
    times = row.count + row.row_count
    said = (row.text_zh if words.language == "zh" else "") or row.words or row.text or row.raw
    text = words(
        "plain.alarm_waiting" if is_waiting(row) else "plain.alarm",
        at=wall_clock(row.recorded_at),
        priority=row.priority,
        type=sight.short_type(row.type),
        place=sight.place(row.place),
        state=words.state(row.state),
        by=f" {row.claimed_by}" if row.claimed_by else "",
        source=words(f"source.{row.source}"),
        times=f" x{times}" if times > 1 else "",
        text=said,
        handle=handle(row),
    )
    return row.recorded_at, text


def _incident(sight: Sight, row: IncidentRow) -> tuple[datetime, str]:
    live = [one for one in sight.assignments(row.id) if one.state in LIVE_ASSIGNMENTS]
    text = sight.words(
        "plain.incident",
        at=wall_clock(_changed_at(row, live)),
        no=number_of(row),
        priority=row.priority,
        type=sight.short_type(row.type),
        place=sight.place(row.place),
        step=sight.words.state(incident_state(row)),
        units=" ".join(f"{one.unit}:{sight.words.state(one.state)}" for one in live) or "-",
        alarms=row.alarms,
        text=sight.said(row.summary, row.summary_zh),
    )
    return row.first_alarm_at, text


def _changed_at(row: IncidentRow, live: Iterable[AssignmentRow]) -> datetime:
    return max((at for one in live for at in one.stamps.values()), default=row.first_alarm_at)


def _unit(sight: Sight, row: UnitRow) -> tuple[datetime, str]:
    text = sight.words(
        "plain.unit",
        unit=row.id,
        name=sight.unit(row.id),
        state=sight.words.state(row.step or row.state),
        incident=sight.number(row.incident),
        place=sight.place(row.place),
    )
    return sight.now, text


def _over(sight: Sight, row: OverRow) -> tuple[datetime, str]:
    text = sight.words(
        "plain.over",
        at=wall_clock(row.said_at),
        channel=row.channel,
        units=" ".join(row.units) or "-",
        text=row.text if row.text is not None else row.gated or "",
    )
    return row.said_at, text


def _device(sight: Sight, row: DeviceRow) -> tuple[datetime, str]:
    state = sight.words.state(row.state)
    text = sight.words("plain.device", at=wall_clock(row.since), device=row.id, state=state)
    return row.since, text


_TELLING: Mapping[Kind, Callable[[Sight, Any], tuple[datetime, str]]] = {
    "alarm": _alarm,
    "incident": _incident,
    "unit": _unit,
    "over": _over,
    "device": _device,
}
