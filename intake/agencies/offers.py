"""Rules of handing over to another agency: offered, then taken or not. Silence is not consent."""

from intake.agencies.commands import AnswerOffer, MakeOffer
from intake.agencies.events import AlarmOffered, AlarmOfferEnded, IncidentOffered, IncidentOfferEnded
from intake.agencies.objects import Offer, Outcome
from intake.dispatch.alarms import make_incident
from intake.dispatch.base import Actor, ObjectKind
from intake.dispatch.commands import Promote
from intake.dispatch.draft import Draft
from intake.dispatch.guards import alarm_named, given, incident_in, incident_named, mine_to_decide
from intake.dispatch.incidents import WORKING
from intake.dispatch.links import followers_of
from intake.dispatch.objects import Alarm, Incident
from intake.dispatch.refusals import Refusal, refuse
from intake.dispatch.state import State


def make_offer(draft: Draft, command: MakeOffer) -> Refusal | None:
    """Offer it; whoever offers stays responsible until it is taken."""
    if command.to not in draft.state.policy.jurisdiction.agencies:
        return refuse("unknown", field="to", what="agency", id=command.to)
    if refusal := given(command.reason, "reason"):
        return refusal
    offer = Offer(to=command.to, by=draft.by.name, at=draft.at, reason=command.reason)
    if command.about.kind is ObjectKind.ALARM:
        return _offer_alarm(draft, command.about.id, offer)
    return _offer_incident(draft, command.about.id, offer)


def _offer_alarm(draft: Draft, id_: str, offer: Offer) -> Refusal | None:
    alarm = mine_to_decide(draft.state, id_, None, draft.by)
    if isinstance(alarm, Refusal):
        return alarm
    draft.write(AlarmOffered(**draft.head, alarm_id=alarm.id, offer=offer))
    return None


def _offer_incident(draft: Draft, id_: str, offer: Offer) -> Refusal | None:
    incident = incident_named(draft.state, id_)
    if isinstance(incident, Refusal):
        return incident
    if refusal := incident_in(incident, *WORKING) or _may_be_offered(draft.by, incident, offer):
        return refusal
    draft.write(IncidentOffered(**draft.head, incident_id=incident.id, offer=offer))
    return None


def _may_be_offered(by: Actor, incident: Incident, offer: Offer) -> Refusal | None:
    """By who leads, one offer at a time; what was taken over goes to a third only through its first owner."""
    if incident.offer is not None:
        return refuse("offer-open", to=incident.offer.to)
    if offer.to == incident.lead:
        return refuse("offer-own", field="to", no=incident.no, to=offer.to)
    if None not in (by.agency, incident.lead) and by.agency != incident.lead:
        return refuse("offer-not-lead", no=incident.no, lead=incident.lead)
    if incident.owner not in (None, incident.lead, offer.to):
        return refuse("no-chaining", field="to", no=incident.no, owner=incident.owner)
    return None


def answer_offer(draft: Draft, command: AnswerOffer) -> Refusal | None:
    """Take it, or not: the agency it is offered to, or the joint centre that quotes it."""
    thing = _offered(draft.state, command)
    if isinstance(thing, Refusal):
        return thing
    offer = thing.offer
    if offer is None:
        return refuse("no-offer")
    if refusal := _may_answer(draft.by, offer, command) or _still_to_take(thing, command):
        return refusal
    own = draft.by.name == offer.by and not command.accept
    outcome: Outcome = "accepted" if command.accept else "withdrawn" if own else "refused"
    row = followers_of(draft.state, thing) if isinstance(thing, Alarm) else ()
    end_offer(draft, thing, outcome, command.reason)
    if outcome == "accepted" and isinstance(thing, Alarm):
        return _take_over(draft, thing, row, offer.to, command)
    return None


def _take_over(
    draft: Draft, alarm: Alarm, row: tuple[Alarm, ...], lead: str, command: AnswerOffer
) -> Refusal | None:
    """Whoever takes an alarm, it goes on here as an incident they lead: else nobody would see it again."""
    promotion = Promote(
        id=command.id,
        at=command.at,
        by=command.by,
        alarm_id=alarm.id,
        incident_id=command.opens or "",
        type=command.type,
        place=command.place,
        lead=lead,
    )
    return given(command.opens, "opens") or make_incident(draft, alarm, row, promotion)


def _offered(state: State, command: AnswerOffer) -> Alarm | Incident | Refusal:
    find = alarm_named if command.about.kind is ObjectKind.ALARM else incident_named
    return find(state, command.about.id)


def _may_answer(by: Actor, offer: Offer, command: AnswerOffer) -> Refusal | None:
    if by.agency not in (None, offer.to) and by.name != offer.by:
        return refuse("offer-others", to=offer.to)
    return None if command.accept else given(command.reason, "reason")


def _still_to_take(thing: Alarm | Incident, command: AnswerOffer) -> Refusal | None:
    """Nobody takes over an incident whose work has ended meanwhile."""
    return incident_in(thing, *WORKING) if command.accept and isinstance(thing, Incident) else None


def end_offer(draft: Draft, thing: Alarm | Incident, outcome: Outcome, reason: str = "") -> None:
    """Write how an open offer ended."""
    if thing.offer is None:
        return
    told = {"to": thing.offer.to, "outcome": outcome, "reason": reason}
    if isinstance(thing, Alarm):
        draft.write(AlarmOfferEnded(**draft.head, alarm_id=thing.id, **told))
    else:
        draft.write(IncidentOfferEnded(**draft.head, incident_id=thing.id, **told))
