"""What may be asked of a timer: the centre says that a rung is due, people mute one for a while."""

from dataclasses import dataclass
from datetime import datetime

from bus.ids import derived_id
from intake.dispatch.base import Actor, Ref, Role
from intake.dispatch.commands import Command
from intake.timers.timer import Timer

TIMER = Actor(name="timer", role=Role.SYSTEM)


@dataclass(frozen=True, slots=True, kw_only=True)
class FireTimer(Command):
    """The next rung is due; refused when the timer has stopped, moved on or begun anew meanwhile."""

    timer: str
    about: Ref
    since: datetime
    rung: int
    """1 for the lowest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MuteTimer(Command):
    """Let a timer wait until a moment; `until` now ends a mute."""

    timer: str
    about: Ref
    until: datetime
    reason: str


def fire(timer: Timer, at: datetime) -> FireTimer:
    """Return the command of a timer's next rung; the same rung has the same id, after a restart too."""
    rung = timer.reached + 1
    id_ = derived_id("timer", timer.kind, *timer.about, timer.since.isoformat(), str(rung))
    return FireTimer(
        id=id_, at=at, by=TIMER, timer=timer.kind, about=timer.about, since=timer.since, rung=rung
    )
