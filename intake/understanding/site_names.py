"""A site's names made ready to be found in normal text of one language."""

import re
from dataclasses import dataclass

from intake.site import Site
from intake.understanding.callsigns_by_sound import SpokenSigns
from intake.understanding.families import Family
from intake.understanding.model import Lang
from intake.understanding.openings_by_sound import SpokenOpenings
from intake.understanding.patterns import Grammar

_NUMBERED = re.compile(r"^号(?=..)")
"""Between a number and its place it may be left out, but not where that is a time of day: 五号点, 五点."""


@dataclass(frozen=True, slots=True)
class SiteNames:
    """`places`: normal name to id, the longest first; `heads`: last words that name one family."""

    units: tuple[Family, ...]
    signs: SpokenSigns
    openings: SpokenOpenings
    radios: dict[str, str]
    places: dict[str, str]
    longest_place: int
    """Words of the longest of them."""
    numbered: tuple[Family, ...]
    heads: dict[str, Family]
    centre: re.Pattern[str]
    centre_says: tuple[str, ...]
    everyone: re.Pattern[str]

    @classmethod
    def build(cls, site: Site, lang: Lang, grammar: Grammar, everyone: tuple[str, ...]) -> "SiteNames":
        """Everything `site` calls by name in `lang`, with the vocabulary's words for everybody."""
        numbered = _place_families(site, lang)
        units = _unit_families(site, lang)
        places = _single_places(site, lang)
        return cls(
            units=units,
            signs=SpokenSigns.of(units if lang == "en" else ()),
            openings=SpokenOpenings.of(units if lang == "en" else (), site.centre[lang]),
            radios={radio: unit.id for unit in site.units.values() for radio in unit.radios},
            places=places,
            longest_place=max((len(name.split()) for name in places), default=0),
            numbered=numbered,
            heads=_heads(numbered),
            centre=grammar.compile(site.centre[lang], "(?:{})+"),
            centre_says=tuple(say.lower() for say in site.centre[lang]),
            everyone=grammar.compile((*site.everyone[lang], *everyone)),
        )


def _unit_families(site: Site, lang: Lang) -> tuple[Family, ...]:
    families: dict[str, dict[int, str]] = {}
    for unit in site.units.values():
        families.setdefault(unit.family[lang].lower(), {})[unit.n] = unit.id
    return tuple(Family(name, "", ids) for name, ids in families.items())


def _single_places(site: Site, lang: Lang) -> dict[str, str]:
    single = {
        say.lower(): place.id
        for place in site.places.values()
        if place.family is None
        for say in place.say[lang]
    }
    return dict(sorted(single.items(), key=lambda item: -len(item[0])))


def _place_families(site: Site, lang: Lang) -> tuple[Family, ...]:
    found = []
    for table in site.place_families:
        low, high = table.range
        ids = {n: table.id.replace("{n}", str(n)) for n in range(low, high + 1)}
        for say in table.say.by_language()[lang]:
            before, after = say.lower().split("{n}")
            found.append(Family(before.strip(), _NUMBERED.sub("", after.strip()), ids))
    return tuple(sorted(found, key=lambda family: -len(family.before + family.after)))


def _heads(numbered: tuple[Family, ...]) -> dict[str, Family]:
    """`window` of "ticket window {n}", where no other numbered place ends so."""
    heads: dict[str, Family] = {}
    shared = set()
    for family in numbered:
        head = family.before.rpartition(" ")[2]
        if head in heads and heads[head].ids != family.ids:
            shared.add(head)
        heads.setdefault(head, family)
    return {head: family for head, family in heads.items() if head and head not in shared}
