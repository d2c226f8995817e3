"""Is this frame new, or the panel saying it again because our answer got lost?

Most receivers send no sequence number, so identical bytes on one line within the time a receiver keeps trying
are a repeat. Pure: what is remembered goes in and comes out, and is stored in the transaction of the frame.
"""

from datetime import datetime, timedelta

from bus.clock import Clock
from bus.messages.base import Utc, Value

WINDOW_S = 40.0
"""4 attempts of 10 s, the most patient receiver in the manuals; most wait 4 s."""
MAYBE_S = 12 * 3600.0
"""A receiver in manual mode repeats its frame when we are back, but a daily test is no repeat. Ours."""
REMEMBERED = 64
"""Frames of one line. One receiver has far fewer in the air at a time."""


class Moment(Value):
    """One instant on both clocks. Monotonic seconds mean something only within one boot."""

    at: Utc
    monotonic: float
    boot: str


class Seen(Value):
    """A frame and the signals it became."""

    raw: str
    ids: tuple[str, ...]
    when: Moment


class Verdict(Value):
    """`repeat_of` names the signals this frame repeats; `maybe_repeat` means new, but seen before."""

    repeat_of: tuple[str, ...] = ()
    maybe_repeat: bool = False


def moment(clock: Clock, boot: str) -> Moment:
    """Now."""
    return Moment(at=clock.now(), monotonic=clock.monotonic(), boot=boot)


def judge(seen: tuple[Seen, ...], raw: str, now: Moment, window_s: float = WINDOW_S) -> Verdict:
    """What `raw` is, given what its line said before."""
    earlier = next((one for one in reversed(seen) if one.raw == raw), None)
    if earlier is None:
        return Verdict()
    age = _age_s(earlier.when, now)
    if 0 <= age <= window_s:
        return Verdict(repeat_of=earlier.ids)
    # A negative age is a wall clock that was set back over a restart: then nobody can tell.
    return Verdict(maybe_repeat=age <= MAYBE_S)


def remember(seen: tuple[Seen, ...], frame: Seen, most: int = REMEMBERED) -> tuple[Seen, ...]:
    """`seen` with a new frame; what is too old, or more than `most`, is forgotten."""
    young = (one for one in seen if one.raw != frame.raw and _age_s(one.when, frame.when) <= MAYBE_S)
    return (*young, frame)[-most:]


def _age_s(earlier: Moment, now: Moment) -> float:
    """Seconds between two moments: by the clock that never jumps where it can be, else by the wall."""
    if earlier.boot == now.boot:
        return now.monotonic - earlier.monotonic
    return _between(earlier.at, now.at) / timedelta(seconds=1)


def _between(earlier: datetime, later: datetime) -> timedelta:
    return later - earlier
