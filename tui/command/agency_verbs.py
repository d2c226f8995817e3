"""Commands between agencies and with a team's desk: hand-off, team orders, grants, mutual aid."""

from typing import Any

from bus.messages.board import AlarmRow, GrantRow, IncidentRow, UnitRow
from bus.messages.verbs import (
    AnswerOffer,
    AskGrant,
    LendUnit,
    NameUnits,
    Offer,
    OrderTeam,
    RecallTeam,
    RevokeGrant,
    SignGrant,
    SignTeam,
)
from tui.command import sentence
from tui.command.model import Command, Unclear
from tui.command.reader import Reader
from tui.command.send_verbs import target
from tui.view.agencies import grant_text

ORDERED = {"signed": ("签收",), "off": ("撤回",)}

SAID = {"said": ("回话",)}

GRANTED = {"sign": ("签字",), "revoke": ("撤销",)}

BACK = {"back": ("归队",)}


def offer(read: Reader) -> Command:
    """`offer [incident|.] agency reason`."""
    row = target(read)
    agency = read.agency()
    if agency is None:
        raise Unclear("ask.agency")
    reason = _reason(read)
    says = read.sight.words("say.offer", about=_about(read, row), agency=read.sight.agency(agency))
    asked = Offer.model_validate(_named(row) | {"to": agency, "reason": reason})
    return Command("offer", says + sentence.comment(read.sight, reason), (asked,))


def take(read: Reader) -> Command:
    """`take [incident|.] [type] [place]`: what was offered; an alarm becomes an incident of that."""
    row = _offered(read)
    called = {"type": read.type(), "place": read.place()} if isinstance(row, AlarmRow) else {}
    says = read.sight.words("say.take", about=_about(read, row))
    return Command("take", says, (AnswerOffer.model_validate(_named(row) | {"accept": True} | called),))


def refuse(read: Reader) -> Command:
    """`refuse [incident|.] reason`: what was offered; whoever offered takes it back so."""
    row = _offered(read)
    reason = _reason(read)
    says = read.sight.words("say.refuse", about=_about(read, row)) + sentence.comment(read.sight, reason)
    asked = AnswerOffer.model_validate(_named(row) | {"accept": False, "reason": reason})
    return Command("refuse", says, (asked,))


def order(read: Reader) -> Command:
    """`order team [incident]`; with `signed` its desk has it, with `off reason` it is taken back."""
    team = read.team()
    if team is None:
        raise Unclear("ask.team")
    row = read.incident()
    step = read.choice(ORDERED)
    asked: OrderTeam | SignTeam | RecallTeam
    if step == "signed":
        asked = SignTeam(incident=row.id, team=team)
    elif step == "off":
        asked = RecallTeam(incident=row.id, team=team, reason=_reason(read))
    else:
        asked = OrderTeam(incident=row.id, team=team)
    says = read.sight.words(
        f"say.order_{step or 'team'}",
        team=read.sight.team(team),
        incident=sentence.incident(read.sight, row),
    )
    return Command("order", says, (asked,))


def name(read: Reader) -> Command:
    """`name units [incident] [said]`: who goes for their team, whose desk was asked, or says it by voice."""
    units = read.units()
    row = read.incident()
    team = _asked_team(row, units)
    quoted = read.choice(SAID) is not None
    says = read.sight.words(
        "say.name_said" if quoted else "say.name",
        units=sentence.units(units),
        team=read.sight.team(team),
        incident=sentence.incident(read.sight, row),
    )
    ids = tuple(unit.id for unit in units)
    return Command("name", says, (NameUnits(incident=row.id, team=team, units=ids, quoted=quoted),))


def grant(read: Reader) -> Command:
    """`grant giver taker [type] [place] [incident] [2h] reason`; `grant sign 3`; `grant revoke 3 reason`.

    Alone it lists those there are.
    """
    if not read.peek():
        rows = sorted(read.sight.mirror.grants.values(), key=lambda row: row.no)
        text = "  ".join(grant_text(read.sight, row) for row in rows)
        raise Unclear("ask.grants", grants=text or read.sight.words("grant.none"))
    step = read.choice(GRANTED)
    if step is not None:
        return _settle(read, step)
    giver, taker = read.agency(), read.agency()
    if giver is None or taker is None:
        raise Unclear("ask.agencies")
    limits = _limits(read)
    reason = _reason(read)
    says = read.sight.words("say.grant", giver=read.sight.agency(giver), taker=read.sight.agency(taker))
    asked = AskGrant.model_validate({"giver": giver, "taker": taker, "reason": reason} | limits)
    return Command("grant", says + sentence.comment(read.sight, reason), (asked,))


def lend(read: Reader) -> Command:
    """`lend unit team reason`; `lend unit back`."""
    units = read.units()
    if len(units) > 1:
        raise Unclear("ask.one_unit")
    back = read.choice(BACK)
    team = None if back else read.team()
    if team is None and not back:
        raise Unclear("ask.team")
    words = read.sight.words
    says = words(
        "say.lend_back" if back else "say.lend", units=sentence.units(units), team=read.sight.team(team or "")
    )
    reason = read.rest()
    asked = LendUnit(unit=units[0].id, team=team, reason=reason)
    return Command("lend", says + sentence.comment(read.sight, reason), (asked,))


def _settle(read: Reader, step: str) -> Command:
    row = _grant_named(read)
    says = read.sight.words(f"say.grant_{step}", grant=grant_text(read.sight, row))
    if step == "sign":
        return Command("grant", says, (SignGrant(grant=row.id),))
    reason = _reason(read)
    asked = RevokeGrant(grant=row.id, reason=reason)
    return Command("grant", says + sentence.comment(read.sight, reason), (asked,))


def _grant_named(read: Reader) -> GrantRow:
    no = read.count()
    found = (row for row in read.sight.mirror.grants.values() if row.no == no)
    row = next(found, None)
    if row is None:
        raise Unclear("ask.grant")
    return row


def _limits(read: Reader) -> dict[str, Any]:
    """Types, places, one incident and how long, in that order; what is left out does not limit."""
    kind, place = read.type(), read.place()
    incident = read.incident_named()
    minutes = read.minutes()
    return {
        "types": (kind,) if kind else (),
        "places": (place,) if place else (),
        "incident": incident.id if incident else None,
        "minutes": minutes,
    }


def _asked_team(row: IncidentRow, units: list[UnitRow]) -> str:
    """The team of the units, if its desk was asked."""
    asked = [one.team for one in row.teams if one.state in ("ORDERED", "SIGNED")]
    team = next((unit.team for unit in units if unit.team in asked), None)
    if team is None:
        raise Unclear("ask.team_order")
    return team


def _offered(read: Reader) -> AlarmRow | IncidentRow:
    row = target(read)
    if row.offer is None:
        raise Unclear("ask.offer")
    return row


def _named(row: AlarmRow | IncidentRow) -> dict[str, Any]:
    return {"alarm" if isinstance(row, AlarmRow) else "incident": row.id}


def _about(read: Reader, row: AlarmRow | IncidentRow) -> str:
    if isinstance(row, AlarmRow):
        return sentence.alarm(read.sight, row)
    return sentence.incident(read.sight, row)


def _reason(read: Reader) -> str:
    reason = read.rest()
    if not reason:
        raise Unclear("ask.reason")
    return reason
