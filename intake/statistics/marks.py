"""The marks t0 … t9 of alarms, incidents and orders to units, as the domain page defines them.

    t0 signal at its source   t3 incident made or joined   t6 first unit en route   t9 disposition, feedback
    t1 queued                 t4 first unit sent           t7 first unit on scene
    t2 first claimed          t5 first unit signed         t8 last unit cleared

`LAST_ARRIVAL` is when the last of an incident's units came: first-arriving and all-arriving are apart.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from intake.dispatch.base import Exercise

MARKS = tuple(f"t{n}" for n in range(10))
LAST_ARRIVAL = "t7-last"


@dataclass(frozen=True, slots=True)
class Mark:
    """One moment; `inferred` when nobody reported it, so that no percentile rests on it."""

    at: datetime
    inferred: bool = False


Times = Mapping[str, Mark]
"""Name of a mark to the mark; what never happened is not in it."""


@dataclass(frozen=True, slots=True)
class AlarmMarks:
    """One report: t0 to t3. `releases` are claims given up, `dismissed` is the reason, if it was."""

    id: str
    source: str
    type: str
    exercise: Exercise
    times: Times
    account: str | None = None
    place: str | None = None
    repeats: int = 0
    releases: int = 0
    incident: str | None = None
    link_kind: str | None = None
    dismissed: str | None = None


@dataclass(frozen=True, slots=True)
class IncidentMarks:
    """One thing that happened: t0 to t9. `source` is that of its first alarm, `manual` without one."""

    id: str
    no: int
    type: str
    priority: int
    source: str
    exercise: Exercise
    times: Times
    alarms: int = 0
    held_s: float = 0.0


@dataclass(frozen=True, slots=True)
class AssignmentMarks:
    """One order to one unit: t4 to t8. `ended` says how it ended if not by clearing."""

    id: str
    incident: str
    unit: str
    team: str
    agency: str
    type: str
    source: str
    exercise: Exercise
    times: Times
    ended: str | None = None


@dataclass(frozen=True, slots=True)
class Marks:
    """Everything measured, in the order of the journal."""

    alarms: tuple[AlarmMarks, ...] = ()
    incidents: tuple[IncidentMarks, ...] = ()
    assignments: tuple[AssignmentMarks, ...] = ()


Measured = AlarmMarks | IncidentMarks | AssignmentMarks
