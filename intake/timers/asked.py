"""What a console's request about a timer means."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bus.messages import verbs as ask
from bus.messages.base import Value
from intake.dispatch.base import ObjectKind, Ref
from intake.dispatch.commands import Command
from intake.timers.commands import MuteTimer

if TYPE_CHECKING:
    from intake.asking import Asking


def _mute(args: ask.MuteTimer, asking: "Asking") -> Command:
    return MuteTimer(
        **asking.head,
        timer=args.timer,
        about=Ref(ObjectKind(args.kind), args.id),
        until=asking.at + timedelta(minutes=args.minutes),
        reason=args.reason,
    )


MEANINGS: Mapping[type[Value], Callable[[Any, "Asking"], Command]] = {ask.MuteTimer: _mute}
