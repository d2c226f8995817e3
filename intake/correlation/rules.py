"""What a site may tune of correlation. Defaults are the domain page's (section 8) but where said."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

KIN: Final = (
    frozenset({"fight", "weapon", "disorder", "dispute", "crowd", "officer-emergency"}),
    frozenset({"robbery", "hold-up", "theft", "weapon", "officer-emergency"}),
    frozenset({"intrusion", "suspicious-person", "theft", "hold-up"}),
    frozenset({"fight", "robbery", "traffic-accident", "medical"}),
    frozenset({"disorder", "suspicious-person"}),
    frozenset({"crowd", "medical", "disorder"}),
    frozenset({"track-intrusion", "suspicious-person", "medical"}),
    frozenset({"traffic-accident", "traffic-obstruction"}),
    frozenset({"suspicious-item", "bomb-threat", "suspicious-person"}),
    frozenset({"suspicious-item", "lost-property"}),
    frozenset({"theft", "lost-property"}),
    frozenset({"fraud", "dispute"}),
    frozenset({"fire", "medical"}),
)
"""Types that people use for one event, or that one event brings with it; ours, from the type table."""

SEPARATE: Final = frozenset(
    {
        "system",
        "test",
        "lost-property",
        "fraud",
        "assistance",
        "missing-person",
        "facility-fault",
        "traffic-obstruction",
        "theft",
    }
)
"""Types that are a matter of their own: with anything not of their kin they are incompatible; ours."""

SMOKE_AND_HEAT: Final = frozenset({"fire", "facility-fault"})
"""Smoke or heat reported as a fault is worth a fire's attention."""


@dataclass(frozen=True, slots=True)
class Steps:
    """Points by how far apart two things are: `(limit, points)` in rising order, both ends included."""

    steps: tuple[tuple[float, int], ...]

    def points(self, apart: float) -> int:
        """The points of the first limit that `apart` does not pass; 0 beyond the last."""
        return next((points for limit, points in self.steps if apart <= limit), 0)


@dataclass(frozen=True, slots=True)
class Rules:
    """Weights in points, windows in minutes, distances in metres, and what the site says of its places.

    `within` leads from a place to the larger one it lies in, `located` to its latitude and longitude in
    degrees; a place in `institutions` is one address with many patients, where place tells nothing.
    """

    propose_at: int = 60
    auto_link_at: int = 85
    same_zone: int = 90
    same_zone_restored: int = 65
    other_zone: int = 60
    same_radio: int = 50
    same_place: int = 40
    same_type: int = 20
    kin_type: int = 15
    other_matter: int = -40
    shared_words: int = 20
    contradicting_words: int = -30
    source_window: float = 10
    """Minutes within which another zone, the same radio, or another kind of source counts."""
    flood_window: float = 30
    """Minutes after its first in which the same signal of the same source joins its row; ours."""
    closed_window: float = 30
    """Minutes after its end in which an incident is proposed all the same (domain page, section 8)."""
    minutes: Steps = Steps(((5, 20), (10, 15), (30, 5)))
    metres: Steps = Steps(((80, 40), (150, 25), (300, 10)))
    kin: tuple[frozenset[str], ...] = KIN
    separate: frozenset[str] = SEPARATE
    within: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    located: Mapping[str, tuple[float, float]] = field(default_factory=lambda: MappingProxyType({}))
    institutions: frozenset[str] = frozenset()

    def are_kin(self, one: str, other: str) -> bool:
        """Whether two different types may name one event."""
        return any(one in family and other in family for family in self.kin)

    def whole(self, place: str) -> str:
        """The largest place this one lies in; itself when it lies in none."""
        seen = {place}
        while (outer := self.within.get(place)) is not None and outer not in seen:
            seen.add(outer)
            place = outer
        return place

    def is_institution(self, place: str | None) -> bool:
        """Whether a place, or one it lies in, holds many patients under one address."""
        return place is not None and bool({place, self.whole(place)} & self.institutions)
