"""What was put away, read from the journal again: to look at it, or to go on with it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from bus.ids import derived_id
from bus.messages.base import Value
from intake.arrivals.arrival import rule
from intake.dispatch.commands import Command
from intake.dispatch.events import event_from_json
from intake.dispatch.speech import Over
from intake.dispatch.state import State
from intake.dispatch.tables import put
from intake.journal import Journal
from intake.shelf.commands import BringBack
from intake.shelf.events import PutAway
from intake.shelf.rules import as_it_stands

PUT_AWAY: Final = "shelf.put-away"

NAMES: Final = ("alarm", "incident", "into", "over", "assignment", "target")
"""Arguments of requests that name an object."""


async def as_if_here(ids: Sequence[str], state: State, journal: Journal) -> State:
    """The state with these objects on the board, for one look. Raises `JournalUnreadable`."""
    before = state
    for event in await _last_put_away(ids, state, journal):
        for thing in as_it_stands(event.parcel, before, event.at).things:
            state = put(state, thing)
    return replace(state, latest=before.latest, numbers=before.numbers)


async def overs_of(ids: Sequence[str], state: State, journal: Journal) -> Mapping[str, Over]:
    """These overs, as far as there are such, wherever they are. Raises `JournalUnreadable`.

    Of the parcels nothing else is made: a page of a search names fifty of them.
    """
    found = {id_: state.overs[id_] for id_ in ids if id_ in state.overs}
    missing = [id_ for id_ in ids if id_ not in found]
    for stored in await journal.mentioning(missing, PUT_AWAY) if missing else ():
        event = json.loads(stored.body)
        for over in event["parcel"].get("overs", ()):
            if over["meta"]["id"] in missing:
                found[over["meta"]["id"]] = _as_kept(Over.model_validate(over), state, event["at"])
    return found


def _as_kept(over: Over, state: State, put_away_at: str) -> Over:
    """An over of a parcel; its recording may have gone since."""
    gone = {} if over.id in state.shelf else {"gone_at": datetime.fromisoformat(put_away_at)}
    return over.model_copy(update=gone)


async def brought_back(args: Value, state: State, journal: Journal, now: datetime) -> list[Command]:
    """The commands that have what a request names on the board again. Raises `JournalUnreadable`."""
    named = [str(id_) for name in NAMES if (id_ := getattr(args, name, None))]
    events = await _last_put_away(named, state, journal)
    return [
        BringBack(
            id=derived_id(event.id, f"back/{now.isoformat()}"),
            at=now,
            by=rule("shelf"),
            parcel=event.parcel,
            put_away_at=event.at,
        )
        for event in events
    ]


async def _last_put_away(ids: Sequence[str], state: State, journal: Journal) -> list[PutAway]:
    """Where those that the board is without were put away, the last time each."""
    missing = [id_ for id_ in ids if not _is_here(id_, state)]
    if not missing:
        return []
    found: dict[str, PutAway] = {}
    for stored in await journal.mentioning(missing, PUT_AWAY):
        event = event_from_json(stored.body)
        if isinstance(event, PutAway):
            held = {thing.id for thing in event.parcel.things}
            found |= {id_: event for id_ in missing if id_ in held}
    return list({event.id: event for event in found.values()}.values())


def _is_here(id_: str, state: State) -> bool:
    return any(id_ in table for table in (state.alarms, state.incidents, state.assignments, state.overs))
