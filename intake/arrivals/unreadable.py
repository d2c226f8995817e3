"""A message from a later version, or garbage: kept raw, receipted, and shown as an alarm."""

import hashlib
import json

from bus.ids import derived_id
from intake.arrivals.arrival import Arrival, Receiving, Ticket
from intake.arrivals.trouble import trouble_alarm

KEPT_BYTES = 65_536
"""Of one unreadable message; a longer one is cut, its whole hash is in the alarm's id."""


def unreadable_arrival(
    topic: str, gateway: str | None, payload: bytes, why: str, receiving: Receiving
) -> Arrival:
    """One alarm for one unreadable message, however often it is sent."""
    cause = derived_id("unreadable", topic, hashlib.sha256(payload).hexdigest())
    alarm = trouble_alarm(
        cause, "unreadable", topic, receiving.at, receiving, detail=why, raw=payload[:KEPT_BYTES].hex()
    )
    told = _id_in(payload)
    return Arrival(cause, (alarm,), Ticket(gateway, told) if gateway and told else None)


def _id_in(payload: bytes) -> str | None:
    # Even a message we cannot read usually says its id; without a receipt its box would send it for ever.
    try:
        found = json.loads(payload)["id"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return found if isinstance(found, str) else None
