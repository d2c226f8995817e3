"""Ranks every unit for one scene: whom to send, why, and why not the others. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from intake.agencies.authority import Matter, grants_for
from intake.dispatch.objects import Assignment, AssignmentState, Overlay, Unit, UnitState
from intake.dispatch.queries import assignments_of, unfinished_of_unit
from intake.dispatch.state import State
from intake.recommendation.rules import DIVERT_BELOW, FLAT_PRIORITY, LADDER_PRIORITY, Advising
from intake.recommendation.travel import as_the_crow_flies, minutes_to

_AWAY = frozenset({UnitState.OFF_DUTY, UnitState.OUT_OF_SERVICE, UnitState.BUSY})


@dataclass(frozen=True, slots=True)
class Scene:
    """What is to be gone to; `incident` is its id once it has one, `agency` whose matter it is.

    `asker` is the agency whose desk asks; the joint centre is of none and orders every unit.
    """

    type: str | None
    place: str | None
    priority: int
    incident: str | None = None
    agency: str | None = None
    asker: str | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for or against a unit, and its points; `value` is a minute count, a skill, a place."""

    code: str
    points: float = 0.0
    value: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """Why a unit is not proposed; `value` is a state, a skill, an agency or an incident's number."""

    code: Literal[
        "state", "no-contact", "emergency", "here", "reserved", "on-scene", "committed", "skill", "no-grant"
    ]
    value: str = ""


@dataclass(frozen=True, slots=True)
class Advice:
    """What speaks for one unit. Without a bar it may be sent: as `how` says, when it has another order."""

    unit: str
    minutes: float | None
    """To the scene, None where nobody knows where it is or how far that is."""
    reasons: tuple[Reason, ...]
    bar: Bar | None = None
    how: Literal["divert"] | None = None
    rung: int = 0
    """Priority 1 asks in order: 0 the home team, 1 the response team, 2 anybody else."""

    @property
    def points(self) -> float:
        """Fewest goes first."""
        return sum(reason.points for reason in self.reasons)


def advise(state: State, scene: Scene, now: datetime) -> tuple[Advice, ...]:
    """Return every unit, best first, those with a bar last."""
    minutes = minutes_to(scene.place, state.policy.advising.ways) if scene.place else {}
    found = [_of_unit(state, unit, scene, minutes, now) for unit in state.units.values()]
    return tuple(sorted(found, key=_rank))


def _rank(one: Advice) -> tuple[bool, int, bool, float, str]:
    return one.bar is not None, one.rung, one.minutes is None, one.points, one.unit


def _of_unit(state: State, unit: Unit, scene: Scene, minutes: Mapping[str, float], now: datetime) -> Advice:
    rules = state.policy.advising
    away = minutes.get(unit.place or "")
    if away is None:
        away = as_the_crow_flies(unit.place, scene.place, rules.located)
    orders = [one for one in unfinished_of_unit(state, unit.id) if one.incident != scene.incident]
    bar = _bar(state, unit, scene, orders) or _ungranted(state, unit, scene, now)
    return Advice(
        unit.id,
        away,
        tuple(_reasons(state, unit, scene, away, orders, now)),
        bar,
        "divert" if orders and bar is None else None,
        _rung(unit, scene, rules),
    )


def _rung(unit: Unit, scene: Scene, rules: Advising) -> int:
    if scene.priority != LADDER_PRIORITY:
        return 0
    if unit.team in rules.teams.get(scene.type or "", (unit.team,)):
        return 0
    return 1 if unit.team in rules.response else 2


def _bar(state: State, unit: Unit, scene: Scene, orders: list[Assignment]) -> Bar | None:
    """The first thing that keeps the unit from being proposed."""
    if Overlay.EMERGENCY in unit.overlays:
        return Bar("emergency")
    if Overlay.NO_CONTACT in unit.overlays:
        return Bar("no-contact")
    if unit.state in _AWAY:
        return Bar("state", unit.state)
    if scene.incident and any(
        one.unit == unit.id and one.is_unfinished for one in assignments_of(state, scene.incident)
    ):
        return Bar("here")
    missing = [skill for skill in _mandatory(state, scene) if skill not in unit.card.skills]
    if missing:
        return Bar("skill", missing[0])
    return next((bar for one in orders if (bar := _committed(state, one, scene))), None)


def _ungranted(state: State, unit: Unit, scene: Scene, now: datetime) -> Bar | None:
    """Another agency's unit that no grant lets the asker send; priority 0 knows no agencies."""
    giver, taker = unit.card.agency, scene.asker
    if taker in (None, giver) or scene.priority == FLAT_PRIORITY:
        return None
    matter = Matter(scene.type, scene.place, scene.incident)
    granted = any(True for _ in grants_for(state, giver, taker or "", matter, now))
    return None if granted else Bar("no-grant", giver)


def _mandatory(state: State, scene: Scene) -> tuple[str, ...]:
    return state.policy.advising.mandatory.get(scene.type or "", ())


def _committed(state: State, order: Assignment, scene: Scene) -> Bar | None:
    """None where the unit may be diverted from the order."""
    there = state.incidents[order.incident]
    if order.state is AssignmentState.RESERVED:
        return Bar("reserved", str(there.no))
    if order.state is AssignmentState.ONSCENE:
        return Bar("on-scene", str(there.no))
    if there.priority - scene.priority < DIVERT_BELOW:
        return Bar("committed", str(there.no))
    return None


def _reasons(
    state: State,
    unit: Unit,
    scene: Scene,
    away: float | None,
    orders: list[Assignment],
    now: datetime,
) -> Iterator[Reason]:
    rules = state.policy.advising
    costs = rules.costs
    if away is not None:
        yield Reason("minutes", away * costs.minute, f"{away:.0f}")
    else:
        yield Reason("no-position" if unit.place is None else "no-way", 0, unit.place or "")
    for order in orders:
        yield Reason("order", costs.order, str(state.incidents[order.incident].no))
    yield from _belongs(unit, scene, rules)
    yield from _skills(unit, scene, rules)
    yield from _heard(unit, rules, now)
    if _own_team_is_there(state, unit, scene):
        yield Reason("with-own-team", costs.with_own_team)


def _belongs(unit: Unit, scene: Scene, rules: Advising) -> Iterator[Reason]:
    """Team and agency; the closest unit goes to priority 0, whoever's it is."""
    flat = scene.priority == FLAT_PRIORITY
    home = rules.teams.get(scene.type or "")
    if home and unit.team in home:
        yield Reason("home-team", 0, unit.team)
    elif home:
        yield Reason("other-team", 0 if flat else rules.costs.other_team, unit.team)
    if scene.agency and unit.card.agency != scene.agency:
        yield Reason("other-agency", 0 if flat else rules.costs.other_agency, unit.card.agency)


def _skills(unit: Unit, scene: Scene, rules: Advising) -> Iterator[Reason]:
    for skill in rules.skills.get(scene.type or "", ()):
        has = skill in unit.card.skills
        yield Reason("skill" if has else "without-skill", 0 if has else rules.costs.without_skill, skill)


def _heard(unit: Unit, rules: Advising, now: datetime) -> Iterator[Reason]:
    """How old the position is: a place spoken an hour ago says little."""
    if unit.place is None or unit.place_at is None:
        return
    minutes = (now - unit.place_at).total_seconds() / 60
    old = minutes > rules.old_after
    yield Reason(
        "old-position" if old else "position", rules.costs.old_position if old else 0, f"{minutes:.0f}"
    )


def _own_team_is_there(state: State, unit: Unit, scene: Scene) -> bool:
    if scene.incident is None:
        return False
    return any(
        one.is_live and one.unit != unit.id and state.units[one.unit].team == unit.team
        for one in assignments_of(state, scene.incident)
    )
