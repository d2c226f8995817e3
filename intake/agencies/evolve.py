"""What each event makes of alarms, incidents, units and grants."""

from typing import Any

from intake.agencies.events import (
    AlarmOffered,
    AlarmOfferEnded,
    GrantAsked,
    GrantRevoked,
    GrantSigned,
    IncidentOffered,
    IncidentOfferEnded,
    TeamDelegated,
    TeamOrdered,
    TeamRecalled,
    TeamSigned,
    UnitLent,
)
from intake.agencies.objects import TeamOrder
from intake.dispatch.changes import changed
from intake.dispatch.objects import AlarmState, Incident
from intake.dispatch.source_events import BaseEvent
from intake.dispatch.state import State, Thing


def _alarm_offered(state: State, event: AlarmOffered) -> tuple[Thing, ...]:
    alarm = state.alarms[event.alarm_id]
    return (changed(alarm, event, state=AlarmState.OFFERED, offer=event.offer),)


def _alarm_offer_ended(state: State, event: AlarmOfferEnded) -> tuple[Thing, ...]:
    alarm = state.alarms[event.alarm_id]
    if event.outcome == "accepted":
        return (changed(alarm, event, state=AlarmState.TRANSFERRED, offer=None),)
    back = {"claimed_by": None, "claim_beat_at": None, "queued_at": event.at, "offer": None}
    return (changed(alarm, event, state=AlarmState.QUEUED, **back),)


def _incident_offered(state: State, event: IncidentOffered) -> tuple[Thing, ...]:
    return (changed(state.incidents[event.incident_id], event, offer=event.offer),)


def _incident_offer_ended(state: State, event: IncidentOfferEnded) -> tuple[Thing, ...]:
    incident = state.incidents[event.incident_id]
    if event.outcome != "accepted":
        return (changed(incident, event, offer=None, returned_at=event.at),)
    others = tuple(one for one in (incident.lead, *incident.assist) if one and one != event.to)
    assist = tuple(dict.fromkeys(others))
    owner = incident.owner or incident.lead
    return (changed(incident, event, offer=None, lead=event.to, owner=owner, assist=assist),)


def _team_ordered(state: State, event: TeamOrdered) -> tuple[Thing, ...]:
    incident = state.incidents[event.incident_id]
    order = TeamOrder(
        id=event.order_id,
        team=event.team,
        ordered_by=event.by.name,
        ordered_at=event.at,
        grant=event.grant,
    )
    return (changed(incident, event, teams=(*incident.teams, order)),)


def _team_signed(state: State, event: TeamSigned) -> tuple[Thing, ...]:
    return (_with_order(state.incidents[event.incident_id], event, event.team, signed_at=event.at),)


def _team_delegated(state: State, event: TeamDelegated) -> tuple[Thing, ...]:
    done = {"delegated_at": event.at, "over_the_head": event.over_the_head}
    return (_with_order(state.incidents[event.incident_id], event, event.team, **done),)


def _team_recalled(state: State, event: TeamRecalled) -> tuple[Thing, ...]:
    return (_with_order(state.incidents[event.incident_id], event, event.team, recalled_at=event.at),)


def _with_order(incident: Incident, event: BaseEvent, team: str, **fields: Any) -> Incident:  # noqa: ANN401  fields of an order
    """The incident with the open order of a team changed."""
    orders = tuple(
        one.model_copy(update=fields) if one.team == team and one.is_open else one for one in incident.teams
    )
    return changed(incident, event, teams=orders)


def _grant_asked(_: State, event: GrantAsked) -> tuple[Thing, ...]:
    return (event.grant,)


def _grant_signed(state: State, event: GrantSigned) -> tuple[Thing, ...]:
    return (changed(state.grants[event.grant_id], event, signed_by=event.by.name),)


def _grant_revoked(state: State, event: GrantRevoked) -> tuple[Thing, ...]:
    return (changed(state.grants[event.grant_id], event, revoked=event.reason),)


def _unit_lent(state: State, event: UnitLent) -> tuple[Thing, ...]:
    return (changed(state.units[event.unit], event, temp_team=event.team),)


AFTER: dict[type, Any] = {
    AlarmOffered: _alarm_offered,
    AlarmOfferEnded: _alarm_offer_ended,
    IncidentOffered: _incident_offered,
    IncidentOfferEnded: _incident_offer_ended,
    TeamOrdered: _team_ordered,
    TeamSigned: _team_signed,
    TeamDelegated: _team_delegated,
    TeamRecalled: _team_recalled,
    GrantAsked: _grant_asked,
    GrantSigned: _grant_signed,
    GrantRevoked: _grant_revoked,
    UnitLent: _unit_lent,
}
