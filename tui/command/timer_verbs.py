"""The command about timers: one may wait for a while, with a reason."""

from collections.abc import Callable, Mapping

from bus.messages.board import AlarmRow, AssignmentRow, IncidentRow, UnitRow
from bus.messages.verbs import MuteTimer
from tui.command import sentence
from tui.command.model import Command, Unclear
from tui.command.reader import Reader
from tui.command.send_verbs import target

TIMERS = {
    "answer": ("接警",),
    "decide": ("决定",),
    "review": ("复核",),
    "caller": ("回告",),
    "sign": ("签收",),
    "arrival": ("到场",),
    "scene": ("现场",),
    "feedback": ("反馈",),
    "contact": ("联络",),
    "desk": ("席位",),
    "delegate": ("指定",),
    "offer": ("移交",),
}
"""As they are typed."""

Owner = tuple[str, AlarmRow | IncidentRow | AssignmentRow | UnitRow, str]
"""The kind of object a timer belongs to, its row, and how the sentence names it."""


def mute(read: Reader) -> Command:
    """`mute timer [unit|incident] 10m reason`."""
    timer = read.choice(TIMERS)
    if timer is None:
        raise Unclear("ask.timer")
    kind, row, called = _OWNERS.get(timer, _order)(read, timer)
    if not any(one.kind == timer for one in row.timers):
        raise Unclear("ask.no_timer", timer=read.sight.words(f"timer.{timer}"))
    minutes = read.minutes()
    if minutes is None:
        raise Unclear("ask.minutes")
    reason = read.rest()
    if not reason:
        raise Unclear("ask.reason")
    names = {"timer": read.sight.words(f"timer.{timer}"), "about": called, "minutes": minutes}
    asked = MuteTimer(kind=kind, id=row.id, timer=timer, minutes=minutes, reason=reason)
    says = read.sight.words("say.mute", **names) + sentence.comment(read.sight, reason)
    return Command("mute", says, (asked,), undoable=False)


def _alarm(read: Reader, _timer: str) -> Owner:
    row = read.alarm()
    return "alarm", row, sentence.alarm(read.sight, row)


def _incident(read: Reader, _timer: str) -> Owner:
    row = read.incident()
    return "incident", row, sentence.incident(read.sight, row)


def _offered(read: Reader, _timer: str) -> Owner:
    row = target(read)
    if isinstance(row, AlarmRow):
        return "alarm", row, sentence.alarm(read.sight, row)
    return "incident", row, sentence.incident(read.sight, row)


def _unit(read: Reader, _timer: str) -> Owner:
    units = read.units()
    if len(units) > 1:
        raise Unclear("ask.one_unit")
    return "unit", units[0], units[0].id


def _order(read: Reader, timer: str) -> Owner:
    """The order of a unit for which this timer runs, the oldest first."""
    _, unit, called = _unit(read, timer)
    for row in read.sight.mirror.assignments.values():
        if row.unit == unit.id and any(one.kind == timer for one in row.timers):
            return "assignment", row, called
    raise Unclear("ask.no_timer", timer=read.sight.words(f"timer.{timer}"))


_OWNERS: Mapping[str, Callable[[Reader, str], Owner]] = {
    "answer": _alarm,
    "decide": _alarm,
    "review": _incident,
    "caller": _incident,
    "desk": _incident,
    "delegate": _incident,
    "offer": _offered,
    "contact": _unit,
}
"""Whose a timer is; any other is an order's."""
