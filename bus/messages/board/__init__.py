"""What the consoles show: rows of the board, whole or as changes.

Rows carry times and codes, never sentences or ages: wording, language and counting belong to the console.
"""

from bus.messages.board.agencies import GrantRow, OfferRow, TeamOrderRow, TeamOrderState
from bus.messages.board.alarms import AlarmRow, ProposalRow, ReasonRow
from bus.messages.board.devices import DeviceRow
from bus.messages.board.handover import HandoverRow, NoteRow
from bus.messages.board.incidents import AssignmentRow, IncidentRow, SightingRow
from bus.messages.board.overs import LiveText, OverRow
from bus.messages.board.timeline import TimelineRow
from bus.messages.board.timers import TimerRow
from bus.messages.board.units import RadioRow, UnitRow
from bus.messages.board.whole import Beat, BoardChange, Names, Snapshot, Tables

__all__ = [
    "AlarmRow",
    "AssignmentRow",
    "Beat",
    "BoardChange",
    "DeviceRow",
    "GrantRow",
    "HandoverRow",
    "IncidentRow",
    "LiveText",
    "Names",
    "NoteRow",
    "OfferRow",
    "OverRow",
    "ProposalRow",
    "RadioRow",
    "ReasonRow",
    "SightingRow",
    "Snapshot",
    "Tables",
    "TeamOrderRow",
    "TeamOrderState",
    "TimelineRow",
    "TimerRow",
    "UnitRow",
]
