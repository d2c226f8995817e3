"""What takes too long: mark, colour, name and age, counted by the console itself."""

from collections.abc import Iterable
from dataclasses import dataclass

from bus.messages.board import TimerRow
from tui.ages import clock_age, short_age, wall_clock
from tui.view.line import Piece
from tui.view.sight import Sight


@dataclass(frozen=True)
class Overdue:
    """A timer with a rung behind it; `level` 2 once nothing more will come."""

    kind: str
    level: int
    age: float
    """Seconds since the lowest rung."""

    @property
    def role(self) -> str:
        """Amber, then red."""
        return "bold red" if self.level > 1 else "yellow"

    @property
    def marks(self) -> str:
        """`!`, then `!!`: the same without a colour."""
        return "!" * self.level


def worst(sight: Sight, timers: Iterable[TimerRow]) -> Overdue | None:
    """The one to look at first; a muted timer is none."""
    found = (one for timer in timers if (one := _overdue(sight, timer)))
    return max(found, key=lambda one: (one.level, one.age), default=None)


def of_incident(sight: Sight, incident: str) -> list[TimerRow]:
    """The timers of an incident and of everybody on it."""
    row = sight.mirror.incidents.get(incident)
    orders = (one for one in sight.mirror.assignments.values() if one.incident == incident)
    return [*(row.timers if row else ()), *(timer for one in orders for timer in one.timers)]


def flag(sight: Sight, one: Overdue) -> str:
    """A letter and the age: `S42s`."""
    return f"{sight.words(f'timer_letter.{one.kind}')}{short_age(one.age)}"


def sentences(sight: Sight, timers: Iterable[TimerRow]) -> list[Piece]:
    """Every timer in words: overdue since when, due when, or muted until when."""
    return [_sentence(sight, timer) for timer in timers]


def _overdue(sight: Sight, timer: TimerRow) -> Overdue | None:
    behind = [due for due in timer.due if due <= sight.now]
    if not behind or _muted(sight, timer):
        return None
    return Overdue(timer.kind, 2 if len(behind) == len(timer.due) else 1, sight.age(behind[0]))


def _muted(sight: Sight, timer: TimerRow) -> bool:
    return timer.muted_until is not None and timer.muted_until > sight.now


def _sentence(sight: Sight, timer: TimerRow) -> Piece:
    words, name = sight.words, sight.words(f"timer.{timer.kind}")
    if timer.muted_until is not None and _muted(sight, timer):
        return Piece(words("timer_says.muted", timer=name, at=wall_clock(timer.muted_until)), "violet")
    late = _overdue(sight, timer)
    if late is not None:
        return Piece(words("timer_says.overdue", timer=name, age=clock_age(late.age)) + late.marks, late.role)
    ahead = (timer.due[0] - sight.now).total_seconds()
    return Piece(words("timer_says.due", timer=name, age=clock_age(ahead)), "dim")
