"""What has been over for so long that the board does without it: whole, and nothing that is waited for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from intake.dispatch.objects import Alarm, Assignment, Incident
from intake.dispatch.queries import WAITING_ALARM, alarms_of, assignments_of, merged_into, overs_of
from intake.dispatch.speech import Over
from intake.dispatch.state import State
from intake.shelf.objects import Parcel

TOGETHER = 10
"""Overs of one parcel that nothing holds together: a search reads few others with the one it is after."""


def what_is_over(state: State, now: datetime) -> tuple[tuple[Parcel, ...], tuple[str, ...]]:
    """Return what nobody has touched for long and nobody waits for, and signals that long nobody repeated."""
    before = now - state.policy.kept
    return tuple(_parcels(state, before)), tuple(_signals(state, before))


def _parcels(state: State, before: datetime) -> Iterator[Parcel]:
    look = _Look(state, before, frozenset(clip for one in state.assignments.values() for clip in _steps(one)))
    yield from _overs(look)
    for alarm in state.alarms.values():
        if alarm.incident is None and alarm.state not in WAITING_ALARM and not look.keeps(alarm):
            yield from look.heard(Parcel(alarms=(alarm,), overs=tuple(look.of_alarm(alarm))))
    by_clip = {over.meta.clip: over for over in state.overs.values()}
    for incident in state.incidents.values():
        if not incident.is_open and incident.merged_into is None and incident.changed_at < before:
            yield from look.heard(_incident(look, incident, by_clip))


def _signals(state: State, before: datetime) -> Iterator[str]:
    """The journal alone tells their repeats apart by now."""
    yield from (id_ for id_, signal in state.signals.items() if signal.at < before)


@dataclass(frozen=True)
class _Look:
    """One look over the board; `steps` are the recordings that say when a unit took a step."""

    state: State
    before: datetime
    steps: frozenset[str]

    def keeps(self, alarm: Alarm) -> bool:
        """Whether somebody has touched it lately or has still to look at it."""
        return alarm.unseen or alarm.changed_at >= self.before

    def of_alarm(self, alarm: Alarm) -> Iterator[Over]:
        """Its overs, but for those that go with a unit's step."""
        yield from (over for over in overs_of(self.state, alarm) if over.meta.clip not in self.steps)

    def heard(self, parcel: Parcel | None) -> Iterator[Parcel]:
        """The parcel, if every over of it has been written down."""
        if parcel is not None and all(over.transcript is not None for over in parcel.overs):
            yield parcel


def _incident(look: _Look, incident: Incident, by_clip: Mapping[str, Over]) -> Parcel | None:
    """The incident with what was merged into it; None while a part of it is waited for."""
    incidents = (*merged_into(look.state, incident.id), incident)
    alarms = tuple(alarm for one in incidents for alarm in alarms_of(look.state, one.id))
    orders = tuple(order for one in incidents for order in assignments_of(look.state, one.id))
    if any(order.recall_open for order in orders) or any(map(look.keeps, alarms)):
        return None
    evidence = (by_clip[clip] for order in orders for clip in _steps(order) if clip in by_clip)
    overs = {over.id: over for alarm in alarms for over in look.of_alarm(alarm)}
    overs |= {over.id: over for over in evidence}
    return Parcel(incidents=incidents, assignments=orders, alarms=alarms, overs=tuple(overs.values()))


def _overs(look: _Look) -> Iterator[Parcel]:
    """Overs that are no alarm's and say of no unit when it took a step, the oldest first."""
    alone = [over for over in look.state.overs.values() if _alone(look, over)]
    alone.sort(key=lambda over: (over.meta.recorded_at, over.id))
    for first in range(0, len(alone), TOGETHER):
        yield Parcel(overs=tuple(alone[first : first + TOGETHER]))


def _alone(look: _Look, over: Over) -> bool:
    if over.transcript is None or over.meta.recorded_at >= look.before or over.meta.clip in look.steps:
        return False
    alarms = (over.alarm or "", look.state.over_alarms.get(over.id, ""))
    return not any(alarm in look.state.alarms for alarm in alarms)


def _steps(order: Assignment) -> Iterator[str]:
    yield from (stamp.evidence for stamp in order.stamps.values() if stamp.evidence)
