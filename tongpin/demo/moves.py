"""What a steady dispatcher does next, looking at the board. Pure."""

from collections.abc import Set as AbstractSet

from bus.messages import verbs as ask
from bus.messages.base import Value
from bus.messages.board import AlarmRow, AssignmentRow, IncidentRow
from tui.mirror import Mirror

SOMEWHERE = "north-square"
"""Where an incident is put whose alarm names no place: somebody goes and looks."""

_DONE = ("CLEARED", "DECLINED", "DIVERTED", "CANCELLED")


def next_move(board: Mirror, login: str, refused: AbstractSet[Value]) -> Value | None:
    """The most urgent thing to ask of the centre that it has not refused before; None when all is done."""
    moves = (*_closing(board), *_deciding(board, login), *_sending(board), *_claiming(board))
    return next((move for move in moves if move not in refused), None)


def _deciding(board: Mirror, login: str) -> list[Value]:
    mine = [
        alarm for alarm in board.alarms.values() if alarm.state == "CLAIMED" and alarm.claimed_by == login
    ]
    return [_decision(alarm, board) for alarm in mine]


def _decision(alarm: AlarmRow, board: Mirror) -> Value:
    if alarm.type == "test":
        return ask.Dismiss(alarm=alarm.id, reason="test")
    if alarm.type == "system":
        return ask.Dismiss(alarm=alarm.id, reason="nuisance")
    same = next((one for one in board.incidents.values() if _same(alarm, one)), None)
    if same:
        return ask.LinkAlarm(alarm=alarm.id, incident=same.id, kind="supplement")
    return ask.Promote(alarm=alarm.id, type=alarm.type or "assistance", place=alarm.place or SOMEWHERE)


def _same(alarm: AlarmRow, incident: IncidentRow) -> bool:
    open_ = incident.state in ("PENDING", "ACTIVE")
    return open_ and (alarm.type, alarm.place) == (incident.type, incident.place)


def _sending(board: Mirror) -> list[Value]:
    free = sorted(unit.id for unit in board.units.values() if unit.state.startswith("AVAILABLE"))
    if not free:
        return []
    waiting = [one for one in board.incidents.values() if one.state == "PENDING"]
    waiting.sort(key=lambda one: (one.priority, one.first_alarm_at))
    wanted = 2 if waiting and waiting[0].priority == 0 else 1
    return [ask.Dispatch(incident=one.id, units=tuple(free[:wanted])) for one in waiting[:1]]


def _claiming(board: Mirror) -> list[Value]:
    queued = [alarm for alarm in board.alarms.values() if alarm.state == "QUEUED"]
    queued.sort(key=lambda alarm: (alarm.priority, alarm.recorded_at))
    return [ask.Claim(alarm=alarm.id, version=alarm.version) for alarm in queued]


def _closing(board: Mirror) -> list[Value]:
    return [
        ask.Close(incident=one.id, disposition="handled", text="all in order")
        for one in board.incidents.values()
        if one.state in ("ACTIVE", "RESOLVED") and _finished(one, board)
    ]


def _finished(incident: IncidentRow, board: Mirror) -> bool:
    work: list[AssignmentRow] = [each for each in board.assignments.values() if each.incident == incident.id]
    return bool(work) and all(each.state in _DONE for each in work)
