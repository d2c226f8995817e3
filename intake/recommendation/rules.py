"""What a site says of whom to send, and what each reason costs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

Way = tuple[str, str, float]
"""Two places and the minutes between them on foot or wheel, the same both ways."""

FLAT_PRIORITY: Final = 0
"""Here the closest unit goes, whoever's it is (domain page, recommendation)."""

LADDER_PRIORITY: Final = 1
"""Here the home team is asked first, then the response team, then the closest."""

DIVERT_BELOW: Final = 2
"""A unit leaves only what is at least so many priorities less urgent, and never a scene."""


@dataclass(frozen=True, slots=True)
class Costs:
    """Points for each reason against a unit; fewest goes first. A minute of travel is one point."""

    minute: float = 1
    order: float = 3
    """For each order the unit has already."""
    other_team: float = 2
    other_agency: float = 3
    without_skill: float = 5
    old_position: float = 2
    with_own_team: float = -1


@dataclass(frozen=True, slots=True)
class Advising:
    """A site's own words: types to teams and skills, ways between places."""

    costs: Costs = field(default_factory=Costs)
    teams: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Type to its home teams; a type left out is anybody's."""
    response: tuple[str, ...] = ()
    """Teams that go to whatever is urgent."""
    skills: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Type to what helps with it."""
    mandatory: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Type to what nobody may be sent without."""
    ways: tuple[Way, ...] = ()
    located: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    """Place to latitude and longitude, degrees."""
    old_after: float = 15
    """Minutes after which a position says little."""
