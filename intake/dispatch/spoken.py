"""Speech that moves assignments: which one is meant, whether it may move, and what is only proposed."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from intake.dispatch.base import ObjectKind
from intake.dispatch.desk_events import UnitPlaced
from intake.dispatch.draft import Draft
from intake.dispatch.objects import MOVING, STEPS, Assignment, AssignmentState, UnitState
from intake.dispatch.policy import Policy
from intake.dispatch.queries import current_of_unit, live_of_unit, moving_of_unit, unfinished_of_unit
from intake.dispatch.recalls import hear_recall, recall_meant
from intake.dispatch.source_events import StatusProposed, StepConfirmed
from intake.dispatch.speech import Over, OverMeta, Proposal, Status, Transcript, Understanding
from intake.dispatch.state import State
from intake.dispatch.steps import advance, end, set_unit_state

STEP_SAID: dict[Status, AssignmentState] = {
    "signed": AssignmentState.SIGNED,
    "enroute": AssignmentState.ENROUTE,
    "onscene": AssignmentState.ONSCENE,
    "cleared": AssignmentState.CLEARED,
    "available": AssignmentState.CLEARED,
}
"""The step each spoken status stands for; the others are about the unit itself."""

STEPPING = frozenset({"status", "ack"})
"""Intents in which a status is the speaker's own."""

DECLINABLE = frozenset({AssignmentState.DISPATCHED, AssignmentState.SIGNED})


def said_when(meta: OverMeta, policy: Policy) -> datetime:
    """Return when an over was said by the centre's clock; a clock too far off is not believed at all."""
    if abs(meta.clock_offset) > policy.clock_tolerance.total_seconds():
        return meta.recorded_at
    return meta.said_at - timedelta(seconds=meta.clock_offset)


def sureness(transcript: Transcript, said: Understanding) -> float:
    """Return how far one fact of a transcript is trusted, 0 to 1."""
    return transcript.confidence if said.confidence is None else said.confidence


def hear_statuses(draft: Draft, over: Over, transcript: Transcript, said: Understanding) -> None:
    """Apply, propose or only list a spoken status for each unit, by confidence.

    Only what changes a status by its words may be applied; what a person must decide is proposed.
    """
    policy, sure = draft.state.policy, sureness(transcript, said)
    if said.status is None or sure < policy.propose_above:
        return
    for unit in said.units:
        if unit not in draft.state.units:
            continue
        if said.status == "signed" and (
            recall := recall_meant(draft.state, unit, said_when(over.meta, policy))
        ):
            _hear_recall(draft, over, said, recall, sure)
            continue
        meant = assignment_meant(draft.state, unit, said.status, said.place, said.type)
        why = _why_not(draft.state, unit, meant, said, said_when(over.meta, policy))
        if why == "known":
            continue
        if why == "" and said.changes_status and sure >= policy.apply_above:
            _apply(draft, over, transcript, said, unit, meant)
            continue
        id_ = meant.id if meant else None
        proposal = Proposal(unit=unit, status=said.status, why=why or "unsure", assignment=id_)
        draft.write(StatusProposed(**draft.head, over_id=over.id, proposal=proposal))


def _hear_recall(draft: Draft, over: Over, said: Understanding, recall: Assignment, sure: float) -> None:
    """A unit that was called off says that it heard it, or may have said so."""
    policy = draft.state.policy
    if said.changes_status and sure >= policy.apply_above:
        said_at = said_when(over.meta, policy)
        hear_recall(draft, recall, said_at=said_at, evidence=over.meta.clip, confidence=sure)
        return
    proposal = Proposal(unit=recall.unit, status="signed", why="unsure", assignment=recall.id)
    draft.write(StatusProposed(**draft.head, over_id=over.id, proposal=proposal))


def confirm_readback(draft: Draft, over: Over, transcript: Transcript, said: Understanding) -> None:
    """Attach the centre's readback to the step it repeats; it moves nothing."""
    step = STEP_SAID.get(said.status) if said.status else None
    if step is None or sureness(transcript, said) < draft.state.policy.propose_above:
        return
    for unit in said.units:
        repeated = _latest_at(draft.state, unit, step)
        if repeated is None or repeated.stamps[step].confirmed is not None:
            continue
        confirmed = StepConfirmed(
            **draft.head,
            assignment_id=repeated.id,
            incident_id=repeated.incident,
            unit=unit,
            step=step,
            over_id=over.id,
        )
        draft.write(confirmed)


def assignment_meant(
    state: State, unit: str, status: Status, place: str | None, type_: str | None
) -> Assignment | None:
    """Return the assignment a unit's status is about: the one it names, else the likeliest.

    Named is the incident at the place, else of the type, that was said. Likeliest for an acknowledgement is
    the latest order not yet signed; for everything else what the unit is at now.
    """
    live = live_of_unit(state, unit)
    named = _at_place(state, live, place) or _of_type(state, live, type_)
    if named is not None:
        return named
    unsigned = [one for one in live if one.state is AssignmentState.DISPATCHED]
    if status in ("signed", "declined") and unsigned:
        return unsigned[-1]
    return current_of_unit(state, unit)


def _at_place(state: State, live: Iterable[Assignment], place: str | None) -> Assignment | None:
    here = (one for one in live if place and state.incidents[one.incident].place == place)
    return next(here, None)


def _of_type(state: State, live: Iterable[Assignment], type_: str | None) -> Assignment | None:
    alike = (one for one in live if type_ and state.incidents[one.incident].type == type_)
    return next(alike, None)


def _why_not(
    state: State, unit: str, meant: Assignment | None, said: Understanding, said_at: datetime
) -> str:
    """Return why a status moves nothing: `known` is no news, "" means it may move."""
    status = said.status
    if status is None:
        return "known"
    if status == "busy" or (status == "available" and meant is None):
        return "not-a-step" if unfinished_of_unit(state, unit) else ""
    if meant is None:
        return "no-assignment"
    if said_at < meant.reached_at:
        return "late"
    if _is_a_guess(state, meant, said.place):
        return "which"
    return _why_no_step(state, meant, status)


def _is_a_guess(state: State, meant: Assignment, place: str | None) -> bool:
    """A unit on several incidents that names a place of none of them may mean any."""
    several = len(live_of_unit(state, meant.unit)) > 1
    return place is not None and several and state.incidents[meant.incident].place != place


def _why_no_step(state: State, meant: Assignment, status: Status) -> str:
    """Declined before moving; forward; cleared from the scene; and in one place at a time."""
    if status == "declined":
        return "" if meant.state in DECLINABLE else "not-a-step"
    step = STEP_SAID[status]
    if step is meant.state or (status == "signed" and meant.state in MOVING):
        return "known"
    if STEPS.index(step) < STEPS.index(meant.state):
        return "not-a-step"
    if step is AssignmentState.CLEARED and meant.state is not AssignmentState.ONSCENE:
        return "not-arrived"
    moving = moving_of_unit(state, meant.unit)
    if step in MOVING and moving is not None and moving.id != meant.id:
        return "elsewhere"
    return ""


def _apply(
    draft: Draft, over: Over, transcript: Transcript, said: Understanding, unit: str, meant: Assignment | None
) -> None:
    """Move what was said to have moved, with the clip as evidence."""
    said_at = said_when(over.meta, draft.state.policy)
    clip, sure = over.meta.clip, sureness(transcript, said)
    if meant is None or said.status == "busy":
        after = UnitState.BUSY if said.status == "busy" else draft.state.policy.after_clear
        set_unit_state(draft, unit, after, evidence=clip)
    elif said.status == "declined":
        end(
            draft,
            meant,
            AssignmentState.DECLINED,
            said_at=said_at,
            reason=transcript.text,
            evidence=clip,
            confidence=sure,
        )
    elif said.status is not None:
        advance(draft, meant, STEP_SAID[said.status], said_at=said_at, evidence=clip, confidence=sure)
    if said.status == "onscene" and said.place is not None:
        placed = UnitPlaced(**draft.head, unit=unit, place=said.place, said_at=said_at, source=clip)
        draft.write(placed)


def _latest_at(state: State, unit: str, step: AssignmentState) -> Assignment | None:
    """Return the unit's assignment that stands at a step: live, or ended within the undo window."""
    touched = (
        ref.id for action in state.recent for ref, _ in action.before if ref.kind is ObjectKind.ASSIGNMENT
    )
    young = (state.assignments[id_] for id_ in touched if id_ in state.assignments)
    mine = (*live_of_unit(state, unit), *(one for one in young if one.unit == unit))
    there = [one for one in mine if one.state is step]
    return max(there, key=lambda one: one.reached_at, default=None)
