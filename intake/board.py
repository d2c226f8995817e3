"""The board every console mirrors: rows as last told, and what each commit changes of them.

One commit is one change with one number, whole: a console never shows an incident without the alarm it came
from. The board is a projection; losing it loses nothing.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from datetime import datetime

from bus.messages.base import Value
from bus.messages.board import Beat, BoardChange, Names, Snapshot, Tables, TimelineRow
from intake.agencies.objects import Grant
from intake.dispatch.base import ObjectKind, Ref
from intake.dispatch.links import about
from intake.dispatch.objects import Alarm, Assignment, Incident, Unit
from intake.dispatch.queries import WAITING_ALARM
from intake.dispatch.radio import Radio
from intake.dispatch.state import State, Thing
from intake.dispatch.timeline import timeline_entry
from intake.handover.brief import latest
from intake.handover.objects import Handover
from intake.rows import row_of
from intake.timeline_rows import timeline_row
from intake.writer import Commit

OVERS_SHOWN = 200
TIMELINE_SHOWN = 500
"""Newest rows in a snapshot of what only grows; the journal has the rest."""

Row = Value
_TABLE = {
    ObjectKind.ALARM: "alarms",
    ObjectKind.INCIDENT: "incidents",
    ObjectKind.ASSIGNMENT: "assignments",
    ObjectKind.UNIT: "units",
    ObjectKind.OVER: "overs",
    ObjectKind.DEVICE: "devices",
    ObjectKind.RADIO: "radios",
    ObjectKind.HANDOVER: "handovers",
    ObjectKind.GRANT: "grants",
}


class Board:
    """What consoles were last told, and the number of the last change."""

    def __init__(self, boot: str, names: Names, state: State) -> None:
        self.boot = boot
        self.n = 0
        self._names = names
        self._told: dict[Ref, Row] = {}
        self._timeline: deque[TimelineRow] = deque(maxlen=TIMELINE_SHOWN)
        for ref in _everything(state):
            self._tell(ref, state)

    def change(self, commit: Commit) -> BoardChange | None:
        """What this commit changes on the board; None when nobody would see a difference."""
        touched = dict.fromkeys(
            each
            for one in commit.happened
            for ref in one.touched
            for state in (commit.before, commit.after)
            for each in with_neighbours(ref, state)
        )
        told = [ref for ref in touched if self._shown(ref, commit.after) and self._tell(ref, commit.after)]
        entries = self._note(commit)
        if not told and not entries:
            return None
        self.n += 1
        shown = [ref for ref in told if ref in self._told]
        gone = [ref for ref in told if ref not in self._told]
        tables = _tables(((ref, self._told[ref]) for ref in shown), entries)
        return BoardChange(
            boot=self.boot, n=self.n, at=commit.happened[-1].event.at, rows=tables, gone=_ids(gone)
        )

    def snapshot(self, at: datetime) -> Snapshot:
        """Everything, as of the last change."""
        overs = [ref for ref in self._told if ref.kind is ObjectKind.OVER][:-OVERS_SHOWN]
        for ref in overs:
            del self._told[ref]
        tables = _tables(self._told.items(), tuple(self._timeline))
        return Snapshot(boot=self.boot, n=self.n, at=at, names=self._names, tables=tables)

    def beat(self, at: datetime) -> Beat:
        """A sign of life, and the number a console should be at."""
        return Beat(boot=self.boot, n=self.n, at=at)

    def remember(self, entries: Iterable[TimelineRow]) -> None:
        """Put earlier lines into the timeline, at the start."""
        self._timeline.extend(entries)

    def _shown(self, ref: Ref, state: State) -> bool:
        """An old over that lost its recording would come back to the consoles as the newest."""
        if ref.kind not in _TABLE:
            return False
        over = state.overs.get(ref.id) if ref.kind is ObjectKind.OVER else None
        return over is None or over.gone_at is None or ref in self._told

    def _tell(self, ref: Ref, state: State) -> bool:
        """Bring one row up to date; whether consoles would see a difference."""
        row = _row(ref, state)
        if row == self._told.get(ref):
            return False
        if row is None:
            del self._told[ref]
        else:
            self._told[ref] = row
        return True

    def _note(self, commit: Commit) -> tuple[TimelineRow, ...]:
        entries = (timeline_entry(one.event) for one in commit.happened)
        noted = tuple(
            timeline_row(entry, seq, commit.after) for seq, entry in enumerate(entries, commit.first) if entry
        )
        self._timeline.extend(noted)
        return noted


def _row(ref: Ref, state: State) -> Row | None:
    """The row of an object, or None when it is not on the board."""
    thing = state.find(ref)
    return row_of(thing, state) if thing and _on_board(thing, state) else None


def _on_board(thing: Thing, state: State) -> bool:
    match thing:
        case Alarm():
            return thing.state in WAITING_ALARM or _is_open(thing.incident, state)
        case Incident():
            return thing.is_open
        case Handover():
            return thing.is_open or thing == latest(state)
        case Grant():
            return thing.is_open
        case Assignment():
            return _is_open(thing.incident, state) or thing.recall_open
        case _:
            return True


def _is_open(incident_id: str | None, state: State) -> bool:
    incident = state.incidents.get(incident_id or "")
    return incident is not None and incident.is_open


def with_neighbours(ref: Ref, state: State) -> Iterator[Ref]:
    """The object and those whose rows depend on it."""
    yield ref
    if ref.kind in (ObjectKind.ALARM, ObjectKind.INCIDENT):
        yield from (Ref(ObjectKind.ALARM, each) for each in about(state, ref.id))
    thing: Thing | None = state.find(ref)
    match thing:
        case Alarm(incident=str(incident)):
            yield Ref(ObjectKind.INCIDENT, incident)
        case Radio():
            yield from (Ref(ObjectKind.RADIO, each) for each in state.radios if each.endswith(f":{ref.id}"))
            yield from (Ref(ObjectKind.UNIT, each) for each in (thing.unit,) if each)
        case Handover():
            yield from (Ref(ObjectKind.HANDOVER, each) for each in state.handovers)
        case Unit():
            yield from (Ref(ObjectKind.ASSIGNMENT, each) for each in state.unit_unfinished.get(ref.id, ()))
        case Assignment():
            yield Ref(ObjectKind.INCIDENT, thing.incident)
            yield Ref(ObjectKind.UNIT, thing.unit)
            orders = state.unit_unfinished.get(thing.unit, ())
            yield from (Ref(ObjectKind.ASSIGNMENT, each) for each in orders)
        case Incident():
            yield from (Ref(ObjectKind.ALARM, each) for each in state.incident_alarms.get(ref.id, ()))
            yield from (
                Ref(ObjectKind.ASSIGNMENT, each) for each in state.incident_assignments.get(ref.id, ())
            )


def _everything(state: State) -> Iterator[Ref]:
    for kind in _TABLE:
        newest = sorted(state.overs)[-OVERS_SHOWN:] if kind is ObjectKind.OVER else state.table(kind)
        yield from (Ref(kind, each) for each in newest)


def _tables(told: Iterable[tuple[Ref, Row]], timeline: tuple[TimelineRow, ...]) -> Tables:
    by_table: dict[str, list[Row]] = {table: [] for table in _TABLE.values()}
    for ref, row in told:
        by_table[_TABLE[ref.kind]].append(row)
    return Tables.model_validate({**by_table, "timeline": timeline})


def _ids(refs: Iterable[Ref]) -> dict[str, tuple[str, ...]]:
    gone: dict[str, tuple[str, ...]] = {}
    for ref in refs:
        gone[_TABLE[ref.kind]] = (*gone.get(_TABLE[ref.kind], ()), ref.id)
    return gone
