"""What a new alarm may belong to: decided with the alarm itself, proposed to people, never merged by itself.

There is one exception (domain page, section 8): the same source once more, about an incident that is open,
of the same or a kin type and not more urgent, joins it; it goes on ringing until somebody has looked at it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from intake.correlation.candidates import found, keys_near
from intake.correlation.report import Likeness
from intake.correlation.score import likeness
from intake.dispatch.base import Actor, Role
from intake.dispatch.desk_events import ActionUndone, AlarmLinked, AlarmReopened
from intake.dispatch.draft import Draft
from intake.dispatch.events import Event
from intake.dispatch.links import SHOWN, stands_for
from intake.dispatch.objects import Alarm, Incident
from intake.dispatch.proposals import LinkProposal
from intake.dispatch.queries import WAITING_ALARM
from intake.dispatch.radio import EMERGENCY_KEY
from intake.dispatch.reports import report_of, reports_of
from intake.dispatch.source_events import AlarmQueued, LinkProposed, OverTranscribed
from intake.dispatch.state import State

AUTO_LINK = Actor(name="rule:auto-link", role=Role.SYSTEM)
PROPOSES = Actor(name="rule:correlation", role=Role.SYSTEM)


@dataclass(frozen=True, slots=True)
class Match:
    """What an alarm looks like, and how much."""

    target: Alarm | Incident
    likeness: Likeness


def correlate(draft: Draft) -> None:
    """Look again at every alarm this decision brought into the queue, or told more of."""
    for event in tuple(draft.events):
        for id_ in _to_look_at(draft.state, event):
            alarm = draft.state.alarms[id_]
            if alarm.state in WAITING_ALARM:
                _look(draft, alarm, fresh=isinstance(event, AlarmQueued))


def _to_look_at(state: State, event: Event) -> Iterator[str]:
    match event:
        case AlarmQueued():
            yield event.content.id
        case AlarmReopened():
            yield event.alarm_id
        case OverTranscribed():
            over = state.overs[event.over_id]
            yield from (over.alarm,) if over.alarm else ()
        case ActionUndone(undone_by=AUTO_LINK.name):
            yield from (alarm.id for alarm in event.alarms)
        case _:
            return


def _look(draft: Draft, alarm: Alarm, *, fresh: bool) -> None:
    """Join a new alarm to what it must belong to, else propose what it may."""
    matches = sorted(matches_of(draft.state, alarm, draft.at), key=lambda one: -one.likeness.score)
    own = next((one for one in matches if fresh and _joins(draft.state, alarm, one)), None)
    if own is not None:
        joined = AlarmLinked(
            **draft.head | {"by": AUTO_LINK},
            alarm_id=alarm.id,
            incident_id=own.target.id,
            link_kind="supplement",
        )
        draft.write(joined)
        return
    known = {proposal.target for proposal in alarm.proposals}
    for one in matches[:SHOWN]:
        if one.target.id not in known:
            draft.write(_proposed(draft, alarm, one, fresh=fresh))


def matches_of(state: State, alarm: Alarm, now: datetime) -> list[Match]:
    """Everything open or closed lately that is worth proposing for an alarm, in the order of the index."""
    rules, report = state.policy.correlation, report_of(state, alarm)
    lately = now - timedelta(minutes=rules.closed_window)
    ids = found(state.reports, keys_near(report, rules))
    targets = {target.id: target for id_ in ids if (target := stands_for(state, id_, lately)) is not None}
    matches: list[Match] = []
    for target in targets.values():
        if target.id == alarm.id or target.id in alarm.apart or _exercise(target) != alarm.content.exercise:
            continue
        likest = max(
            (likeness(report, other, rules) for other in reports_of(state, target)),
            key=lambda one: one.score,
        )
        if likest.score >= rules.propose_at:
            matches.append(Match(target, likest))
    return matches


def _exercise(target: Alarm | Incident) -> str:
    return target.content.exercise if isinstance(target, Alarm) else target.exercise


def _joins(state: State, alarm: Alarm, one: Match) -> bool:
    """Whether the rule lets this alarm join by itself; a cry for help never does: it waits for a person."""
    rules, target, type_ = state.policy.correlation, one.target, alarm.content.type
    if not isinstance(target, Incident) or not target.is_open or not one.likeness.same_source:
        return False
    if alarm.content.event_code == EMERGENCY_KEY:
        return False
    fits = type_ is not None and (type_ == target.type or rules.are_kin(type_, target.type))
    return fits and one.likeness.score >= rules.auto_link_at and alarm.content.priority >= target.priority


def _proposed(draft: Draft, alarm: Alarm, one: Match, *, fresh: bool) -> LinkProposed:
    target = one.target
    proposal = LinkProposal(
        target=target.id,
        target_kind="alarm" if isinstance(target, Alarm) else "incident",
        score=one.likeness.score,
        reasons=one.likeness.reasons,
        at=draft.at,
        repeat=fresh and _repeats(draft.state, alarm, one),
        ended=isinstance(target, Incident) and not target.is_open,
    )
    return LinkProposed(**draft.head | {"by": PROPOSES}, alarm_id=alarm.id, proposal=proposal)


def _repeats(state: State, alarm: Alarm, one: Match) -> bool:
    """Whether it is the same signal of the same source once more, soon after the first."""
    if not isinstance(one.target, Alarm) or not one.likeness.same_source:
        return False
    window = state.policy.correlation.flood_window * 60
    apart = abs((report_of(state, alarm).at - report_of(state, one.target).at).total_seconds())
    return apart <= window and _signal(alarm) == _signal(one.target)


def _signal(alarm: Alarm) -> tuple[str | None, ...]:
    said = alarm.content
    return (
        said.source_id,
        said.account,
        said.zone,
        said.radio_id,
        said.event_code,
        said.type,
        said.place,
        said.text,
    )
