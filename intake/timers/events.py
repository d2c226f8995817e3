"""What happened to timers."""

from typing import Literal

from pydantic import AwareDatetime

from intake.dispatch.base import Ref
from intake.dispatch.source_events import SourceEvent


class TimerReached(SourceEvent):
    """Time passed: a rung was due. No undo turns time back.

    `late` says that the centre could not tell it when it was due, as after a restart.
    """

    kind: Literal["timer.reached"] = "timer.reached"
    timer: str
    about: Ref
    since: AwareDatetime
    rung: int
    due: AwareDatetime
    late: bool = False


class TimerMuted(SourceEvent):
    """Somebody let a timer wait; it is taken back by muting it until now, with a reason again."""

    kind: Literal["timer.muted"] = "timer.muted"
    timer: str
    about: Ref
    until: AwareDatetime
    reason: str
