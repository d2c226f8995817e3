"""What each event makes of timers, and of a unit that has been silent too long."""

from dataclasses import replace
from typing import Any

from intake.dispatch.changes import observed
from intake.dispatch.objects import Overlay, Unit
from intake.dispatch.state import State, Thing
from intake.timers.events import TimerMuted, TimerReached
from intake.timers.run import Run


def counted(state: State, event: TimerReached | TimerMuted) -> State:
    """Return the state that remembers the rung, or the mute."""
    key = (event.timer, event.about.id)
    run = state.timers.get(key, Run())
    if isinstance(event, TimerReached):
        run = Run(event.since, event.rung, run.muted_until)
    else:
        run = replace(run, muted_until=event.until)
    return replace(state, timers=state.timers.set(key, run))


def _reached(state: State, event: TimerReached) -> tuple[Thing, ...]:
    thing = state.find(event.about)
    if isinstance(thing, Unit) and event.timer == "contact":
        return (observed(thing, overlays=thing.overlays | {Overlay.NO_CONTACT}),)
    return (thing,) if thing else ()


def _muted(state: State, event: TimerMuted) -> tuple[Thing, ...]:
    thing = state.find(event.about)
    return (thing,) if thing else ()


AFTER: dict[type, Any] = {TimerReached: _reached, TimerMuted: _muted}
