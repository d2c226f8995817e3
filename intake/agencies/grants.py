"""Rules of grants: two people of two sides make one, either side ends it, and what runs goes on."""

from intake.agencies.commands import AskGrant, LendUnit, RevokeGrant, SignGrant
from intake.agencies.events import GrantAsked, GrantRevoked, GrantSigned, UnitLent
from intake.agencies.objects import Grant
from intake.dispatch.base import Actor, Role
from intake.dispatch.draft import Draft
from intake.dispatch.guards import given, incident_named, unit_named
from intake.dispatch.refusals import Refusal, refuse
from intake.dispatch.state import State


def ask_grant(draft: Draft, command: AskGrant) -> Refusal | None:
    """Ask for one, exactly once for its id."""
    state = draft.state
    if command.grant_id in state.grants:
        return None
    for side in (command.giver, command.taker):
        if side not in state.policy.jurisdiction.agencies:
            return refuse("unknown", field="giver", what="agency", id=side)
    if refusal := _sides(draft.by, command) or given(command.reason, "reason"):
        return refusal
    if command.until is not None and command.until <= draft.at:
        return refuse("review-in-past", field="until")
    if command.incident_id is not None:
        incident = incident_named(state, command.incident_id)
        if isinstance(incident, Refusal):
            return incident
    draft.write(GrantAsked(**draft.head, grant_id=command.grant_id, grant=_grant(draft, command)))
    return None


def _sides(by: Actor, command: AskGrant) -> Refusal | None:
    if command.giver == command.taker:
        return refuse("grant-itself", field="taker")
    if by.agency not in (None, command.giver, command.taker):
        return refuse("grant-others")
    return None


def _grant(draft: Draft, command: AskGrant) -> Grant:
    return Grant(
        id=command.grant_id,
        changed_by=draft.by.name,
        changed_at=draft.at,
        no=max((one.no for one in draft.state.grants.values()), default=0) + 1,
        giver=command.giver,
        taker=command.taker,
        types=command.types,
        places=command.places,
        incident=command.incident_id,
        until=command.until,
        reason=command.reason,
        asked_by=draft.by.name,
        asked_for=draft.by.agency,
    )


def sign_grant(draft: Draft, command: SignGrant) -> Refusal | None:
    """Agree, as another person of the other side; a supervisor of the joint centre signs for either."""
    grant = _open_grant(draft.state, command.grant_id)
    if isinstance(grant, Refusal):
        return grant
    if grant.signed_by is not None:
        return None
    if refusal := _may_sign(draft.by, grant):
        return refusal
    draft.write(GrantSigned(**draft.head, grant_id=grant.id))
    return None


def _may_sign(by: Actor, grant: Grant) -> Refusal | None:
    if by.agency is None and by.role is not Role.SUPERVISOR:
        return refuse("role", role=by.role, needs=Role.SUPERVISOR)
    if by.agency not in (None, grant.giver, grant.taker):
        return refuse("grant-others")
    same_side = by.agency is not None and by.agency == grant.asked_for
    return refuse("second-side", no=grant.no) if same_side or by.name == grant.asked_by else None


def revoke_grant(draft: Draft, command: RevokeGrant) -> Refusal | None:
    """End it: no new order rests on it, and those that do are named."""
    grant = _open_grant(draft.state, command.grant_id)
    if isinstance(grant, Refusal):
        return grant
    if draft.by.agency not in (None, grant.giver, grant.taker):
        return refuse("grant-others")
    if refusal := given(command.reason, "reason"):
        return refusal
    revoked = GrantRevoked(
        **draft.head,
        grant_id=grant.id,
        reason=command.reason,
        running=_running(draft.state, str(grant.no)),
        teams=_asked_teams(draft.state, str(grant.no)),
    )
    draft.write(revoked)
    return None


def _running(state: State, grant: str) -> tuple[str, ...]:
    return tuple(one.unit for one in state.assignments.values() if one.grant == grant and one.is_live)


def _asked_teams(state: State, grant: str) -> tuple[str, ...]:
    """Teams whose desk still has to name somebody under it."""
    orders = (order for one in state.incidents.values() if one.is_open for order in one.teams)
    return tuple(order.team for order in orders if order.grant == grant and order.is_open)


def _open_grant(state: State, id_: str) -> Grant | Refusal:
    grant = state.grants.get(id_)
    if grant is None:
        return refuse("unknown", field="grant", what="grant", id=id_)
    return grant if grant.is_open else refuse("grant-over", no=grant.no)


def lend_unit(draft: Draft, command: LendUnit) -> Refusal | None:
    """Mutual aid: call sign and agency stay, the team is another until it returns."""
    unit = unit_named(draft.state, command.unit)
    if isinstance(unit, Refusal):
        return unit
    if draft.by.agency not in (None, unit.card.agency):
        return refuse("no-grant", field="unit", unit=unit.id, agency=unit.card.agency)
    team = None if command.team == unit.card.team else command.team
    if team is not None and all(one.card.team != team for one in draft.state.units.values()):
        return refuse("unknown", field="team", what="team", id=team)
    if team != unit.temp_team:
        draft.write(UnitLent(**draft.head, unit=unit.id, team=team, reason=command.reason))
    return None
