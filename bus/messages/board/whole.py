"""The board whole, what of it one commit changed, and the beat between."""

from bus.messages.base import Message, Utc, Value
from bus.messages.board.agencies import GrantRow
from bus.messages.board.alarms import AlarmRow
from bus.messages.board.devices import DeviceRow
from bus.messages.board.handover import HandoverRow
from bus.messages.board.incidents import AssignmentRow, IncidentRow
from bus.messages.board.overs import OverRow
from bus.messages.board.timeline import TimelineRow
from bus.messages.board.units import RadioRow, UnitRow


class Names(Value):
    """What the site calls its things, in each of its languages."""

    site: dict[str, str]
    places: dict[str, dict[str, str]]
    types: dict[str, dict[str, str]]
    units: dict[str, dict[str, str]]
    teams: dict[str, dict[str, str]]
    agencies: dict[str, dict[str, str]]
    skills: dict[str, dict[str, str]] = {}
    lines: dict[str, dict[str, str]] = {}
    """Patrol lines."""
    priorities: dict[str, int]
    """Incident type to its priority."""
    spoken: dict[str, tuple[str, ...]] = {}
    """Place id to every name people use for it, in all languages: the command line accepts them."""


class Tables(Value):
    """Rows of each table."""

    alarms: tuple[AlarmRow, ...] = ()
    incidents: tuple[IncidentRow, ...] = ()
    assignments: tuple[AssignmentRow, ...] = ()
    units: tuple[UnitRow, ...] = ()
    overs: tuple[OverRow, ...] = ()
    radios: tuple[RadioRow, ...] = ()
    handovers: tuple[HandoverRow, ...] = ()
    grants: tuple[GrantRow, ...] = ()
    timeline: tuple[TimelineRow, ...] = ()
    devices: tuple[DeviceRow, ...] = ()


class Snapshot(Message):
    """Every table as of change `n` of the centre's boot."""

    boot: str
    n: int
    at: Utc
    names: Names
    tables: Tables


class BoardChange(Message):
    """What one commit changed, whole: a console never shows half a command."""

    boot: str
    n: int
    at: Utc
    rows: Tables
    gone: dict[str, tuple[str, ...]] = {}
    """Table name to ids that left the board."""


class Beat(Message):
    """Every 2 s: the centre lives, and this is its newest change."""

    boot: str
    n: int
    at: Utc
