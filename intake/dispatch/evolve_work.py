"""What each event makes of assignments and units."""

from typing import Any

from intake.dispatch.changes import changed, observed
from intake.dispatch.desk_events import (
    AssignmentEnded,
    AssignmentStepped,
    DispositionAdded,
    UnitDispatched,
    UnitPlaced,
    UnitReserved,
    UnitStateSet,
)
from intake.dispatch.objects import Assignment, AssignmentState, Stamp, Unit
from intake.dispatch.source_events import StepConfirmed, UnitEnrolled
from intake.dispatch.state import State, Thing


def _reserved(_state: State, event: UnitReserved) -> tuple[Thing, ...]:
    return (_new_assignment(event, AssignmentState.RESERVED),)


def _dispatched(state: State, event: UnitDispatched) -> tuple[Thing, ...]:
    order = {
        "rank": event.rank,
        "after": event.after,
        "ordered_by": event.by.name,
        "grant": event.grant,
        "parent": event.parent,
    }
    reserved = state.assignments.get(event.assignment_id)
    if reserved is None:
        return (_new_assignment(event, AssignmentState.DISPATCHED).model_copy(update=order),)
    stamps = reserved.stamps | {AssignmentState.DISPATCHED: Stamp(at=event.at)}
    return (changed(reserved, event, state=AssignmentState.DISPATCHED, stamps=stamps, **order),)


def _new_assignment(event: UnitReserved | UnitDispatched, state: AssignmentState) -> Assignment:
    return Assignment(
        id=event.assignment_id,
        changed_by=event.by.name,
        changed_at=event.at,
        incident=event.incident_id,
        unit=event.unit,
        state=state,
        stamps={state: Stamp(at=event.at)},
        ordered_by=event.by.name,
    )


def _stepped(state: State, event: AssignmentStepped) -> tuple[Thing, ...]:
    assignment = state.assignments[event.assignment_id]
    said = {"at": event.said_at, "evidence": event.evidence, "confidence": event.confidence}
    guessed = {step: Stamp(inferred=True, **said) for step in event.inferred}
    stamps = assignment.stamps | guessed | {event.step: Stamp(**said)}
    disposition = event.disposition or assignment.disposition
    return (changed(assignment, event, state=event.step, stamps=stamps, disposition=disposition),)


def _disposition_added(state: State, event: DispositionAdded) -> tuple[Thing, ...]:
    return (changed(state.assignments[event.assignment_id], event, disposition=event.disposition),)


def _ended(state: State, event: AssignmentEnded) -> tuple[Thing, ...]:
    assignment = state.assignments[event.assignment_id]
    stamp = Stamp(at=event.said_at, evidence=event.evidence, confidence=event.confidence)
    end = {"end_reason": event.reason, "diverted_to": event.diverted_to, "recalled": event.recall}
    stamps = assignment.stamps | {event.state: stamp}
    return (changed(assignment, event, state=event.state, stamps=stamps, **end),)


def _confirmed(state: State, event: StepConfirmed) -> tuple[Thing, ...]:
    assignment = state.assignments[event.assignment_id]
    stamp = observed(assignment.stamps[event.step], confirmed=event.over_id)
    return (observed(assignment, stamps=assignment.stamps | {event.step: stamp}),)


def _enrolled(state: State, event: UnitEnrolled) -> tuple[Thing, ...]:
    known = state.units.get(event.card.id)
    carried = (radio for radio in state.radios.values() if radio.id.partition(":")[2] in event.card.radios)
    if known is not None:
        return (observed(known, card=event.card), *carried)
    who = {"changed_by": event.by.name, "changed_at": event.at}
    unit = Unit(id=event.card.id, card=event.card, state_at=event.at, **who)
    return (unit, *carried)


def _state_set(state: State, event: UnitStateSet) -> tuple[Thing, ...]:
    now = {"state": event.after, "reason": event.reason or None, "state_at": event.at}
    return (changed(state.units[event.unit], event, **now),)


def _placed(state: State, event: UnitPlaced) -> tuple[Thing, ...]:
    where = {"place": event.place, "place_at": event.said_at, "place_source": event.source}
    return (changed(state.units[event.unit], event, **where),)


AFTER: dict[type, Any] = {
    UnitReserved: _reserved,
    UnitDispatched: _dispatched,
    AssignmentStepped: _stepped,
    DispositionAdded: _disposition_added,
    AssignmentEnded: _ended,
    StepConfirmed: _confirmed,
    UnitEnrolled: _enrolled,
    UnitStateSet: _state_set,
    UnitPlaced: _placed,
}
