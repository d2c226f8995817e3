"""Rules about recalls: a unit that was called off must say that it heard it."""

from datetime import datetime

from intake.dispatch.draft import Draft
from intake.dispatch.objects import Assignment, AssignmentState
from intake.dispatch.queries import live_of_unit, recalls_of_unit
from intake.dispatch.state import State
from intake.dispatch.work_events import RecallHeard


def recall_meant(state: State, unit: str, said_at: datetime) -> Assignment | None:
    """The recall that "received" is about: the latest, unless a later order waits to be signed."""
    recalls = [one for one in recalls_of_unit(state, unit) if one.reached_at <= said_at]
    latest = max(recalls, key=lambda one: one.reached_at, default=None)
    unsigned = [one for one in live_of_unit(state, unit) if one.state is AssignmentState.DISPATCHED]
    if latest is None or any(one.reached_at > latest.reached_at for one in unsigned):
        return None
    return latest


def hear_recall(
    draft: Draft,
    assignment: Assignment,
    *,
    said_at: datetime,
    evidence: str | None = None,
    confidence: float | None = None,
    inferred: bool = False,
) -> None:
    """Write that the unit knows."""
    heard = RecallHeard(
        **draft.head,
        assignment_id=assignment.id,
        incident_id=assignment.incident,
        unit=assignment.unit,
        said_at=said_at,
        evidence=evidence,
        confidence=confidence,
        inferred=inferred,
    )
    draft.write(heard)


def took_another_order(draft: Draft, order: Assignment, said_at: datetime) -> None:
    """Whoever answers a later order has heard the recall before it."""
    for recall in recalls_of_unit(draft.state, order.unit):
        if recall.reached_at <= order.stamps[AssignmentState.DISPATCHED].at:
            hear_recall(draft, recall, said_at=said_at, inferred=True)
