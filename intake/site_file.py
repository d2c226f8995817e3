"""How a site file is written: strict tables, one class each, checked against one another.

Ids are free words of the site's own; names are given in English and Chinese because people may
call, and read the screen, in either.
"""

from collections.abc import Iterable, Iterator
from datetime import time
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from bus.settings_file import nearest
from intake.agencies.site_tables import JurisdictionTable
from intake.recommendation.site_tables import RecommendTable, WayTable
from intake.timers.site_tables import TimersTable

Lang = Literal["en", "zh"]
Word = Annotated[str, Field(min_length=1)]
Words = Annotated[tuple[Word, ...], Field(min_length=1)]
Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]
Points = Annotated[int, Field(ge=-200, le=200)]
Minutes = Annotated[float, Field(gt=0, le=24 * 60)]


def _timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError(f'"{name}" is no time zone; write it like Asia/Shanghai') from None
    return name


def _one_or_many(value: object) -> object:
    return (value,) if isinstance(value, str) else value


class Table(BaseModel):
    """A table of the file: unknown keys are refused, nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class NameTable(Table):
    """One name in each language."""

    en: Word
    zh: Word

    def by_language(self) -> dict[str, str]:
        """Language to name."""
        return {"en": self.en, "zh": self.zh}


class SayTable(Table):
    """Every way people say it in each language, the usual one first."""

    en: Words
    zh: Words

    def by_language(self) -> dict[str, tuple[str, ...]]:
        """Language to the ways of saying it."""
        return {"en": self.en, "zh": self.zh}


class SiteTable(Table):
    """`[site]`: what the site is called and how its centre is hailed."""

    id: Word
    name: NameTable
    languages: Annotated[tuple[Lang, ...], Field(min_length=1)]
    centre: SayTable
    everyone: SayTable
    timezone: Annotated[str, AfterValidator(_timezone)] = "UTC"
    """Where its days begin: of incident numbers, and of patrols' hours; `Asia/Shanghai`."""
    exercise: bool = False
    """A sandbox: every alarm and incident of it is marked as an exercise, whoever reports it."""


class NamedTable(Table):
    """`[agency.x]`, `[team.x]`, `[skill.x]`."""

    name: NameTable


class MemberTable(Table):
    """One unit of a family: its call sign is the family's name and `n`."""

    id: Word
    n: Annotated[int, Field(ge=0, le=9999)]
    team: Word
    agency: Word
    radio: Annotated[Words, BeforeValidator(_one_or_many)]
    """Ids its sets send: one, or a list; `mdc1200:1a2b` names the signalling, `1001` means any."""
    skills: tuple[Word, ...] = ()


class UnitFamilyTable(Table):
    """`[[unit]]`: a family of call signs."""

    family: NameTable
    members: Annotated[tuple[MemberTable, ...], Field(min_length=1)]


class PlaceTable(Table):
    """`[[place]]`: one place; `owner` is the agency whose ground it is."""

    id: Word
    owner: Word
    say: SayTable
    within: Word | None = None
    """The larger place it lies in: reports from both are of one place."""
    at: tuple[Latitude, Longitude] | None = None
    """In degrees; tells how far apart two places are."""
    institution: bool = False
    """One address, many patients (a clinic, a home): two reports from there are not of one event for it."""


class PlaceFamilyTable(Table):
    """`[[place_family]]`: numbered places; `{n}` in id and names stands for the number."""

    id: Annotated[str, Field(pattern=r"\{n\}")]
    range: tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(le=9999)]]
    owner: Word
    say: SayTable
    within: Word | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.range[0] > self.range[1]:
            raise ValueError(
                f"the range {list(self.range)} of {self.id} runs backwards; write the lower first."
            )
        for say in (*self.say.en, *self.say.zh):
            if "{n}" not in say:
                raise ValueError(f'"{say}" of {self.id} has no {{n}} for the number; please add it.')
        return self


class TypeTable(Table):
    """`[type]`: an incident type. Priority 0 = drop everything … 4 = when convenient."""

    priority: Annotated[int, Field(ge=0, le=4)]
    category: Word
    en: Word
    zh: Word
    say: dict[Lang, tuple[Word, ...]] = {}
    """What people say when it happens, as phrases of the vocabulary; added to what tongpin knows of it."""


class ExampleTable(Table):
    """`[[example]]`: a sentence of the site's own and what it must mean; only what is given is compared.

    `changes = true` says that the sentence must move its units, `none` lists fields that must be empty.
    """

    text: Word
    lang: Lang | None = None
    intent: Word | None = None
    type: Word | None = None
    place: Word | None = None
    units: tuple[Word, ...] | None = None
    status: Word | None = None
    changes: bool | None = None
    none: tuple[Literal["type", "place", "units", "status"], ...] = ()


class PanelTable(Table):
    """`[[panel]]`: an account, where it is, and its zones by number as the panel sends it."""

    account: Word
    place: Word
    zones: dict[str, str] = {}


class PointTable(Table):
    """`[[point]]`: a place patrols must reach, so often in its hours of each day (local time, HH:MM)."""

    place: Word
    at_least: Annotated[int, Field(ge=1, le=48)] = 1
    hours: tuple[time, time] = (time(0), time(0))
    """From and until; until the earlier one: over midnight; both the same: the whole day."""


class PatrolLineTable(Table):
    """`[[patrol_line]]`: points one unit visits in this order, within `minutes`."""

    id: Word
    name: NameTable
    points: Annotated[tuple[Word, ...], Field(min_length=2)]
    minutes: Minutes


class CorrelationTable(Table):
    """`[correlation]`: when two reports are proposed as one event; points, and minutes.

    What is left out keeps the value of `intake.correlation.rules.Rules`, which says what each one means.
    """

    propose_at: Points | None = None
    auto_link_at: Points | None = None
    same_zone: Points | None = None
    same_zone_restored: Points | None = None
    other_zone: Points | None = None
    same_radio: Points | None = None
    same_place: Points | None = None
    same_type: Points | None = None
    kin_type: Points | None = None
    other_matter: Points | None = None
    shared_words: Points | None = None
    contradicting_words: Points | None = None
    source_window: Minutes | None = None
    flood_window: Minutes | None = None
    closed_window: Minutes | None = None
    kin: tuple[frozenset[Word], ...] | None = None
    """Groups of types that may name one event."""
    separate: frozenset[Word] | None = None
    """Types that are a matter of their own."""


class SiteFile(Table):
    """The whole file."""

    site: SiteTable
    agency: Annotated[dict[str, NamedTable], Field(min_length=1)]
    team: Annotated[dict[str, NamedTable], Field(min_length=1)]
    skill: dict[str, NamedTable] = {}
    unit: Annotated[tuple[UnitFamilyTable, ...], Field(min_length=1)]
    place: tuple[PlaceTable, ...] = ()
    place_family: tuple[PlaceFamilyTable, ...] = ()
    type: Annotated[dict[str, TypeTable], Field(min_length=1)]
    panel: tuple[PanelTable, ...] = ()
    point: tuple[PointTable, ...] = ()
    patrol_line: tuple[PatrolLineTable, ...] = ()
    correlation: CorrelationTable = CorrelationTable()
    timers: TimersTable = TimersTable()
    jurisdiction: tuple[JurisdictionTable, ...] = ()
    way: tuple[WayTable, ...] = ()
    recommend: RecommendTable = RecommendTable()
    example: tuple[ExampleTable, ...] = ()

    @model_validator(mode="after")
    def _check_references(self) -> Self:
        for member in self.members():
            _known(f"unit {member.id}", "team", member.team, self.team)
            _known(f"unit {member.id}", "agency", member.agency, self.agency)
        owners = [(one.id, one.owner) for one in self.place] + [
            (one.id, one.owner) for one in self.place_family
        ]
        for place, owner in owners:
            _known(f"place {place}", "agency", owner, self.agency)
        inner = [(one.id, one.within) for one in self.place] + [
            (one.id, one.within) for one in self.place_family
        ]
        for place, within in inner:
            if within is not None:
                _known(f"place {place}", "place", within, set(self.place_ids()))
        for panel in self.panel:
            _known(f"panel {panel.account}", "place", panel.place, set(self.place_ids()))
        self._check_patrols()
        self._check_timers()
        self._check_recommend()
        self._check_jurisdiction()
        _once("unit id", (member.id for member in self.members()))
        _once("radio number", (radio.lower() for member in self.members() for radio in member.radio))
        _once("place id", self.place_ids())
        _once("panel account", (panel.account for panel in self.panel))
        for number, example in enumerate(self.example, 1):
            self._check_example(f"example {number}", example)
        return self

    def _check_patrols(self) -> None:
        for point in self.point:
            _known("a point", "place", point.place, set(self.place_ids()))
        for line in self.patrol_line:
            for place in line.points:
                _known(f"patrol line {line.id}", "point", place, [one.place for one in self.point])
        _once("point", (point.place for point in self.point))
        _once("patrol line", (line.id for line in self.patrol_line))

    def _check_timers(self) -> None:
        for place in self.timers.outer:
            _known("timers.outer", "place", place, set(self.place_ids()))
        for type_ in (*self.timers.type, *(self.timers.checked or ())):
            _known("timers", "type", type_, self.type)
        for team in self.timers.team:
            _known("timers", "team", team, self.team)

    def _check_jurisdiction(self) -> None:
        for rule in self.jurisdiction:
            _known("jurisdiction", "agency", rule.agency, self.agency)
            for type_ in rule.types:
                _known("jurisdiction", "type", type_, self.type)
            for place in rule.places:
                _known("jurisdiction", "place", place, set(self.place_ids()))

    def _check_recommend(self) -> None:
        for way in self.way:
            for place in way.places:
                _known("a way", "place", place, set(self.place_ids()))
        table = self.recommend
        for type_ in (*table.teams, *table.skills, *table.mandatory):
            _known("recommend", "type", type_, self.type)
        for team in (*table.response, *(team for teams in table.teams.values() for team in teams)):
            _known("recommend", "team", team, self.team)
        skills = {skill for member in self.members() for skill in member.skills}
        for skill in self.skill:
            _known("[skill]", "skill", skill, skills)
        for wanted in (*table.skills.values(), *table.mandatory.values()):
            for skill in wanted:
                _known("recommend", "skill", skill, skills)

    def _check_example(self, who: str, example: ExampleTable) -> None:
        if example.type is not None:
            _known(who, "type", example.type, self.type)
        if example.place is not None:
            _known(who, "place", example.place, set(self.place_ids()))
        for unit in example.units or ():
            _known(who, "unit", unit, [member.id for member in self.members()])

    def members(self) -> Iterator[MemberTable]:
        """Every unit of every family."""
        return (member for family in self.unit for member in family.members)

    def place_ids(self) -> Iterator[str]:
        """Every place id, families written out."""
        yield from (place.id for place in self.place)
        for family in self.place_family:
            low, high = family.range
            yield from (family.id.replace("{n}", str(n)) for n in range(low, high + 1))


def _known(who: str, what: str, name: str, known: Iterable[str]) -> None:
    names = list(known)
    if name not in names:
        raise ValueError(f'{who} names the {what} "{name}", which is not in the file.{nearest(name, names)}')


def _once(what: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            raise ValueError(f'the {what} "{one}" is given twice; each must be its own.')
        seen.add(one)
