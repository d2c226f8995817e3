"""The score of a pair: each term named with its points, so that the reason can be shown."""

from collections.abc import Iterator
from typing import Final

from intake.correlation.distance import metres
from intake.correlation.report import Likeness, Reason, Report
from intake.correlation.rules import SMOKE_AND_HEAT, Rules
from intake.correlation.words import COLOUR_POINTS, POINTS, TELLS_APART, contradicting, marks, shared

_HEAT: Final = ("smoke", "heat", "burn", "烟", "热", "焦")
_ABOUT_ONE_PERSON: Final = frozenset({"medical", "missing-person", "suspicious-person", "track-intrusion"})
"""Types whose person is the event: elsewhere a text may name the victim and another the culprit."""

PEOPLE: Final = frozenset({"radio", "manual"})
"""Sources that are somebody's words."""


def likeness(one: Report, other: Report, rules: Rules) -> Likeness:
    """How much two reports look like one event; symmetric, and the same whenever asked."""
    first, then = sorted((one, other), key=lambda report: (report.at, report.id))
    minutes = (then.at - first.at).total_seconds() / 60
    reasons = tuple(_reasons(first, then, minutes, rules))
    return Likeness(sum(reason.points for reason in reasons), reasons)


def _reasons(first: Report, then: Report, minutes: float, rules: Rules) -> Iterator[Reason]:
    by_account = _account(first, then, minutes, rules)
    where = by_account or _place(first, then, rules)
    yield from (where,) if where else ()
    if first.radio is not None and first.radio == then.radio and minutes <= rules.source_window:
        yield Reason(code="same-radio", points=rules.same_radio, value=first.radio)
    if apart := rules.minutes.points(minutes):
        yield Reason(code="minutes-apart", points=apart, value=str(round(minutes)))
    yield from _type(first, then, rules)
    yield from _words(first, then, rules)
    if _corroborates(first, then, where, minutes, rules):
        yield Reason(code="across-sources", points=0, value=f"{first.source} {then.source}")


def _account(first: Report, then: Report, minutes: float, rules: Rules) -> Reason | None:
    """What account and zone say; it stands in for the place."""
    if first.account is None or first.account != then.account:
        return None
    if first.zone == then.zone:
        value = f"{first.account}/{first.zone}" if first.zone else first.account
        if first.restored_at is not None and first.restored_at <= then.at:
            return Reason(code="same-zone-restored", points=rules.same_zone_restored, value=value)
        return Reason(code="same-zone", points=rules.same_zone, value=value)
    if minutes > rules.source_window or rules.is_institution(first.place):
        return None
    return Reason(code="other-zone", points=rules.other_zone, value=f"{first.zone} {then.zone}")


def _place(first: Report, then: Report, rules: Rules) -> Reason | None:
    here, there = first.place, then.place
    if here is None or there is None:
        return None
    whole = rules.whole(here)
    if whole == rules.whole(there):
        if rules.is_institution(here) or rules.is_institution(there):
            return Reason(code="institution", points=0, value=whole)
        if here == there:
            return Reason(code="same-place", points=rules.same_place, value=here)
        if whole in (here, there):
            return Reason(code="place-within", points=rules.same_place, value=whole)
    return _distance(here, there, rules)


def _distance(here: str, there: str, rules: Rules) -> Reason | None:
    at, other = rules.located.get(here), rules.located.get(there)
    if at is None or other is None or rules.is_institution(here) or rules.is_institution(there):
        return None
    apart = metres(at, other)
    points = rules.metres.points(apart)
    return Reason(code="metres-apart", points=points, value=str(round(apart))) if points else None


def _type(first: Report, then: Report, rules: Rules) -> Iterator[Reason]:
    one, other = first.type, then.type
    if one is None or other is None:
        return
    named = " ".join(sorted((one, other)))
    if one == other:
        yield Reason(code="same-type", points=rules.same_type, value=one)
    elif {one, other} == SMOKE_AND_HEAT and _tells_of_heat(first, then):
        yield Reason(code="smoke-or-heat", points=rules.kin_type, value=named)
    elif rules.are_kin(one, other):
        yield Reason(code="kin-type", points=rules.kin_type, value=named)
    elif {one, other} & rules.separate:
        yield Reason(code="other-matter", points=rules.other_matter, value=named)


def _tells_of_heat(first: Report, then: Report) -> bool:
    return all(
        report.type == "fire" or any(word in report.text.lower() for word in _HEAT)
        for report in (first, then)
    )


def _words(first: Report, then: Report, rules: Rules) -> Iterator[Reason]:
    """What two texts name together or differently; a panel's text is its zone's name, not a witness."""
    if not {first.source, then.source} <= PEOPLE:
        return
    one, other = marks(first.text), marks(then.text)
    if both := shared(one, other):
        points = min(sum(POINTS.get(kind, COLOUR_POINTS) for kind in both), rules.shared_words)
        yield Reason(code="shared-words", points=points, value=", ".join(_said(both)))
    about_people = {first.type, then.type} <= _ABOUT_ONE_PERSON
    kinds = TELLS_APART if about_people else TELLS_APART - {"person"}
    if clash := contradicting(one, other, kinds):
        yield Reason(
            code="contradicting-words", points=rules.contradicting_words, value=", ".join(_said(clash))
        )


def _said(found: dict[str, str]) -> Iterator[str]:
    return (f"{kind} {value}" for kind, value in found.items())


def _corroborates(first: Report, then: Report, where: Reason | None, minutes: float, rules: Rules) -> bool:
    """A panel's zone and somebody's words about the same place, of a matter that fits."""
    sources = {first.source, then.source}
    across = "panel" in sources and bool(sources & PEOPLE)
    together = where is not None and where.points >= rules.same_place
    fits = first.type == then.type or rules.are_kin(first.type or "", then.type or "")
    heat = {first.type, then.type} == SMOKE_AND_HEAT and _tells_of_heat(first, then)
    return across and together and minutes <= rules.source_window and (fits or heat)
