"""How long things may take: each timer's rungs in seconds after its start, and a site's own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

Rungs = tuple[float, ...]
"""Seconds after the start, rising; none: this timer is switched off."""

DEFAULTS: Mapping[str, Rungs] = MappingProxyType(
    {
        # NENA-STA-020.1 (90 % in 15 s, 95 % in 20 s), NFPA 1221-2002 (99 % in 40 s).
        "answer": (15, 20, 40),
        # NFPA 1221 (90 % in 60 s, 95 % in 106 s); twice as soon for priority 0.
        "decide": (60, 106),
        "decide_priority_0": (30, 106),
        # The first bucket in which Chinese 110 desks count an order as signed for, then its multiples.
        "sign": (30, 60, 120, 180),
        # The Ganxian 110 rule: five minutes near the station, ten further out.
        "arrival": (300, 420, 540),
        "arrival_outer": (600, 720, 840),
        # Radio practice: a check after 3, 5 and 10 minutes without a word.
        "scene": (180, 300, 600),
        # The 20 minutes of TicketsCAD's PAR check, and a call when nothing came of it.
        "contact": (1200, 1500),
        # Buckets of the Ankang 110 desk.
        "feedback": (1800, 14400),
        # When the caller of a held incident is told that it takes longer (Winston-Salem).
        "caller": (2700,),
        # Ours: a desk that has signed names a unit, an agency answers an offer, within a minute.
        "delegate": (60,),
        "offer": (60,),
        # A held incident's start is its review itself.
        "review": (0,),
    }
)


@dataclass(frozen=True, slots=True)
class Ladders:
    """The site's rungs: what is not named keeps its default; a type's own come before a team's.

    `outer` are the places further out; `checked` the incident types whose units are asked how they are.
    """

    own: Mapping[str, Rungs] = field(default_factory=dict)
    by_type: Mapping[str, Mapping[str, Rungs]] = field(default_factory=dict)
    by_team: Mapping[str, Mapping[str, Rungs]] = field(default_factory=dict)
    outer: frozenset[str] = frozenset()
    checked: frozenset[str] = frozenset({"weapon", "hold-up", "robbery", "bomb-threat", "officer-emergency"})

    def of(self, name: str, *, type_: str | None = None, team: str | None = None) -> Rungs:
        """Return the rungs of a timer for something of this type and team."""
        for table in (self.by_type.get(type_ or "", {}), self.by_team.get(team or "", {}), self.own):
            if name in table:
                return table[name]
        return DEFAULTS[name]
