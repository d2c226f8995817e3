"""What it makes of the board when something is put away, and when it is brought back."""

from dataclasses import replace

from intake.dispatch.base import Ref
from intake.dispatch.state import State
from intake.dispatch.tables import put, ref_of, remove
from intake.shelf.events import BroughtBack, PutAway


def moved(state: State, event: PutAway | BroughtBack) -> tuple[State, tuple[Ref, ...]]:
    """Return the state after it, and the objects that went or came."""
    refs = tuple(ref_of(thing) for thing in event.parcel.things)
    return (_put_away if isinstance(event, PutAway) else _brought_back)(state, event), refs


def _put_away(state: State, event: PutAway | BroughtBack) -> State:
    for thing in reversed(event.parcel.things):
        state = remove(state, ref_of(thing))
    signals, shelf = state.signals, state.shelf
    for id_ in event.signals if isinstance(event, PutAway) else ():
        signals = signals.delete(id_)
    shelf = shelf.update((one.id, one) for one in event.parcel.recordings)
    return replace(state, signals=signals, shelf=shelf)


def _brought_back(state: State, event: PutAway | BroughtBack) -> State:
    """As it stood, but for what has a newer owner: a zone's latest alarm, a number people say."""
    after = state
    for thing in event.parcel.things:
        after = put(after, thing)
    after = replace(after, latest=state.latest, numbers=state.numbers)
    return forgotten(after, tuple(over.id for over in event.parcel.overs))


def forgotten(state: State, overs: tuple[str, ...]) -> State:
    """Return the state without these recordings on the shelf."""
    shelf = state.shelf
    for id_ in overs:
        if id_ in shelf:
            shelf = shelf.delete(id_)
    return replace(state, shelf=shelf)
