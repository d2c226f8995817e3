"""A message from a later version, or garbage: kept raw, receipted, and shown as an alarm."""

import hashlib
import json

from bus.ids import derived_id
from bus.topics import is_id
from intake.arrivals.arrival import Arrival, Receiving, Ticket
from intake.arrivals.trouble import trouble_alarm

SHOWN_BYTES = 2_048
"""Of one unreadable message in its alarm, which every console holds; the whole is in a file."""


def unreadable_arrival(
    levels: list[str], payload: bytes, why: str, receiving: Receiving, *, kept: str = ""
) -> Arrival:
    """`levels` of its topic from the box's name on; `kept` is the file that holds it where the alarm cannot.

    A record is one alarm however often it is sent. What only tells a state, and is sent again and again,
    is one alarm a day for one reason.
    """
    match levels:
        case [_, "ch", _, "rx", over, "recording"]:
            told: str | None = over
        case [_, "signal"] | [_, "ch", _, "call"] | [_, "ch", _, "tx", _, "progress"]:
            told = _id_in(payload)
        case _:
            return _unreadable(levels, payload, f"{why} {receiving.at:%Y-%m-%d}", why, receiving)
    record = hashlib.sha256(payload).hexdigest()
    detail = f"{why}; kept as {kept}" if kept else why
    arrival = _unreadable(levels, payload, record, detail, receiving)
    return Arrival(arrival.cause, arrival.commands, Ticket(levels[0], told) if told else None)


def _unreadable(levels: list[str], payload: bytes, once: str, detail: str, receiving: Receiving) -> Arrival:
    where = "/".join(levels)
    cause = derived_id("unreadable", where, once)
    shown = payload[:SHOWN_BYTES].hex()
    alarm = trouble_alarm(cause, "unreadable", where, receiving.at, receiving, detail=detail, raw=shown)
    return Arrival(cause, (alarm,))


def _id_in(payload: bytes) -> str | None:
    # Even a signal we cannot read usually says its id; without a receipt its box would send it for ever.
    try:
        found = json.loads(payload)["id"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return found if isinstance(found, str) and is_id(found) else None
