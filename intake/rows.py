"""Objects of the core as rows of the board. Pure; what a row cannot know of itself comes from the state."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from bus.messages.base import Value
from bus.messages.board import (
    AlarmRow,
    AssignmentRow,
    DeviceRow,
    GrantRow,
    HandoverRow,
    IncidentRow,
    NoteRow,
    OfferRow,
    OverRow,
    ProposalRow,
    RadioRow,
    ReasonRow,
    SightingRow,
    TeamOrderRow,
    TeamOrderState,
    TimerRow,
    UnitRow,
)
from intake.agencies.objects import Grant, Offer, TeamOrder
from intake.dispatch import links, queries
from intake.dispatch.numbering import day_of_number
from intake.dispatch.objects import Alarm, Assignment, AssignmentState, Incident, IncidentState, Unit
from intake.dispatch.radio import Radio
from intake.dispatch.speech import Device, Over
from intake.dispatch.state import State, Thing
from intake.dispatch.tables import ref_of
from intake.handover.objects import Handover
from intake.timers.kinds import running


def row_of(thing: Thing, state: State) -> Value:
    """The row of any object."""
    make: Callable[[Any, State], Value] = _ROWS[type(thing)]
    return make(thing, state)


def alarm_row(alarm: Alarm, state: State) -> AlarmRow:
    """One alarm, with what its overs brought later."""
    content = alarm.content
    overs = queries.overs_of(state, alarm)
    spoken = [over.transcript for over in overs if over.transcript and not over.transcript.gated]
    sure = spoken[-1].confidence if spoken else None
    claimed = alarm.claimed_by is not None
    leader = links.leader_of(state, alarm)
    return AlarmRow(
        id=alarm.id,
        source=content.source,
        source_id=content.source_id,
        state=alarm.state,
        type=content.type or "",
        priority=content.priority,
        place=queries.place_of(state, alarm),
        text=content.text,
        text_zh=content.text_zh,
        parsed=content.parsed,
        said_at=content.said_at,
        recorded_at=content.recorded_at,
        clock_offset=content.clock_offset,
        count=alarm.count,
        maybe_repeat=content.maybe_repeat,
        raw=content.raw,
        account=content.account,
        zone=content.zone,
        event_code=content.event_code,
        qualifier=content.qualifier,
        restored_at=_restored_at(alarm),
        caller_unit=content.caller_unit,
        radio=content.radio_id,
        clip=_clip_of(alarm, overs),
        words="" if content.stt_model else " / ".join(each.text for each in spoken),
        confidence=sure if content.confidence is None else content.confidence,
        claimed_by=_login(alarm.claimed_by),
        claimed_at=alarm.changed_at if claimed else None,
        dismiss_wanted_by=_login(alarm.dismissal.by) if alarm.dismissal else None,
        dismiss_reason=alarm.dismiss_reason,
        incident=alarm.incident,
        link_kind=alarm.link_kind,
        proposals=tuple(_proposal(state, alarm, one) for one in links.standing(state, alarm)),
        behind=leader.id if leader else None,
        row_count=sum(one.count for one in links.followers_of(state, alarm)),
        exercise=content.exercise,
        unseen=alarm.unseen,
        agency=_whose(alarm, state),
        offer=_offer(alarm.offer),
        timers=_timers(alarm, state),
        version=alarm.version,
    )


def _timers(thing: Thing, state: State) -> tuple[TimerRow, ...]:
    return tuple(
        TimerRow(kind=one.kind, since=one.since, due=one.due, muted_until=one.muted_until)
        for one in running(state, ref_of(thing))
    )


def _whose(alarm: Alarm, state: State) -> str | None:
    policy, content = state.policy, alarm.content
    place = queries.place_of(state, alarm)
    return policy.jurisdiction.lead(content.type, place, content.recorded_at, policy.zone)


def _proposal(state: State, alarm: Alarm, one: links.Standing) -> ProposalRow:
    priority, certainty = links.raised_by(state, alarm, one)
    return ProposalRow(
        target=one.target.id,
        kind="alarm" if isinstance(one.target, Alarm) else "incident",
        score=one.proposal.score,
        reasons=tuple(ReasonRow(**reason.model_dump()) for reason in one.proposal.reasons),
        priority=priority,
        certainty=certainty,
        closed_no=one.target.no if isinstance(one.target, Incident) and one.proposal.ended else None,
    )


def _clip_of(alarm: Alarm, overs: tuple[Over, ...]) -> str | None:
    """Its newest recording that is still kept; its own as long as no over says that it is gone."""
    kept = [over.meta.clip for over in overs if over.gone_at is None]
    own = alarm.content.clip if not overs or alarm.content.clip in kept else None
    return own or next(reversed(kept), None)


def _login(actor: str | None) -> str | None:
    """Consoles know people by their login."""
    return actor.removeprefix("person:") if actor else None


def _restored_at(alarm: Alarm) -> datetime | None:
    restores = [note.at for note in alarm.annotations if note.what == "restore"]
    return max(restores, default=None)


def incident_row(incident: Incident, state: State) -> IncidentRow:
    """One incident with the step its units have reached."""
    return IncidentRow(
        id=incident.id,
        no=incident.no,
        number_day=day_of_number(state, incident),
        type=incident.type,
        priority=incident.priority,
        place=incident.place,
        summary=incident.summary,
        summary_zh=incident.summary_zh,
        state=incident.state,
        step=queries.incident_step(state, incident.id),
        first_alarm_at=incident.first_at,
        returned_at=incident.returned_at if incident.state is IncidentState.PENDING else None,
        review_at=incident.review_at,
        disposition=incident.disposition,
        certainty=incident.certainty,
        sighting=SightingRow(**incident.sighting.model_dump()) if incident.sighting else None,
        alarms=len(state.incident_alarms.get(incident.id, ())),
        exercise=incident.exercise,
        lead=incident.lead,
        assist=incident.assist,
        offer=_offer(incident.offer),
        teams=tuple(_team_order(one) for one in incident.teams),
        merged={one.id: one.no for one in queries.merged_into(state, incident.id)},
        timers=_timers(incident, state),
        version=incident.version,
    )


def assignment_row(assignment: Assignment, state: State) -> AssignmentRow:
    """One unit on one incident."""
    heard = "open" if assignment.recall_open else "heard"
    return AssignmentRow(
        id=assignment.id,
        incident=assignment.incident,
        unit=assignment.unit,
        state=assignment.state,
        stamps={str(step): stamp.at for step, stamp in assignment.stamps.items()},
        inferred=tuple(str(step) for step, stamp in assignment.stamps.items() if stamp.inferred),
        evidence={str(step): stamp.evidence for step, stamp in assignment.stamps.items() if stamp.evidence},
        grant=assignment.grant,
        after=assignment.after if assignment.is_live and queries.is_stacked(state, assignment) else None,
        recall=heard if assignment.recalled else None,
        timers=_timers(assignment, state),
        version=assignment.version,
    )


def unit_row(unit: Unit, state: State) -> UnitRow:
    """One unit, with what its assignments make of it."""
    current = queries.current_of_unit(state, unit.id)
    shown = unit.state.value
    if current or queries.unfinished_of_unit(state, unit.id):
        shown = "COMMITTED" if current else "RESERVED"
    return UnitRow(
        id=unit.id,
        team=unit.team,
        agency=unit.card.agency,
        state=shown,
        overlays=tuple(sorted(unit.overlays)),
        step=_step_word(current) if current else None,
        since=_since(unit, current or next(iter(queries.unfinished_of_unit(state, unit.id)), None)),
        skills=unit.card.skills,
        incident=current.incident if current else None,
        recalls=tuple(state.incidents[one.incident].no for one in queries.recalls_of_unit(state, unit.id)),
        reason=unit.reason,
        place=unit.place,
        place_at=unit.place_at,
        last_heard_at=unit.last_heard_at,
        radios=(*unit.card.radios, *(each.id for each in state.radios.values() if each.unit == unit.id)),
        timers=_timers(unit, state),
        version=unit.version,
    )


def _since(unit: Unit, order: Assignment | None) -> datetime | None:
    """When the step of the order it is at was reached; without one, when its own state began."""
    reached = [stamp.at for stamp in order.stamps.values()] if order else []
    return max(reached, default=unit.state_at)


def _step_word(assignment: Assignment) -> str:
    return "SENT" if assignment.state is AssignmentState.DISPATCHED else assignment.state.value


def over_row(over: Over, _: State) -> OverRow:
    """One over, heard or not yet."""
    heard = over.transcript
    return OverRow(
        id=over.id,
        gateway=over.meta.gateway,
        channel=over.meta.channel,
        said_at=over.meta.said_at,
        seconds=over.meta.seconds,
        text=heard.text if heard else None,
        gated=heard.gated if heard else None,
        engine=heard.engine if heard else None,
        intent=heard.understanding.intent if heard else None,
        units=heard.understanding.units if heard else (),
        confidence=heard.confidence if heard else None,
        alarm=over.alarm,
        callers=over.meta.radios,
        place=heard.understanding.place if heard else None,
        type=heard.understanding.type if heard else None,
        clip=None if over.gone_at else over.meta.clip,
    )


def radio_row(radio: Radio, state: State) -> RadioRow:
    """One radio, and whose it is."""
    return RadioRow(
        id=radio.id,
        unit=queries.unit_of_radio(state, radio.id),
        named_by=_login(radio.changed_by) if radio.unit else None,
        heard=radio.heard,
        last_heard_at=radio.last_heard_at,
        channel=radio.channel,
        version=radio.version,
    )


def handover_row(handover: Handover, _: State) -> HandoverRow:
    """One handover, with people by their logins."""
    return HandoverRow(
        id=handover.id,
        outgoing=_login(handover.outgoing) or "",
        incoming=_login(handover.incoming),
        opened_at=handover.opened_at,
        notes=tuple(
            NoteRow(id=one.id, kind=one.kind, text=one.text, by=_login(one.by) or "", at=one.at)
            for one in handover.notes
        ),
        read=handover.read,
        outgoing_signed_at=handover.outgoing_signed_at,
        incoming_signed_at=handover.incoming_signed_at,
        responsible=tuple(filter(None, map(_login, handover.responsible))),
        version=handover.version,
    )


def grant_row(grant: Grant, _: State) -> GrantRow:
    """One grant, with people by their logins."""
    return GrantRow(
        id=grant.id,
        no=grant.no,
        giver=grant.giver,
        taker=grant.taker,
        types=grant.types,
        places=grant.places,
        incident=grant.incident,
        until=grant.until,
        reason=grant.reason,
        asked_by=_login(grant.asked_by) or "",
        signed_by=_login(grant.signed_by),
        version=grant.version,
    )


def _offer(offer: Offer | None) -> OfferRow | None:
    if offer is None:
        return None
    return OfferRow(to=offer.to, by=_login(offer.by) or "", since=offer.at, reason=offer.reason)


def _team_order(order: TeamOrder) -> TeamOrderRow:
    reached: tuple[tuple[TeamOrderState, datetime | None], ...] = (
        ("RECALLED", order.recalled_at),
        ("DELEGATED", order.delegated_at),
        ("SIGNED", order.signed_at),
    )
    state, since = next(
        ((state, at) for state, at in reached if at is not None), ("ORDERED", order.ordered_at)
    )
    return TeamOrderRow(
        team=order.team, state=state, since=since, over_the_head=order.over_the_head, grant=order.grant
    )


def device_row(device: Device, _: State) -> DeviceRow:
    """One box, line or channel."""
    detail = str(device.facts.get("detail") or "")
    reason = device.facts.get("reason")
    return DeviceRow(
        id=device.id,
        kind=device.what,
        state=device.state,
        since=device.since,
        detail=detail,
        reason=None if reason is None else str(reason),
        muted=bool(device.facts.get("muted")),
    )


_ROWS: dict[type, Callable[[Any, State], Value]] = {
    Alarm: alarm_row,
    Incident: incident_row,
    Assignment: assignment_row,
    Unit: unit_row,
    Over: over_row,
    Device: device_row,
    Radio: radio_row,
    Handover: handover_row,
    Grant: grant_row,
}
