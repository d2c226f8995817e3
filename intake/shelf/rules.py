"""Rules of the shelf: what goes, and what comes back."""

from datetime import datetime

from intake.dispatch.draft import Draft
from intake.dispatch.refusals import Refusal
from intake.dispatch.state import State
from intake.dispatch.tables import ref_of
from intake.shelf.commands import BringBack, TidyUp
from intake.shelf.events import BroughtBack, PutAway
from intake.shelf.objects import Parcel


def tidy_up(draft: Draft, command: TidyUp) -> Refusal | None:
    """Put away what is still as it was when it was found over."""
    for parcel in command.parcels:
        if _is_unchanged(draft.state, parcel):
            draft.write(PutAway(**draft.head, parcel=parcel))
    if signals := tuple(id_ for id_ in command.signals if id_ in draft.state.signals):
        draft.write(PutAway(**draft.head, signals=signals))
    return None


def _is_unchanged(state: State, parcel: Parcel) -> bool:
    """Every object as it was, and none has come to it since."""
    things = ((state.find(ref_of(thing)), thing) for thing in parcel.things)
    alarms = {id_ for one in parcel.incidents for id_ in state.incident_alarms.get(one.id, ())}
    return alarms <= {alarm.id for alarm in parcel.alarms} and all(now == then for now, then in things)


def bring_back(draft: Draft, command: BringBack) -> Refusal | None:
    """Have again what is not there; a recording that is no longer kept stays gone."""
    parcel = as_it_stands(command.parcel, draft.state, command.put_away_at)
    if parcel.things:
        draft.write(BroughtBack(**draft.head, parcel=parcel))
    return None


def as_it_stands(parcel: Parcel, state: State, put_away_at: datetime) -> Parcel:
    """Return what of a parcel the board is without, told which recordings went meanwhile."""
    overs = (over for over in parcel.overs if over.id not in state.overs)
    gone = {"gone_at": put_away_at}
    return Parcel(
        incidents=tuple(one for one in parcel.incidents if one.id not in state.incidents),
        assignments=tuple(one for one in parcel.assignments if one.id not in state.assignments),
        alarms=tuple(one for one in parcel.alarms if one.id not in state.alarms),
        overs=tuple(over if over.id in state.shelf else over.model_copy(update=gone) for over in overs),
    )
