"""What a console's requests about a handover mean, and the brief it is shown."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from bus.ids import derived_id
from bus.messages import verbs as ask
from bus.messages.base import Value
from intake.dispatch.commands import Command
from intake.dispatch.refusals import Refusal, refuse
from intake.dispatch.state import State
from intake.handover import commands as do
from intake.handover.brief import brief

if TYPE_CHECKING:
    from intake.asking import Asking


def lines_of(asked: ask.AskBrief, state: State) -> dict[str, Any] | Refusal:
    """The brief as the board stands."""
    handover = state.handovers.get(asked.handover)
    if handover is None:
        return refuse("unknown", field="handover", what="handover", id=asked.handover)
    lines = brief(state, handover)
    return {"lines": [{"key": one.key, "kind": one.kind, "facts": one.facts} for one in lines]}


def _open(_: ask.OpenHandover, asking: "Asking") -> Command:
    return do.OpenHandover(**asking.head, handover_id=derived_id(asking.id, "handover"))


def _note(args: ask.LeaveNote, asking: "Asking") -> Command:
    return do.LeaveNote(**asking.head, handover_id=args.handover, note=args.kind, text=args.text)


def _read(args: ask.ReadLines, asking: "Asking") -> Command:
    return do.ReadLines(**asking.head, handover_id=args.handover, lines=args.lines)


def _sign(args: ask.SignHandover, asking: "Asking") -> Command:
    return do.SignHandover(**asking.head, handover_id=args.handover)


def _drop(args: ask.DropHandover, asking: "Asking") -> Command:
    return do.DropHandover(**asking.head, handover_id=args.handover, reason=args.reason)


MEANINGS: Mapping[type[Value], Callable[[Any, "Asking"], Command]] = {
    ask.OpenHandover: _open,
    ask.LeaveNote: _note,
    ask.ReadLines: _read,
    ask.SignHandover: _sign,
    ask.DropHandover: _drop,
}
