"""What is simulated: calls, rooms with desks and units, and everything that is assumed."""

from collections.abc import Mapping
from dataclasses import dataclass

from intake.site import Site


@dataclass(frozen=True, slots=True)
class Call:
    """One call: `at` in seconds, `owner` the agency on whose ground it is, priority 0 (first) to 4."""

    at: float
    owner: str
    priority: int


@dataclass(frozen=True, slots=True)
class Room:
    """Who answers together: the desks, and the units they may send, each with its agency."""

    name: str
    desks: int
    units: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Organisation:
    """All rooms, and which one a call belongs to by the agency that owns its ground."""

    name: str
    rooms: Mapping[str, Room]
    room_of: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Assumptions:
    """Medians in seconds, ours, to be set from the site's own report; each varies around its median.

    `misdialled` of the calls (0..1) reach another room first, where there is one, and are passed on. `spread`
    is the standard deviation of the logarithm of every duration.
    """

    desks: int = 2
    misdialled: float = 0.2
    talk_s: float = 60
    pass_on_s: float = 45
    travel_own_s: float = 240
    travel_across_s: float = 360
    scene_s: float = 1200
    spread: float = 0.5


def separate(site: Site, desks: int) -> Organisation:
    """A room an agency, a boundary between them: each sends its own units alone; the desks are shared out."""
    names = tuple(site.agencies)
    rooms = {
        name: Room(name, max(1, (desks + len(names) - 1 - n) // len(names)), _units(site, name))
        for n, name in enumerate(names)
    }
    return Organisation("separate", rooms, {name: name for name in names})


def joint(site: Site, desks: int) -> Organisation:
    """One centre with all teams and as many desks as the separate rooms have together."""
    total = sum(room.desks for room in separate(site, desks).rooms.values())
    room = Room("centre", total, _units(site))
    return Organisation("joint", {room.name: room}, dict.fromkeys(site.agencies, room.name))


def _units(site: Site, agency: str | None = None) -> dict[str, str]:
    units = site.units.values()
    return {unit.id: unit.agency for unit in units if agency in {None, unit.agency}}
