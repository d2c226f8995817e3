"""Rules about what belongs together: joined by people, on a proposal or without one, or kept apart."""

from intake.dispatch.commands import AcceptLink, RejectLink
from intake.dispatch.desk_events import (
    AlarmAcknowledged,
    AlarmLinked,
    AlarmPromoted,
    CertaintyChanged,
    IncidentReturned,
    LinkRejected,
    WhySurer,
)
from intake.dispatch.draft import Draft
from intake.dispatch.guards import given, mine_to_decide
from intake.dispatch.incidents import open_incident, reprioritise
from intake.dispatch.links import CERTAINTIES, Standing, followers_of, raised_by, standing
from intake.dispatch.objects import Alarm, Incident, LinkKind
from intake.dispatch.proposals import Certainty
from intake.dispatch.queries import place_of
from intake.dispatch.refusals import Refusal, refuse


def accept_link(draft: Draft, command: AcceptLink) -> Refusal | None:
    """Join an alarm to the incident proposed; of two waiting alarms the one proposed becomes the incident."""
    alarm = mine_to_decide(draft.state, command.alarm_id, command.version, command.by)
    if isinstance(alarm, Refusal):
        return alarm
    one = _proposed(draft, alarm, command.target)
    if one is None:
        return refuse("no-proposal", field="target")
    incident = (
        one.target if isinstance(one.target, Incident) else _promoted(draft, one.target, alarm, command)
    )
    if isinstance(incident, Refusal):
        return incident
    _join(draft, alarm, incident, "supplement", one)
    return None


def reject_link(draft: Draft, command: RejectLink) -> Refusal | None:
    """Keep them apart: the proposal is not made again."""
    alarm = mine_to_decide(draft.state, command.alarm_id, command.version, command.by)
    if isinstance(alarm, Refusal):
        return alarm
    one = _proposed(draft, alarm, command.target)
    if one is None:
        return None if command.target in alarm.apart else refuse("no-proposal", field="target")
    targets = tuple(dict.fromkeys((one.target.id, one.proposal.target)))
    draft.write(LinkRejected(**draft.head, alarm_id=alarm.id, targets=targets))
    return None


def join(draft: Draft, alarm: Alarm, incident: Incident, kind: LinkKind) -> None:
    """Attach an alarm, and all that share its row; what was proposed of the two counts as accepted."""
    _join(draft, alarm, incident, kind, _proposed(draft, alarm, incident.id))


def link_row(draft: Draft, row: tuple[Alarm, ...], incident_id: str) -> None:
    """Attach the alarms that shared the row of one that has just joined."""
    for alarm in row:
        linked = AlarmLinked(**draft.head, alarm_id=alarm.id, incident_id=incident_id, link_kind="duplicate")
        draft.write(linked)


def acknowledge(draft: Draft, alarm: Alarm) -> None:
    """Somebody has looked at an alarm that joined by itself, and at those that share its row."""
    for one in (alarm, *followers_of(draft.state, alarm)):
        draft.write(AlarmAcknowledged(**draft.head, alarm_id=one.id))


def _proposed(draft: Draft, alarm: Alarm, target: str) -> Standing | None:
    """The standing proposal that names this target, by what it is now or by what it was then."""
    found = standing(draft.state, alarm)
    return next((one for one in found if target in (one.target.id, one.proposal.target)), None)


def _promoted(draft: Draft, first: Alarm, other: Alarm, command: AcceptLink) -> Incident | Refusal:
    """Make an incident of the alarm proposed, with what it does not know itself taken from the other."""
    first_ = mine_to_decide(draft.state, first.id, None, command.by)
    if isinstance(first_, Refusal):
        return first_
    type_ = first.content.type or other.content.type
    place = place_of(draft.state, first) or place_of(draft.state, other)
    if refusal := given(type_, "type") or given(place, "place"):
        return refusal
    row = followers_of(draft.state, first)
    open_incident(
        draft,
        incident_id=command.incident_id,
        type_=type_ or "",
        place=place or "",
        priority=min(first.content.priority, other.content.priority),
        summary=None,
        lead=None,
        alarm=first,
        exercise=first.content.exercise,
    )
    draft.write(AlarmPromoted(**draft.head, alarm_id=first.id, incident_id=command.incident_id))
    link_row(draft, tuple(one for one in row if one.id != other.id), command.incident_id)
    return draft.state.incidents[command.incident_id]


def _join(draft: Draft, alarm: Alarm, incident: Incident, kind: LinkKind, one: Standing | None) -> None:
    row = followers_of(draft.state, alarm)
    if not incident.is_open:
        draft.write(IncidentReturned(**draft.head, incident_id=incident.id, why="reopened", reason=""))
    linked = AlarmLinked(**draft.head, alarm_id=alarm.id, incident_id=incident.id, link_kind=kind)
    draft.write(linked)
    link_row(draft, row, incident.id)
    if one is not None:
        raise_to(draft, incident.id, *raised_by(draft.state, alarm, one), why="across-sources")


def raise_to(draft: Draft, incident_id: str, priority: int, certainty: Certainty, *, why: WhySurer) -> None:
    """What agrees makes an incident more certain and more urgent, never less."""
    incident = draft.state.incidents[incident_id]
    if CERTAINTIES.index(certainty) > CERTAINTIES.index(incident.certainty):
        surer = CertaintyChanged(
            **draft.head,
            incident_id=incident.id,
            before=incident.certainty,
            after=certainty,
            why=why,
        )
        draft.write(surer)
    if priority < incident.priority:
        reprioritise(draft, draft.state.incidents[incident_id], priority, "")
