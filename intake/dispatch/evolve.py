"""evolve(state, event): what the state is once an event has happened.

Each kind of event has one small function that returns the objects as they stand afterwards; putting them into
their tables, remembering what an undo would need, and counting are the same for all. An event that reached
the journal is a fact, so nothing is checked here.
"""

from dataclasses import replace
from itertools import dropwhile
from typing import Any

from intake.agencies import evolve as agencies
from intake.dispatch import (
    evolve_alarms,
    evolve_corrections,
    evolve_incidents,
    evolve_merging,
    evolve_overs,
    evolve_units,
    evolve_work,
)
from intake.dispatch.base import Ref, Versioned
from intake.dispatch.desk_events import ActionUndone, IncidentOpened
from intake.dispatch.events import Event
from intake.dispatch.radio import EMERGENCY_KEY
from intake.dispatch.source_events import AlarmAnnotated, AlarmQueued, AlarmRepeated, RecordingsRemoved
from intake.dispatch.state import Action, Numbering, State, Thing
from intake.dispatch.tables import put, ref_of, remove
from intake.handover import evolve as handover
from intake.patrol import evolve as patrol
from intake.shelf import evolve as shelf
from intake.shelf.events import BroughtBack, PutAway
from intake.shelf.objects import Signal
from intake.speaking import evolve as speaking
from intake.timers import evolve as timers
from intake.timers.events import TimerMuted, TimerReached

AFTER: dict[type, Any] = {
    **evolve_alarms.AFTER,
    **evolve_incidents.AFTER,
    **evolve_merging.AFTER,
    **evolve_work.AFTER,
    **evolve_corrections.AFTER,
    **evolve_units.AFTER,
    **evolve_overs.AFTER,
    **handover.AFTER,
    **patrol.AFTER,
    **speaking.AFTER,
    **timers.AFTER,
    **agencies.AFTER,
}
"""Event type → the function (state, event) → objects as they stand afterwards."""


def evolve(state: State, event: Event) -> State:
    """Return the state after an event."""
    return evolve_with_refs(state, event)[0]


def evolve_with_refs(state: State, event: Event) -> tuple[State, tuple[Ref, ...]]:
    """Return the state after an event, and which objects it changed, made or removed."""
    if isinstance(event, ActionUndone):
        return _take_back(state, event)
    if isinstance(event, PutAway | BroughtBack):
        return shelf.moved(state, event)
    things: tuple[Thing, ...] = AFTER[type(event)](state, event)
    refs = tuple(ref_of(thing) for thing in things)
    before = tuple((ref, state.find(ref)) for ref in refs)
    for thing in things:
        state = put(state, thing)
    state = _count(state, event)
    if event.undoable:
        state = replace(state, recent=_remember(state, event, before))
    return state, refs


def _count(state: State, event: Event) -> State:
    """Keep the counters and sets that belong to no single object."""
    match event:
        case AlarmRepeated() as repeat:
            counted = Signal(repeat.alarm_id, repeat.at)
            state = replace(state, signals=state.signals.set(repeat.signal_id, counted))
            return _pressed(state, repeat.alarm_id, repeat.over_id, repeat.radio)
        case AlarmQueued(content=content) if content.event_code == EMERGENCY_KEY:
            return _pressed(state, content.id, content.over, content.radio_id)
        case AlarmAnnotated() as annotated:
            counted = Signal(annotated.alarm_id, annotated.at)
            return replace(state, signals=state.signals.set(annotated.annotation.signal_id, counted))
        case IncidentOpened() as opened:
            return replace(state, numbering=Numbering(opened.day, opened.no))
        case _:
            return _count_in_rooms(state, event)


def _count_in_rooms(state: State, event: Event) -> State:
    match event:
        case RecordingsRemoved():
            return shelf.forgotten(state, event.overs)
        case TimerReached() | TimerMuted():
            return timers.counted(state, event)
        case _:
            return state


def _pressed(state: State, alarm: str | None, over: str | None, radio: str | None) -> State:
    """Remember which alarm an emergency key raised, by its radio and by the over it was pressed in."""
    if alarm and over:
        state = replace(state, over_alarms=state.over_alarms.set(over, alarm))
    if alarm and radio:
        state = replace(state, emergencies=state.emergencies.set(radio, alarm))
    return state


def _remember(state: State, event: Event, before: tuple[tuple[Ref, Thing | None], ...]) -> tuple[Action, ...]:
    """Return the actions young enough to undo, with this event's changes added to its own.

    Commands are carried out one after the other, so an event's action is the latest one or a new one.
    """
    older = state.recent
    same = older[-1] if older and older[-1].id == event.action else None
    if same is not None:
        older = older[:-1]
    # What stood before the action's first touch wins; what stands after its last one is compared.
    first = dict(before) | dict(same.before if same else ())
    after = tuple((ref, _version(state.find(ref))) for ref in first)
    oldest = event.at - state.policy.undo_window
    young = dropwhile(lambda action: action.at < oldest, older)
    return (*young, Action(event.action, event.by.name, event.at, tuple(first.items()), after))


def _version(thing: Thing | None) -> int:
    """Return an object's version; 0 for none."""
    return thing.version if isinstance(thing, Versioned) else 0


def _take_back(state: State, event: ActionUndone) -> tuple[State, tuple[Ref, ...]]:
    """Put back what an action changed, and drop what it made."""
    things: tuple[Thing, ...] = (
        *event.alarms,
        *event.incidents,
        *event.assignments,
        *event.units,
        *event.radios,
        *event.handovers,
        *event.patrol,
        *event.grants,
    )
    for thing in things:
        state = put(state, thing)
    for ref in event.removed:
        state = remove(state, ref)
    recent = tuple(action for action in state.recent if action.id != event.undone)
    return replace(state, recent=recent), (*(ref_of(thing) for thing in things), *event.removed)
