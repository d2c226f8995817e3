"""The site: who works there, which places it has, what is told apart, which panels it hears.

`site_file.py` says how the TOML file is written; here is what the rest of the centre asks of it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar
from zoneinfo import ZoneInfo

from bus.errors import SettingsError
from bus.settings_file import parse_toml, read_toml
from intake.agencies.jurisdiction import Jurisdiction
from intake.correlation.rules import Rules
from intake.errors import SiteError
from intake.patrol.objects import LinePlan, PointPlan
from intake.recommendation.rules import Advising, Costs
from intake.site_file import ExampleTable, PlaceFamilyTable, SiteFile, TypeTable
from intake.timers.ladders import Ladders

V = TypeVar("V")

INNER_MINUTES = 1.0
"""From a place to the larger one it lies in."""

Names = Mapping[str, str]
"""Language ("en", "zh") to one name."""

Sayings = Mapping[str, tuple[str, ...]]
"""Language to every way people say it, the usual one first."""


@dataclass(frozen=True, slots=True)
class Named:
    """An agency or a team."""

    id: str
    name: Names


@dataclass(frozen=True, slots=True)
class SiteUnit:
    """One unit; `family` and `n` are its call sign, `radio` the first of `radios`, the ids of its sets."""

    id: str
    family: Names
    n: int
    team: str
    agency: str
    radio: str
    skills: tuple[str, ...]
    radios: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """One place; `family` and `n` tell a numbered one ("gate-{n}", 4), else None.

    `within` is the larger place it lies in, `at` latitude and longitude in degrees.
    """

    id: str
    owner: str
    say: Sayings
    family: str | None = None
    n: int | None = None
    within: str | None = None
    at: tuple[float, float] | None = None
    institution: bool = False


@dataclass(frozen=True, slots=True)
class IncidentType:
    """What an alarm can be; priority 0 (drop everything) to 4 (when convenient)."""

    id: str
    priority: int
    category: str
    name: Names
    say: Sayings = field(default_factory=dict)
    """What people say when it happens, by language; the vocabulary's own words are not repeated here."""


@dataclass(frozen=True, slots=True)
class Panel:
    """An alarm panel's account: the place it guards, and what each zone is."""

    account: str
    place: str
    zones: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Site:
    """Everything the centre knows about its site; immutable."""

    id: str
    name: Names
    languages: tuple[str, ...]
    centre: Sayings
    everyone: Sayings
    agencies: Mapping[str, Named]
    teams: Mapping[str, Named]
    skills: Mapping[str, Named]
    units: Mapping[str, SiteUnit]
    places: Mapping[str, Place]
    place_families: tuple[PlaceFamilyTable, ...]
    types: Mapping[str, IncidentType]
    panels: Mapping[str, Panel]
    correlation: Rules = field(default_factory=Rules)
    ladders: Ladders = field(default_factory=Ladders)
    advising: Advising = field(default_factory=Advising)
    jurisdiction: Jurisdiction = field(default_factory=Jurisdiction)
    examples: tuple[ExampleTable, ...] = ()
    zone: tzinfo = UTC
    points: Mapping[str, PointPlan] = field(default_factory=dict)
    lines: Mapping[str, LinePlan] = field(default_factory=dict)
    line_names: Mapping[str, Names] = field(default_factory=dict)
    exercise: bool = False

    @classmethod
    def from_toml(cls, text: str, *, name: str = "site") -> "Site":
        """Raises SiteError with one sentence; `name` stands for the file in it."""
        try:
            return _build(parse_toml(text, SiteFile, name=name))
        except SettingsError as error:
            raise SiteError(str(error)) from None

    def unit_name(self, unit: str, lang: str) -> str:
        """The spoken name, "patrol 1" or "巡逻1"; an unknown id is returned as it is."""
        found = self.units.get(unit)
        if found is None:
            return unit
        return f"{found.family[lang]}{'' if lang == 'zh' else ' '}{found.n}"

    def place_name(self, place: str, lang: str) -> str:
        """The usual spoken name; an unknown id is returned as it is."""
        found = self.places.get(place)
        return found.say[lang][0] if found else place

    def type_name(self, kind: str, lang: str) -> str:
        """The type's name; an unknown id is returned as it is."""
        found = self.types.get(kind)
        return found.name[lang] if found else kind

    def category(self, kind: str) -> str:
        """The class a type belongs to; an unknown id is returned as it is."""
        found = self.types.get(kind)
        return found.category if found else kind


def load_site(path: Path) -> Site:
    """The site described by the TOML file at `path`. Raises SiteError with one sentence."""
    try:
        return _build(read_toml(path, SiteFile))
    except SettingsError as error:
        raise SiteError(str(error)) from None


def example_site_path() -> Path:
    """The example site installed with tongpin."""
    return Path(str(resources.files("intake") / "sites" / "yiwu.toml"))


def _build(file: SiteFile) -> Site:
    return Site(
        id=file.site.id,
        name=file.site.name.by_language(),
        languages=file.site.languages,
        centre=file.site.centre.by_language(),
        everyone=file.site.everyone.by_language(),
        agencies=_frozen({key: Named(key, table.name.by_language()) for key, table in file.agency.items()}),
        teams=_frozen({key: Named(key, table.name.by_language()) for key, table in file.team.items()}),
        skills=_frozen({key: Named(key, table.name.by_language()) for key, table in file.skill.items()}),
        units=_frozen({unit.id: unit for unit in _units(file)}),
        places=_frozen({place.id: place for place in _places(file)}),
        place_families=file.place_family,
        types=_frozen({key: _incident_type(key, file) for key in file.type}),
        panels=_frozen(
            {one.account: Panel(one.account, one.place, _frozen(one.zones)) for one in file.panel}
        ),
        correlation=_correlation(file),
        ladders=file.timers.ladders(),
        advising=_advising(file),
        jurisdiction=_jurisdiction(file),
        examples=file.example,
        zone=ZoneInfo(file.site.timezone),
        points=_frozen(
            {one.place: PointPlan(one.place, one.at_least, one.hours[0], one.hours[1]) for one in file.point}
        ),
        lines=_frozen({one.id: LinePlan(one.id, one.points, one.minutes) for one in file.patrol_line}),
        line_names=_frozen({one.id: one.name.by_language() for one in file.patrol_line}),
        exercise=file.site.exercise,
    )


def _units(file: SiteFile) -> Iterator[SiteUnit]:
    for family in file.unit:
        for one in family.members:
            yield SiteUnit(
                id=one.id,
                family=family.family.by_language(),
                n=one.n,
                team=one.team,
                agency=one.agency,
                radio=one.radio[0],
                skills=one.skills,
                radios=one.radio,
            )


def _places(file: SiteFile) -> Iterator[Place]:
    for place in file.place:
        yield Place(
            place.id,
            place.owner,
            place.say.by_language(),
            within=place.within,
            at=place.at,
            institution=place.institution,
        )
    for family in file.place_family:
        low, high = family.range
        yield from (_numbered(family, n) for n in range(low, high + 1))


def _numbered(family: PlaceFamilyTable, n: int) -> Place:
    say = {
        lang: tuple(word.replace("{n}", str(n)) for word in words)
        for lang, words in family.say.by_language().items()
    }
    return Place(family.id.replace("{n}", str(n)), family.owner, say, family.id, n, family.within)


def _incident_type(key: str, file: SiteFile) -> IncidentType:
    table = file.type[key]
    names = {"en": table.en, "zh": table.zh}
    return IncidentType(key, table.priority, table.category, names, _say(table))


def _say(table: TypeTable) -> Sayings:
    return _frozen({str(lang): phrases for lang, phrases in table.say.items()})


def _correlation(file: SiteFile) -> Rules:
    """The site's own weights, and what its places say of one another."""
    places = {place.id: place for place in _places(file)}
    return Rules(
        **file.correlation.model_dump(exclude_none=True),
        within=_frozen({id_: one.within for id_, one in places.items() if one.within}),
        located=_frozen({id_: one.at for id_, one in places.items() if one.at}),
        institutions=frozenset(id_ for id_, one in places.items() if one.institution),
    )


def _advising(file: SiteFile) -> Advising:
    """Who goes to what; a place lies a minute from the larger one it is in."""
    table, places = file.recommend, tuple(_places(file))
    inner = tuple((one.id, one.within, INNER_MINUTES) for one in places if one.within)
    return Advising(
        costs=Costs(**table.costs.model_dump(exclude_none=True)),
        teams=_frozen(table.teams),
        response=table.response,
        skills=_frozen(table.skills),
        mandatory=_frozen(table.mandatory),
        ways=inner + tuple((*way.places, way.minutes) for way in file.way),
        located=_frozen({one.id: one.at for one in places if one.at}),
        old_after=table.old_after,
    )


def _jurisdiction(file: SiteFile) -> Jurisdiction:
    """Whose matter something is; of the place, where no rule says otherwise."""
    return Jurisdiction(
        agencies=frozenset(file.agency),
        owners=_frozen({one.id: one.owner for one in _places(file)}),
        rules=tuple(one.rule() for one in file.jurisdiction),
    )


def _frozen(items: dict[str, V]) -> Mapping[str, V]:
    return MappingProxyType(items)
