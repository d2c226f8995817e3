"""What a line's panel is known to be in: partitions in alarm, zones in trouble, what a keypad shows. Pure.

A panel that was asked for its state tells old and new alike. What began before and was heard is a repeat of
that signal; what began while nobody listened is new. The memory is stored in the transaction of the signals.

One case cannot be told: an alarm that ended and began again while we were away looks like one that lasted.
It is counted on the alarm it repeats, where a dispatcher sees it, and not dropped.
"""

from bus.messages.base import Value
from hardware.panels.asking import State

_REMEMBERED = 256
"""More states than a panel of 64 zones has at a time; forgetting one only means that it is told again."""


class Known(Value):
    """`of` is as `value` has it since the signals `ids`."""

    of: str
    value: str
    ids: tuple[str, ...]


def known_as(known: tuple[Known, ...], state: State | None) -> Known | None:
    """What is known, if it is just what `state` says; rest is nothing to know."""
    if state is None:
        return None
    return next((one for one in known if (one.of, one.value) == (state.of, state.value)), None)


def learned(known: tuple[Known, ...], state: State | None, ids: tuple[str, ...]) -> tuple[Known, ...]:
    """`known` with a state told by the signals `ids`; what came to rest is forgotten."""
    if state is None:
        return known
    others = tuple(one for one in known if one.of != state.of)
    if not state.value:
        return others
    return (*others, Known(of=state.of, value=state.value, ids=ids))[-_REMEMBERED:]
