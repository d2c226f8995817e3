"""Rules of the shelf: what goes, and what comes back."""

from datetime import datetime
from itertools import islice

from intake.dispatch.draft import Draft
from intake.dispatch.refusals import Refusal
from intake.dispatch.state import State
from intake.shelf.commands import BringBack, TidyUp
from intake.shelf.events import BroughtBack, PutAway
from intake.shelf.objects import Parcel
from intake.shelf.over import old_signals, parcels

AT_ONCE = 20
"""Parcels of one command: alarms and people's requests wait for no more."""

SIGNALS_AT_ONCE = 200


def tidy_up(draft: Draft, _command: TidyUp) -> Refusal | None:
    """Put the oldest away, a few at a time."""
    state, before = draft.state, draft.at - draft.state.policy.kept
    for parcel in islice(parcels(state, before), AT_ONCE):
        draft.write(PutAway(**draft.head, parcel=parcel))
    if signals := old_signals(state, before)[:SIGNALS_AT_ONCE]:
        draft.write(PutAway(**draft.head, signals=signals))
    return None


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
