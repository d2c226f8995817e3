"""What a console's requests about patrols mean."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from bus.ids import derived_id
from bus.messages import verbs as ask
from bus.messages.base import Value
from intake.dispatch.commands import Command
from intake.patrol import commands as do

if TYPE_CHECKING:
    from intake.asking import Asking


def _tick(args: ask.Tick, asking: "Asking") -> Command:
    return do.TickPoint(**asking.head, unit=args.unit, place=args.place)


def _check(args: ask.DrawCheck, asking: "Asking") -> Command:
    check_id = derived_id(asking.id, "check")
    return do.DrawCheck(**asking.head, check_id=check_id, count=args.count, minutes=args.minutes)


MEANINGS: Mapping[type[Value], Callable[[Any, "Asking"], Command]] = {
    ask.Tick: _tick,
    ask.DrawCheck: _check,
}
