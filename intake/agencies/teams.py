"""Rules of orders through a team's desk: it signs, names who goes, and has its time for both."""

from datetime import timedelta

from intake.agencies.authority import authority_for
from intake.agencies.commands import NameUnits, OrderTeam, RecallTeam, SignTeam
from intake.agencies.events import TeamDelegated, TeamOrdered, TeamRecalled, TeamSigned
from intake.agencies.objects import TeamOrder
from intake.dispatch.assignments import dispatch_units
from intake.dispatch.base import Role
from intake.dispatch.commands import DispatchUnits, IncidentCommand
from intake.dispatch.draft import Draft
from intake.dispatch.guards import given, incident_in, incident_named
from intake.dispatch.incidents import WORKING
from intake.dispatch.objects import Incident, Unit
from intake.dispatch.refusals import Refusal, refuse
from intake.dispatch.state import State


def order_team(draft: Draft, command: OrderTeam) -> Refusal | None:
    """Ask a team's desk to name who goes; once for each incident."""
    incident = _at_work(draft.state, command)
    if isinstance(incident, Refusal):
        return incident
    if any(one.id == command.order_id for one in incident.teams):
        return None
    members = _members(draft.state, command.team)
    if not members:
        return refuse("unknown", field="team", what="team", id=command.team)
    if open_order(incident, command.team) is not None:
        return refuse("team-ordered", team=command.team, no=incident.no)
    authority = _authority(draft, incident, members)
    if isinstance(authority, Refusal):
        return authority
    ordered = TeamOrdered(
        **draft.head,
        incident_id=incident.id,
        order_id=command.order_id,
        team=command.team,
        grant=authority,
    )
    draft.write(ordered)
    return None


def _authority(draft: Draft, incident: Incident, members: list[Unit]) -> str | Refusal | None:
    """On what an order to a team rests: what lets one of its members be sent."""
    found = [authority_for(draft.state, draft.by, one, incident, draft.at) for one in members]
    return next((one for one in found if not isinstance(one, Refusal)), found[0])


def sign_team(draft: Draft, command: SignTeam) -> Refusal | None:
    """The desk has it."""
    found = _ordered(draft.state, command, command.team)
    if isinstance(found, Refusal):
        return found
    incident, order = found
    if order.signed_at is None:
        draft.write(TeamSigned(**draft.head, incident_id=incident.id, team=order.team))
    return None


def name_units(draft: Draft, command: NameUnits) -> Refusal | None:
    """Name who goes: the team's own desk, or who quotes it, at any time; the centre once its time is over."""
    found = _ordered(draft.state, command, command.team)
    if isinstance(found, Refusal):
        return found
    incident, order = found
    over_the_head = draft.by.team != order.team and not command.quoted
    if over_the_head and (refusal := _has_time(draft, order)):
        return refusal
    members = {one.id for one in _members(draft.state, order.team)}
    strangers = [unit for unit in command.units if unit not in members]
    if strangers:
        return refuse("not-of-team", field="units", unit=strangers[0], team=order.team)
    if order.signed_at is None and not over_the_head:
        draft.write(TeamSigned(**draft.head, incident_id=incident.id, team=order.team))
    delegated = TeamDelegated(
        **draft.head,
        incident_id=incident.id,
        team=order.team,
        units=tuple(command.units),
        over_the_head=over_the_head,
    )
    draft.write(delegated)
    sent = DispatchUnits(
        id=command.id,
        at=command.at,
        by=command.by,
        incident_id=incident.id,
        units=command.units,
        how=command.how,
        parent=order.id,
        grant=order.grant,
    )
    return dispatch_units(draft, sent)


def recall_team(draft: Draft, command: RecallTeam) -> Refusal | None:
    """Take the order back; who was named already is recalled by name."""
    found = _ordered(draft.state, command, command.team)
    if isinstance(found, Refusal):
        return found
    if refusal := given(command.reason, "reason"):
        return refusal
    incident, order = found
    recalled = TeamRecalled(**draft.head, incident_id=incident.id, team=order.team, reason=command.reason)
    draft.write(recalled)
    return None


def open_order(incident: Incident, team: str) -> TeamOrder | None:
    """Return the order a team's desk has not answered with a name."""
    return next((one for one in incident.teams if one.team == team and one.is_open), None)


def _at_work(state: State, command: IncidentCommand) -> Incident | Refusal:
    incident = incident_named(state, command.incident_id)
    return incident if isinstance(incident, Refusal) else incident_in(incident, *WORKING) or incident


def _ordered(state: State, command: IncidentCommand, team: str) -> tuple[Incident, TeamOrder] | Refusal:
    incident = _at_work(state, command)
    if isinstance(incident, Refusal):
        return incident
    order = open_order(incident, team)
    return (incident, order) if order else refuse("no-team-order", team=team, no=incident.no)


def _has_time(draft: Draft, order: TeamOrder) -> Refusal | None:
    """The desk's own time to name a unit; a supervisor need not wait."""
    if draft.by.role is Role.SUPERVISOR:
        return None
    rungs = draft.state.policy.ladders.of("delegate", team=order.team)
    left = timedelta(seconds=rungs[0] if rungs else 0) - (draft.at - order.waits_since)
    if left <= timedelta():
        return None
    return refuse("team-has-time", team=order.team, seconds=int(left.total_seconds()) + 1)


def _members(state: State, team: str) -> list[Unit]:
    return [one for one in state.units.values() if one.team == team]
