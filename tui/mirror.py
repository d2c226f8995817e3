"""The console's copy of the board. Pure: a message in; a new copy out, or why a whole one is needed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal, Protocol, TypeVar

from bus.messages.board import (
    AlarmRow,
    AssignmentRow,
    Beat,
    BoardChange,
    DeviceRow,
    GrantRow,
    HandoverRow,
    IncidentRow,
    Names,
    OverRow,
    RadioRow,
    Snapshot,
    TimelineRow,
    UnitRow,
)

LONGEST: Mapping[str, int] = {"overs": 200, "timeline": 4000, "left": 100}
"""Newest rows kept of what only grows; the centre's journal has the rest."""

_TABLES = (
    "alarms",
    "incidents",
    "assignments",
    "units",
    "overs",
    "radios",
    "handovers",
    "grants",
    "timeline",
    "devices",
)

Why = Literal["nothing yet", "gap", "restart", "behind"]


@dataclass(frozen=True)
class NeedSnapshot:
    """This copy cannot go on from here."""

    why: Why


@dataclass(frozen=True)
class Mirror:
    """Every table as of change `n` of the centre's boot, by row id."""

    boot: str
    n: int
    at: datetime
    """The centre's clock when it last said anything."""
    names: Names
    alarms: Mapping[str, AlarmRow] = field(default_factory=dict)
    incidents: Mapping[str, IncidentRow] = field(default_factory=dict)
    assignments: Mapping[str, AssignmentRow] = field(default_factory=dict)
    units: Mapping[str, UnitRow] = field(default_factory=dict)
    overs: Mapping[str, OverRow] = field(default_factory=dict)
    radios: Mapping[str, RadioRow] = field(default_factory=dict)
    handovers: Mapping[str, HandoverRow] = field(default_factory=dict)
    grants: Mapping[str, GrantRow] = field(default_factory=dict)
    timeline: Mapping[str, TimelineRow] = field(default_factory=dict)
    devices: Mapping[str, DeviceRow] = field(default_factory=dict)
    left: Mapping[str, IncidentRow] = field(default_factory=dict)
    """Incidents that left the board while we watched: they can still be reopened by number."""
    ahead: int | None = None
    """A beat named this change before it came. Beats may overtake changes, so one such beat is no gap."""


def from_snapshot(snapshot: Snapshot) -> Mirror:
    """A fresh copy."""
    tables: dict[str, Any] = {name: _added({}, name, getattr(snapshot.tables, name)) for name in _TABLES}
    return Mirror(boot=snapshot.boot, n=snapshot.n, at=snapshot.at, names=snapshot.names, **tables)


def apply(mirror: Mirror | None, message: BoardChange | Beat) -> Mirror | NeedSnapshot:
    """The copy after `message`. What the copy already holds changes nothing."""
    if mirror is None:
        return NeedSnapshot("nothing yet")
    if message.boot != mirror.boot:
        return NeedSnapshot("restart")
    if isinstance(message, Beat):
        return _beaten(mirror, message)
    if message.n <= mirror.n:
        return mirror
    if message.n > mirror.n + 1:
        return NeedSnapshot("gap")
    return _changed(mirror, message)


def catch_up(snapshot: Snapshot, waiting: Iterable[BoardChange]) -> Mirror | NeedSnapshot:
    """The copy from `snapshot` and the changes that came while it was on its way."""
    mirror = from_snapshot(snapshot)
    for change in waiting:
        if change.boot != mirror.boot:
            continue
        following = apply(mirror, change)
        if isinstance(following, NeedSnapshot):
            return following
        mirror = following
    return mirror


def with_history(mirror: Mirror, rows: Iterable[TimelineRow]) -> Mirror:
    """With older lines of one object's history, which the board no longer carries."""
    known = {**{row.id: row for row in rows}, **mirror.timeline}
    return replace(mirror, timeline=_added({}, "timeline", sorted(known.values(), key=lambda row: row.seq)))


def _beaten(mirror: Mirror, beat: Beat) -> Mirror | NeedSnapshot:
    if mirror.ahead is not None and mirror.n < mirror.ahead:
        return NeedSnapshot("behind")
    return replace(mirror, at=max(mirror.at, beat.at), ahead=beat.n if beat.n > mirror.n else None)


def _changed(mirror: Mirror, change: BoardChange) -> Mirror:
    tables: dict[str, Any] = {}
    for name in _TABLES:
        rows = getattr(change.rows, name)
        gone = change.gone.get(name, ())
        if rows or gone:
            tables[name] = _without(_added(getattr(mirror, name), name, rows), gone)
    left = [mirror.incidents[key] for key in change.gone.get("incidents", ()) if key in mirror.incidents]
    if left:
        tables["left"] = _added(mirror.left, "left", left)
    # What waited for a disk is told late: the clock on screen must not run back to it.
    return replace(mirror, n=change.n, at=max(mirror.at, change.at), **tables)


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


_Row = TypeVar("_Row", bound=_HasId)


def _added(table: Mapping[str, _Row], name: str, rows: Iterable[_Row]) -> dict[str, _Row]:
    grown = dict(table)
    for row in rows:
        grown[row.id] = row
    longest = LONGEST.get(name)
    if longest is not None and len(grown) > longest:
        return dict(list(grown.items())[-longest:])
    return grown


def _without(table: dict[str, _Row], gone: Iterable[str]) -> dict[str, _Row]:
    for key in gone:
        table.pop(key, None)
    return table
