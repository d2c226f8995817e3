"""What a site may tune: thresholds, the undo window, priorities, and when its day begins."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, timedelta, tzinfo
from types import MappingProxyType

from intake.agencies.jurisdiction import Jurisdiction
from intake.correlation.rules import Rules
from intake.dispatch.objects import UnitState
from intake.patrol.objects import LinePlan, PointPlan
from intake.recommendation.rules import Advising
from intake.timers.ladders import Ladders

TYPE_PRIORITY: Mapping[str, int] = MappingProxyType(
    {
        "officer-emergency": 0,
        "weapon": 0,
        "bomb-threat": 0,
        "fire": 0,
        "hold-up": 0,
        "medical": 1,
        "robbery": 1,
        "fight": 1,
        "crowd": 1,
        "track-intrusion": 1,
        "suspicious-item": 1,
        "intrusion": 1,
        "suspicious-person": 2,
        "missing-person": 2,
        "traffic-accident": 2,
        "traffic-obstruction": 3,
        "theft": 2,
        "fraud": 3,
        "disorder": 3,
        "dispute": 3,
        "facility-fault": 3,
        "lost-property": 4,
        "assistance": 4,
        "system": 2,
        "test": 4,
    }
)
"""Priority of each incident type; the table of types in the domain page."""

UNKNOWN_TYPE_PRIORITY = 2
"""An unknown code is taken seriously, but not before what is known to be urgent (domain page, types)."""


@dataclass(frozen=True, slots=True)
class Policy:
    """How this site wants the rules applied.

    `apply_above` and `propose_above` are confidences in 0..1: a spoken status at or above the first moves the
    assignment, at or above the second is proposed, below it is only listed with its over. `zone` decides when
    the daily incident numbers start again at `first_number`. What has been over for `kept` leaves the board's
    memory; who asks about it later brings it back. Where `exercise` is set nothing is real: a sandbox.
    """

    apply_above: float = 0.7
    propose_above: float = 0.4
    undo_window: timedelta = timedelta(seconds=10)
    kept: timedelta = timedelta(hours=48)
    clock_tolerance: timedelta = timedelta(seconds=5)
    first_number: int = 1001
    zone: tzinfo = UTC
    after_clear: UnitState = UnitState.AVAILABLE_MOBILE
    priorities: Mapping[str, int] = field(default_factory=lambda: TYPE_PRIORITY)
    correlation: Rules = field(default_factory=Rules)
    points: Mapping[str, PointPlan] = field(default_factory=dict)
    lines: Mapping[str, LinePlan] = field(default_factory=dict)
    ladders: Ladders = field(default_factory=Ladders)
    advising: Advising = field(default_factory=Advising)
    jurisdiction: Jurisdiction = field(default_factory=Jurisdiction)
    exercise: bool = False

    def priority_of(self, type_: str | None) -> int:
        """Return the priority of an incident type, 0..4."""
        return self.priorities.get(type_ or "", UNKNOWN_TYPE_PRIORITY)
