"""What a console's requests about agencies and teams mean."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bus.ids import derived_id
from bus.messages import verbs as ask
from bus.messages.base import Value
from intake.agencies import commands as do
from intake.dispatch.base import ObjectKind, Ref
from intake.dispatch.commands import Command
from intake.dispatch.refusals import Refusal, refuse

if TYPE_CHECKING:
    from intake.asking import Asking

Meaning = Command | Refusal


def _offer(args: ask.Offer, asking: "Asking") -> Meaning:
    about = _about(args)
    if isinstance(about, Refusal):
        return about
    return do.MakeOffer(**asking.head, about=about, to=args.to, reason=args.reason)


def _answer_offer(args: ask.AnswerOffer, asking: "Asking") -> Meaning:
    about = _about(args)
    if isinstance(about, Refusal):
        return about
    return do.AnswerOffer(
        **asking.head,
        about=about,
        accept=args.accept,
        reason=args.reason,
        opens=derived_id(asking.id, "incident"),
        type=args.type,
        place=args.place,
    )


def _about(args: ask.Offer | ask.AnswerOffer) -> Ref | Refusal:
    if args.incident is not None:
        return Ref(ObjectKind.INCIDENT, args.incident)
    return (
        Ref(ObjectKind.ALARM, args.alarm) if args.alarm is not None else refuse("missing", field="incident")
    )


def _order_team(args: ask.OrderTeam, asking: "Asking") -> Meaning:
    order_id = derived_id(asking.id, "order", args.team)
    return do.OrderTeam(**asking.head, incident_id=args.incident, order_id=order_id, team=args.team)


def _sign_team(args: ask.SignTeam, asking: "Asking") -> Meaning:
    return do.SignTeam(**asking.head, incident_id=args.incident, team=args.team)


def _name_units(args: ask.NameUnits, asking: "Asking") -> Meaning:
    ids = {unit: derived_id(asking.id, "assignment", unit) for unit in args.units}
    return do.NameUnits(
        **asking.head,
        incident_id=args.incident,
        team=args.team,
        units=ids,
        how=args.how,
        quoted=args.quoted,
    )


def _recall_team(args: ask.RecallTeam, asking: "Asking") -> Meaning:
    return do.RecallTeam(**asking.head, incident_id=args.incident, team=args.team, reason=args.reason)


def _ask_grant(args: ask.AskGrant, asking: "Asking") -> Meaning:
    until = asking.at + timedelta(minutes=args.minutes) if args.minutes else None
    return do.AskGrant(
        **asking.head,
        grant_id=derived_id(asking.id, "grant"),
        giver=args.giver,
        taker=args.taker,
        types=args.types,
        places=args.places,
        incident_id=args.incident,
        until=until,
        reason=args.reason,
    )


def _sign_grant(args: ask.SignGrant, asking: "Asking") -> Meaning:
    return do.SignGrant(**asking.head, grant_id=args.grant)


def _revoke_grant(args: ask.RevokeGrant, asking: "Asking") -> Meaning:
    return do.RevokeGrant(**asking.head, grant_id=args.grant, reason=args.reason)


def _lend(args: ask.LendUnit, asking: "Asking") -> Meaning:
    return do.LendUnit(**asking.head, unit=args.unit, team=args.team, reason=args.reason)


MEANINGS: Mapping[type[Value], Callable[[Any, "Asking"], Meaning]] = {
    ask.Offer: _offer,
    ask.AnswerOffer: _answer_offer,
    ask.OrderTeam: _order_team,
    ask.SignTeam: _sign_team,
    ask.NameUnits: _name_units,
    ask.RecallTeam: _recall_team,
    ask.AskGrant: _ask_grant,
    ask.SignGrant: _sign_grant,
    ask.RevokeGrant: _revoke_grant,
    ask.LendUnit: _lend,
}
