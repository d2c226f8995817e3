"""What the screen is drawn from: the board, the moment, the language and who looks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bus.messages.base import Exercise
from bus.messages.board import AssignmentRow, IncidentRow, LiveText
from bus.messages.status import CentreStatus, ChannelState, GatewayHealth
from tui.advice import Advice
from tui.ages import seconds_since
from tui.mirror import Mirror
from tui.words import Words

LIVE_ASSIGNMENTS = ("RESERVED", "DISPATCHED", "SIGNED", "ENROUTE", "ONSCENE")
"""Assignment states in the order a unit passes them; what is not here has ended."""


@dataclass(frozen=True)
class Sight:
    """One look at the board."""

    mirror: Mirror
    now: datetime
    """The centre's clock."""
    words: Words
    me: str
    """The operator's login."""
    channels: Mapping[str, ChannelState] = field(default_factory=dict)
    live: Mapping[str, LiveText] = field(default_factory=dict)
    """Words so far of each over still running, by channel."""
    health: Mapping[str, GatewayHealth] = field(default_factory=dict)
    """What each box last told of its health."""
    health_at: Mapping[str, datetime] = field(default_factory=dict)
    """When that came, by the centre's clock; the box's own may be wrong."""
    centre: CentreStatus | None = None
    """How the centre last said it is."""
    view: str | None = None
    """The agency whose matters are shown; None: everybody's."""
    advice: Advice | None = None
    """Whom the centre proposes to send, for the row it was asked about last."""

    def age(self, at: datetime) -> float:
        """Seconds since `at`."""
        return seconds_since(at, self.now)

    def place(self, place: str | None) -> str:
        """A place's name in the operator's language, its id when it has none."""
        return self._named(self.mirror.names.places, place)

    def type(self, kind: str) -> str:
        """An incident type's name."""
        return self._named(self.mirror.names.types, kind)

    def short_type(self, kind: str) -> str:
        """Its first name, for a column: `theft` of `theft or pickpocket`."""
        return self.type(kind).partition(" or ")[0]

    def marked_type(self, kind: str, exercise: Exercise) -> str:
        """For a column, with a mark before what is no real work."""
        short = self.short_type(kind)
        return short if exercise == "actual" else f"{self.words(f'exercise.{exercise}')} {short}"

    def matter(self, kind: str, place: str | None) -> str:
        """`theft, waiting hall A`, as far as it is known."""
        if kind and place:
            return self.words("say.alarm", type=self.type(kind), place=self.place(place))
        known = self.type(kind) if kind else self.words("say.unknown_type")
        return self.place(place) if place else known

    def unit(self, unit: str) -> str:
        """A unit's call sign."""
        return self._named(self.mirror.names.units, unit)

    def team(self, team: str) -> str:
        """A team's name."""
        return self._named(self.mirror.names.teams, team)

    def skill(self, skill: str) -> str:
        """A skill's name."""
        return self._named(self.mirror.names.skills, skill)

    def agency(self, agency: str) -> str:
        """An agency's name."""
        return self._named(self.mirror.names.agencies, agency)

    def line(self, line: str) -> str:
        """A patrol line's name."""
        return self._named(self.mirror.names.lines, line)

    def number(self, incident: str | None) -> str:
        """The number people say for an incident, `-` when there is none."""
        key = incident or ""
        row = self.mirror.incidents.get(key) or self.mirror.left.get(key)
        if row is not None:
            return number_of(row)
        merged = (one.merged[key] for one in self.mirror.incidents.values() if key in one.merged)
        return str(next(merged, "-"))

    def coded(self, kind: str, code: str) -> str:
        """A code of this kind (`outcome`, `qualifier`, `dismiss`) in words; what people wrote, as it is."""
        key = f"{kind}.{code}"
        return self.words(key) if key in self.words else code

    def said(self, en: str, zh: str) -> str:
        """Words that may be known in both languages: in the operator's, where they are."""
        return zh if self.words.language == "zh" and zh else en

    def assignments(self, incident: str) -> list[AssignmentRow]:
        """Those of one incident, the ones still running first, in the order they were ordered."""
        rows = [row for row in self.mirror.assignments.values() if row.incident == incident]
        return sorted(
            rows,
            key=lambda row: (row.state not in LIVE_ASSIGNMENTS, *sorted(row.stamps.values())[:1], row.unit),
        )

    def _named(self, names: Mapping[str, Mapping[str, str]], key: str | None) -> str:
        if not key:
            return "-"
        called = names.get(key, {})
        return called.get(self.words.language) or called.get("en") or key


def number_of(row: IncidentRow) -> str:
    """What people call an incident: `1034`, with its day, `1034-0712`, where today has another 1034."""
    return f"{row.no}-{row.number_day:%m%d}" if row.number_day else str(row.no)
