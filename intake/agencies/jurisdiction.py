"""Whose matter something is: by the place, unless a rule of the site says otherwise. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, tzinfo


@dataclass(frozen=True, slots=True)
class Rule:
    """Some types, at some places, at some hours, are one agency's; empty means any.

    `hours` are local; until the earlier one means over midnight, both the same the whole day.
    """

    agency: str
    types: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    hours: tuple[time, time] = (time(0), time(0))

    def fits(self, type_: str | None, place: str | None, at: time) -> bool:
        """Whether it decides this case."""
        known = not self.types or type_ in self.types
        here = not self.places or place in self.places
        return known and here and _within(at, *self.hours)


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """The agencies, what each place's ground is, and the rules that come before it, the first that fits."""

    agencies: frozenset[str] = frozenset()
    owners: Mapping[str, str] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()

    def lead(self, type_: str | None, place: str | None, at: datetime, zone: tzinfo) -> str | None:
        """Return whose matter it is, None where nobody can tell: then the desk decides."""
        local = at.astimezone(zone).time()
        ruled = (rule.agency for rule in self.rules if rule.fits(type_, place, local))
        return next(ruled, None) or self.owners.get(place or "")


def _within(at: time, since: time, until: time) -> bool:
    if since == until:
        return True
    return since <= at < until if since < until else at >= since or at < until
