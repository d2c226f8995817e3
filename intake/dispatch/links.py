"""What belongs together: proposals that stand, alarms that share a row, and what joining would raise.

Nothing here is stored: a proposal whose sides are decided stands no longer, and an undo brings it back.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from intake.dispatch.objects import Alarm, AlarmState, Incident, IncidentState
from intake.dispatch.proposals import Certainty, LinkProposal
from intake.dispatch.queries import WAITING_ALARM, alarms_of, merged_whither
from intake.dispatch.state import State

SHOWN = 3
"""Proposals an alarm keeps: more would be a list to search, not a decision to take."""

CERTAINTIES: tuple[Certainty, ...] = ("possible", "likely", "observed")


_EVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Standing:
    """A proposal as it stands now: its target still waits, or has become an open incident."""

    proposal: LinkProposal
    target: Alarm | Incident


def stands_for(state: State, id_: str, closed_after: datetime | None = None) -> Alarm | Incident | None:
    """What an alarm or incident is to be compared or joined with now; None once it is decided and over.

    An incident that was closed at `closed_after` or later is not over yet.
    """
    alarm = state.alarms.get(id_)
    if alarm is not None and alarm.state in WAITING_ALARM:
        return alarm
    incident = state.incidents.get(merged_whither(state, (alarm.incident or "") if alarm else id_))
    if incident is None or incident.is_open:
        return incident
    lately = closed_after is not None and incident.changed_at >= closed_after
    return incident if lately and incident.state is IncidentState.CLOSED else None


def standing(state: State, alarm: Alarm) -> tuple[Standing, ...]:
    """The proposals of a waiting alarm whose other side is still open and not rejected, the best first."""
    if alarm.state not in WAITING_ALARM:
        return ()
    best: dict[str, Standing] = {}
    for proposal in sorted(alarm.proposals, key=lambda one: -one.score):
        target = stands_for(state, proposal.target, _EVER if proposal.ended else None)
        if target is not None and target.id != alarm.id and not _apart(alarm, proposal, target):
            best.setdefault(target.id, Standing(proposal, target))
    return tuple(best.values())[:SHOWN]


def _apart(alarm: Alarm, proposal: LinkProposal, target: Alarm | Incident) -> bool:
    return proposal.target in alarm.apart or target.id in alarm.apart


def leader_of(state: State, alarm: Alarm) -> Alarm | None:
    """The alarm whose row this one shares; None when it has its own."""
    if alarm.unseen:
        first = next(_unseen_with(state, alarm), alarm)
        return None if first.id == alarm.id else first
    first_signal = _repeats(alarm)
    if first_signal is None or alarm.state not in WAITING_ALARM:
        return None
    waiting = (one for one in _row(state, first_signal) if one.state in WAITING_ALARM)
    leader = next(waiting, alarm)
    return None if leader.id == alarm.id else leader


def followers_of(state: State, leader: Alarm) -> tuple[Alarm, ...]:
    """The alarms that share the row of this one, oldest first."""
    if leader.unseen:
        row = list(_unseen_with(state, leader))
    elif leader.state in WAITING_ALARM:
        row = [one for one in _row(state, _repeats(leader) or leader.id) if one.state in WAITING_ALARM]
    else:
        return ()
    return tuple(row[1:]) if row and row[0].id == leader.id else ()


def _repeats(alarm: Alarm) -> str | None:
    """The first signal this one repeats, if it does and nobody said otherwise."""
    return next((one.target for one in alarm.proposals if one.repeat and one.target not in alarm.apart), None)


def _row(state: State, first: str) -> Iterator[Alarm]:
    """The first signal of a row, as long as the board has it, and every one that repeats it."""
    if first in state.alarms:
        yield state.alarms[first]
    named = (state.alarms[id_] for id_ in state.proposing.get(first, ()))
    yield from (alarm for alarm in named if _repeats(alarm) == first)


def _unseen_with(state: State, alarm: Alarm) -> Iterator[Alarm]:
    """The alarms of one source that joined one incident by themselves and that nobody has looked at."""
    for id_ in state.incident_alarms.get(alarm.incident or "", ()):
        other = state.alarms[id_]
        if other.unseen and _origin(other) == _origin(alarm):
            yield other


def _origin(alarm: Alarm) -> tuple[str | None, ...]:
    content = alarm.content
    return content.source_id, content.account, content.zone, content.radio_id


def about(state: State, id_: str) -> Iterator[str]:
    """The alarms whose rows depend on an alarm or incident: they propose it, or share a row with it."""
    yield from state.proposing.get(id_, ())
    for joined in state.incident_alarms.get(id_, ()):
        yield from state.proposing.get(joined, ())
    alarm = state.alarms.get(id_)
    if alarm is None:
        return
    yield from (proposal.target for proposal in alarm.proposals if proposal.repeat)
    if alarm.incident and alarm.state is AlarmState.LINKED:
        yield from (other.id for other in _unseen_with(state, alarm))


def raised_by(state: State, alarm: Alarm, one: Standing) -> tuple[int, Certainty]:
    """The priority and certainty both sides have once joined; as the target has them where nothing agrees.

    A panel and people about one place, or two fire zones of one panel, raise the priority by one; the first
    also the certainty: to `observed` where a unit of ours speaks, else to `likely`.
    """
    target = one.target
    priority = target.content.priority if isinstance(target, Alarm) else target.priority
    certainty: Certainty = "possible" if isinstance(target, Alarm) else target.certainty
    across = "across-sources" in one.proposal.codes
    two_fires = "other-zone" in one.proposal.codes and alarm.content.type == "fire"
    if across or two_fires:
        priority = min(priority, max(min(priority, alarm.content.priority) - 1, 0))
    if across:
        reports = (target,) if isinstance(target, Alarm) else alarms_of(state, target.id)
        seen = any(report.content.caller_unit for report in (alarm, *reports))
        certainty = max(certainty, "observed" if seen else "likely", key=CERTAINTIES.index)
    return priority, certainty
