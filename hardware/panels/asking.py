"""What a line must be asked: panels that neither wait for us nor buffer.

A codec of such a panel has an `asking`; every other codec needs none. The gateway sends `start` after each
opening of the port, `poll` into a silence, and takes any answer for a sign of life. What the panel then says
of a state that is already known is told from what began while nobody listened by `state`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from hardware.panels.frame import Codec, PanelRecord


@dataclass(frozen=True, slots=True)
class Poll:
    """`question` is sent once nothing was heard or asked for `quiet_s` seconds."""

    quiet_s: float
    question: bytes


@dataclass(frozen=True, slots=True)
class State:
    """A record says that something, `of`, is as `value` has it; an empty value is the state of rest.

    `echo` marks what a panel says over and over, as a keypad its display: the same value again is no news at
    any time. Without it the same value is known only in answer to a question; said unasked it is an event.
    """

    of: str
    value: str
    echo: bool = False


def _stateless(_: PanelRecord) -> State | None:
    return None


@dataclass(frozen=True, slots=True)
class Asking:
    """How one protocol is asked. `state` is pure and names the state a record speaks of, if it does."""

    start: bytes = b""
    poll: Poll | None = None
    state: Callable[[PanelRecord], State | None] = _stateless


NEVER_ASKED: Final = Asking()
"""Receivers that send by themselves and wait for their ACK."""


def asking_of(codec: Codec) -> Asking:
    """Return how the codec's panel is asked."""
    asking = getattr(codec, "asking", NEVER_ASKED)
    return asking if isinstance(asking, Asking) else NEVER_ASKED
