"""Rules about alarms: how they enter the queue, who takes them, and what becomes of them."""

from intake.dispatch.base import Role
from intake.dispatch.commands import Claim, DismissAlarm, LinkAlarm, Promote, Release, ReopenAlarm
from intake.dispatch.desk_events import (
    AlarmClaimed,
    AlarmDismissed,
    AlarmPromoted,
    AlarmReleased,
    AlarmReopened,
    DismissalAsked,
)
from intake.dispatch.draft import Draft
from intake.dispatch.guards import (
    DECIDED,
    alarm_named,
    given,
    incident_named,
    mine_to_decide,
    not_anothers,
    not_mixed,
    seen_as_it_is,
    still_to_decide,
)
from intake.dispatch.incidents import open_incident
from intake.dispatch.linking import acknowledge, join, link_row
from intake.dispatch.links import followers_of
from intake.dispatch.objects import Alarm, AlarmState, Annotation, Dismissal
from intake.dispatch.queries import place_of
from intake.dispatch.refusals import Refusal, refuse
from intake.dispatch.source_commands import AcceptAlarm, AnnotateAlarms, CountRepeat
from intake.dispatch.source_events import AlarmAnnotated, AlarmQueued, AlarmRepeated


def accept_alarm(draft: Draft, command: AcceptAlarm) -> Refusal | None:
    """Queue an alarm, exactly once for its id."""
    if command.content.id not in draft.state.alarms:
        draft.write(AlarmQueued(**draft.head, content=command.content))
    return None


def count_repeat(draft: Draft, command: CountRepeat) -> Refusal | None:
    """Journal a repeated signal, exactly once for its id; an alarm counts it, a restore said twice is one.

    Refused when the signal it repeats was never heard of: then this is the first the centre knows of it.
    """
    signals, repeated = draft.state.signals, command.alarm_id
    if command.signal_id in signals:
        return None
    alarm = alarm_named(draft.state, repeated)
    if isinstance(alarm, Refusal) and repeated not in signals:
        return alarm
    counts = None if isinstance(alarm, Refusal) else alarm.id
    draft.write(AlarmRepeated(**draft.head, alarm_id=counts, signal_id=command.signal_id))
    return None


def annotate_alarms(draft: Draft, command: AnnotateAlarms) -> Refusal | None:
    """Write a restore, abort or bypass onto the latest alarm it is about; nothing closes.

    A restore or bypass is about its zone. An abort carries a user's number where a zone would be (Contact ID
    406), so it is about the account's latest alarm when no zone of that number is known.
    """
    state = draft.state
    if command.signal_id in state.signals:
        return None
    zone = (command.source_id, command.account, command.zone)
    account = (command.source_id, command.account, None if command.what == "abort" else command.zone)
    annotation = Annotation(
        signal_id=command.signal_id,
        what=command.what,
        at=command.said_at,
        event_code=command.event_code,
        text=command.text,
        text_zh=command.text_zh,
        raw=command.raw,
    )
    event = AlarmAnnotated(
        **draft.head,
        alarm_id=state.latest.get(zone) or state.latest.get(account),
        source_id=command.source_id,
        account=command.account,
        zone=command.zone,
        annotation=annotation,
    )
    draft.write(event)
    return None


def claim(draft: Draft, command: Claim) -> Refusal | None:
    """One of two wins, and the other learns who; claiming what is one's own changes nothing.

    What joined an incident by itself is no longer to be decided: to claim it is to have looked at it.
    """
    alarm = alarm_named(draft.state, command.alarm_id)
    if isinstance(alarm, Refusal):
        return alarm
    if alarm.unseen:
        acknowledge(draft, alarm)
        return None
    if alarm.state is AlarmState.CLAIMED and alarm.claimed_by == command.by.name:
        return None
    if alarm.state is AlarmState.CLAIMED:
        return refuse("claimed", by=alarm.claimed_by)
    if refusal := still_to_decide(alarm) or seen_as_it_is(alarm, command.version):
        return refusal
    draft.write(AlarmClaimed(**draft.head, alarm_id=alarm.id))
    return None


def release(draft: Draft, command: Release) -> Refusal | None:
    """Give a claim back: the claimer, a supervisor, or the centre when the claimer's heart stopped."""
    alarm = alarm_named(draft.state, command.alarm_id)
    if isinstance(alarm, Refusal):
        return alarm
    if alarm.state is AlarmState.QUEUED:
        return None
    if refusal := still_to_decide(alarm) or seen_as_it_is(alarm, command.version):
        return refusal
    if command.by.role is not Role.SYSTEM and (refusal := not_anothers(alarm, command.by)):
        return refusal
    draft.write(AlarmReleased(**draft.head, alarm_id=alarm.id, reason=command.reason))
    return None


def promote(draft: Draft, command: Promote) -> Refusal | None:
    """Make an incident of an alarm; type and place are mandatory and the alarm's own where not given."""
    alarm = mine_to_decide(draft.state, command.alarm_id, command.version, command.by)
    if isinstance(alarm, Refusal):
        return alarm
    return make_incident(draft, alarm, followers_of(draft.state, alarm), command)


def make_incident(draft: Draft, alarm: Alarm, row: tuple[Alarm, ...], command: Promote) -> Refusal | None:
    """Open the incident an alarm becomes, and link to it whatever shared its row."""
    content = alarm.content
    type_, place = command.type or content.type, command.place or place_of(draft.state, alarm)
    if refusal := given(type_, "type") or given(place, "place"):
        return refusal
    priority = content.priority if command.priority is None else command.priority
    open_incident(
        draft,
        incident_id=command.incident_id,
        type_=type_ or "",
        place=place or "",
        priority=priority,
        summary=command.summary,
        lead=command.lead,
        alarm=alarm,
        exercise=content.exercise,
    )
    draft.write(AlarmPromoted(**draft.head, alarm_id=alarm.id, incident_id=command.incident_id))
    link_row(draft, row, command.incident_id)
    return None


def link_alarm(draft: Draft, command: LinkAlarm) -> Refusal | None:
    """Attach an alarm to an incident that is still open."""
    alarm = mine_to_decide(draft.state, command.alarm_id, command.version, command.by)
    if isinstance(alarm, Refusal):
        return alarm
    incident = incident_named(draft.state, command.incident_id)
    if isinstance(incident, Refusal):
        return incident
    if not incident.is_open:
        return refuse("incident-over", no=incident.no, state=incident.state)
    if refusal := not_mixed(alarm.content.exercise, incident.exercise):
        return refusal
    join(draft, alarm, incident, command.link_kind)
    return None


def dismiss_alarm(draft: Draft, command: DismissAlarm) -> Refusal | None:
    """Dismiss an alarm; at priority 0 two different people must want it."""
    alarm = alarm_named(draft.state, command.alarm_id)
    if isinstance(alarm, Refusal):
        return alarm
    if refusal := still_to_decide(alarm) or seen_as_it_is(alarm, command.version):
        return refusal
    if alarm.content.priority == 0:
        return _dismiss_by_two(draft, alarm, command)
    if refusal := not_anothers(alarm, command.by):
        return refusal
    _dismiss(draft, alarm, command, asked_by=None)
    return None


def _dismiss_by_two(draft: Draft, alarm: Alarm, command: DismissAlarm) -> Refusal | None:
    """The first asks, the second, whoever holds the claim, completes."""
    if alarm.dismissal is None:
        if refusal := not_anothers(alarm, command.by):
            return refusal
        wish = Dismissal(by=command.by.name, at=command.at, reason=command.reason, text=command.text)
        draft.write(DismissalAsked(**draft.head, alarm_id=alarm.id, dismissal=wish))
        return None
    if alarm.dismissal.by == command.by.name:
        return refuse("second-person", by=command.by.name)
    _dismiss(draft, alarm, command, asked_by=alarm.dismissal.by)
    return None


def _dismiss(draft: Draft, alarm: Alarm, command: DismissAlarm, asked_by: str | None) -> None:
    dismissed = AlarmDismissed(
        **draft.head, alarm_id=alarm.id, reason=command.reason, text=command.text, asked_by=asked_by
    )
    draft.write(dismissed)


def reopen_alarm(draft: Draft, command: ReopenAlarm) -> Refusal | None:
    """Put a linked or dismissed alarm back; one that became an incident is reopened as one."""
    alarm = alarm_named(draft.state, command.alarm_id)
    if isinstance(alarm, Refusal):
        return alarm
    if refusal := seen_as_it_is(alarm, command.version) or given(command.reason, "reason"):
        return refusal
    if alarm.state not in DECIDED:
        return still_to_decide(alarm)
    reopened = AlarmReopened(
        **draft.head, alarm_id=alarm.id, reason=command.reason, incident_id=alarm.incident
    )
    draft.write(reopened)
    return None
