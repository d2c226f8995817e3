"""What corrections make of assignments and incidents."""

from typing import Any

from intake.dispatch.changes import changed
from intake.dispatch.incident_events import IncidentCorrected
from intake.dispatch.objects import STEPS, Stamp
from intake.dispatch.state import State, Thing
from intake.dispatch.work_events import OrderMoved, RecallHeard, StepCorrected


def _step(state: State, event: StepCorrected) -> tuple[Thing, ...]:
    assignment = state.assignments[event.assignment_id]
    void = STEPS[STEPS.index(event.step) + 1 :]
    stamps = {step: stamp for step, stamp in assignment.stamps.items() if step not in void}
    return (changed(assignment, event, state=event.step, stamps=stamps, disposition=None),)


def _recall_heard(state: State, event: RecallHeard) -> tuple[Thing, ...]:
    said = {"at": event.said_at, "evidence": event.evidence, "confidence": event.confidence}
    heard = Stamp(**said, inferred=event.inferred)
    return (changed(state.assignments[event.assignment_id], event, recall_heard=heard),)


def _moved(state: State, event: OrderMoved) -> tuple[Thing, ...]:
    return (changed(state.assignments[event.assignment_id], event, after=event.after),)


def _incident(state: State, event: IncidentCorrected) -> tuple[Thing, ...]:
    return (changed(state.incidents[event.incident_id], event, type=event.type, place=event.place),)


AFTER: dict[type, Any] = {
    StepCorrected: _step,
    RecallHeard: _recall_heard,
    OrderMoved: _moved,
    IncidentCorrected: _incident,
}
