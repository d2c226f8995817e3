"""Rules of patrols: a visit is said or typed, a line follows from visits, a check is drawn by lot."""

import random
from datetime import datetime, timedelta

from intake.dispatch.draft import Draft
from intake.dispatch.guards import unit_named
from intake.dispatch.objects import UNASSIGNABLE
from intake.dispatch.queries import live_of_unit
from intake.dispatch.refusals import Refusal, refuse
from intake.dispatch.speech import Over, Transcript, Understanding
from intake.dispatch.spoken import said_when, sureness
from intake.dispatch.state import State
from intake.patrol.commands import DrawCheck, EnrolPatrol, TickPoint
from intake.patrol.events import CheckDrawn, LineEnrolled, LineWalked, PointEnrolled, PointTicked
from intake.patrol.lines import walked

OWN_WORDS = frozenset({"status", "report"})
"""Intents in which a unit at a point is the speaker."""


def enrol_patrol(draft: Draft, _: EnrolPatrol) -> Refusal | None:
    """Make new points and lines known; one that leaves the site file keeps what it saw."""
    policy = draft.state.policy
    for place in policy.points:
        if place not in draft.state.patrol:
            draft.write(PointEnrolled(**draft.head, place=place))
    for line in policy.lines:
        if line not in draft.state.patrol:
            draft.write(LineEnrolled(**draft.head, enrolled=line))
    return None


def tick_point(draft: Draft, command: TickPoint) -> Refusal | None:
    """Tick a point for a unit by hand."""
    unit = unit_named(draft.state, command.unit)
    if isinstance(unit, Refusal):
        return unit
    if command.place not in draft.state.policy.points:
        return refuse("no-point", field="place", place=command.place)
    _tick(draft, command.place, unit.id, command.said_at or command.at)
    return None


def hear_ticks(draft: Draft, over: Over, transcript: Transcript, said: Understanding) -> None:
    """Tick a point for each unit that said it is there; doubtful words tick nothing."""
    policy, place = draft.state.policy, said.place
    sure = sureness(transcript, said)
    if place is None or place not in policy.points:
        return
    if said.intent not in OWN_WORDS or sure < policy.apply_above:
        return
    for unit in said.units:
        if unit in draft.state.units:
            said_at = said_when(over.meta, policy)
            _tick(draft, place, unit, said_at, evidence=over.meta.clip, confidence=sure)


def is_visit(state: State, said: Understanding) -> bool:
    """Whether a unit at a point says no more than that: it is sent to no incident there."""
    if said.place not in state.policy.points:
        return False
    orders = (one for unit in said.units for one in live_of_unit(state, unit))
    return all(state.incidents[one.incident].place != said.place for one in orders)


def draw_check(draft: Draft, command: DrawCheck) -> Refusal | None:
    """Draw by lot; the lot is the command's own id, so whoever replays it draws the same."""
    units = draft.state.units.values()
    on_duty = sorted(unit.id for unit in units if unit.state not in UNASSIGNABLE)
    if not on_duty:
        return refuse("nobody-on-duty")
    count = min(command.count, len(on_duty))
    drawn = random.Random(command.id).sample(on_duty, count)  # noqa: S311 - a lot, no secret
    due_at = command.at + timedelta(minutes=command.minutes)
    event = CheckDrawn(**draft.head, check_id=command.check_id, units=tuple(sorted(drawn)), due_at=due_at)
    draft.write(event)
    return None


def _tick(
    draft: Draft,
    place: str,
    unit: str,
    said_at: datetime,
    *,
    evidence: str | None = None,
    confidence: float | None = None,
) -> None:
    visit = {"point": place, "unit": unit, "said_at": said_at}
    draft.write(PointTicked(**draft.head, **visit, evidence=evidence, confidence=confidence))
    for plan in draft.state.policy.lines.values():
        if plan.points[-1] != place:
            continue
        walk = walked(plan, draft.state.patrol, unit, said_at)
        if walk is not None:
            draft.write(LineWalked(**draft.head, line=plan.id, **walk.model_dump()))
