"""Whether what was understood of an over belongs in the queue. Doubt queues: silence is no option."""

from intake.dispatch.queries import WORKING_INCIDENT
from intake.dispatch.speech import Understanding
from intake.dispatch.state import State

REPORTING = frozenset({"report", "unknown"})
"""Intents in which a named event is somebody telling us of it."""

SPEAKING = frozenset({"report", "status", "ack", "request"})
"""Intents in which a named unit may be the one that speaks."""

ADDRESSING = frozenset({"order", "query"})
"""Intents of whoever speaks to somebody; to nobody by name it may be a cry."""

DANGEROUS = 1
"""The lowest priority that is queued when a unit only mentions it, and nobody works on such a thing yet."""


def is_news(state: State, said: Understanding, *, beside_a_step: bool = False) -> bool:
    """Whether somebody must read this.

    A report of a named event; a priority 0 event in a request; a dangerous event that a unit names beside its
    step (`beside_a_step` where that is the main fact) or its request, while no open incident is of that type;
    a priority 0 event in an order or a question to nobody, on the same condition: it may be a cry to whoever
    hears it; and what may be an alarm of no known type.
    """
    if said.type is None:
        return said.may_be_alarm
    if said.intent in REPORTING and not beside_a_step:
        return True
    priority = state.policy.priority_of(said.type)
    if said.intent in ADDRESSING and not said.units:
        return priority == 0 and not _worked_on(state, said.type)
    if said.intent not in SPEAKING:
        return False
    return (said.intent == "request" and priority == 0) or (
        priority <= DANGEROUS and not _worked_on(state, said.type)
    )


def _worked_on(state: State, type_: str) -> bool:
    incidents = state.incidents.values()
    return any(one.type == type_ and one.state in WORKING_INCIDENT for one in incidents)
