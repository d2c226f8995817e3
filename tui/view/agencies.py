"""Whose matter something is, to whom it is offered, which desk was asked, and what is granted."""

from collections.abc import Iterable, Iterator

from bus.messages.board import AlarmRow, GrantRow, IncidentRow, OfferRow
from tui.ages import short_age, wall_clock
from tui.cells import plain
from tui.view.sight import Sight


def whose(row: AlarmRow | IncidentRow) -> str | None:
    """The agency whose matter it is."""
    return row.agency if isinstance(row, AlarmRow) else row.lead


def is_in_view(sight: Sight, row: AlarmRow | IncidentRow) -> bool:
    """Whether the chosen agency has to do with it; what nobody knows the owner of is everybody's."""
    if sight.view is None or whose(row) is None:
        return True
    helps = row.assist if isinstance(row, IncidentRow) else ()
    offered = (row.offer.to,) if row.offer else ()
    return sight.view in (whose(row), *helps, *offered)


def agency_text(sight: Sight, row: AlarmRow | IncidentRow) -> str:
    """Who leads, and who assists."""
    lead = whose(row)
    if lead is None:
        return ""
    helps = [sight.agency(one) for one in row.assist] if isinstance(row, IncidentRow) else []
    return sight.agency(lead) + "".join(f" + {one}" for one in helps)


def offer_text(sight: Sight, offer: OfferRow | None) -> str:
    """That it is offered, since when, and why."""
    if offer is None:
        return ""
    age = short_age(sight.age(offer.since))
    return sight.words(
        "grant.offered", to=sight.agency(offer.to), by=offer.by, age=age, reason=plain(offer.reason)
    )


def team_texts(sight: Sight, row: IncidentRow) -> Iterator[str]:
    """Each team's desk that was asked, and how far it is."""
    for one in row.teams:
        state = "over_the_head" if one.over_the_head else one.state.lower()
        told = sight.words(f"grant.team_{state}", team=sight.team(one.team), at=wall_clock(one.since))
        yield told + (sight.words("grant.mark", grant=one.grant).rstrip() if one.grant else "")


def grant_text(sight: Sight, row: GrantRow) -> str:
    """Its number, the two sides, what limits it, and whether it holds."""
    limits = [
        *(sight.short_type(one) for one in row.types),
        *(sight.place(one) for one in row.places),
        *((sight.number(row.incident),) if row.incident else ()),
        *((sight.words("grant.until", at=wall_clock(row.until)),) if row.until else ()),
    ]
    key = "grant.one" if row.signed_by else "grant.unsigned"
    return sight.words(
        key,
        no=row.no,
        giver=sight.agency(row.giver),
        taker=sight.agency(row.taker),
        limits=_limited(limits),
    )


def _limited(limits: Iterable[str]) -> str:
    text = ", ".join(limits)
    return f" ({text})" if text else ""
