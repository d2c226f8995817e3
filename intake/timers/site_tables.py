"""How a site file writes its timers: ladders as lists of seconds."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from intake.timers.ladders import Ladders, Rungs

Word = Annotated[str, Field(min_length=1)]
Seconds = Annotated[float, Field(gt=0, le=24 * 3600)]


def _rising(rungs: tuple[float, ...]) -> tuple[float, ...]:
    if list(rungs) != sorted(set(rungs)):
        raise ValueError(f"the rungs {list(rungs)} must rise, in seconds.")
    return rungs


Ladder = Annotated[tuple[Seconds, ...], AfterValidator(_rising)]


class LadderTable(BaseModel):
    """The ladders of `[timers]`, `[timers.type.<type>]` and `[timers.team.<team>]`; `[]` switches one off."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    answer: Ladder | None = None
    decide: Ladder | None = None
    decide_priority_0: Ladder | None = None
    caller: Ladder | None = None
    sign: Ladder | None = None
    arrival: Ladder | None = None
    arrival_outer: Ladder | None = None
    scene: Ladder | None = None
    contact: Ladder | None = None
    feedback: Ladder | None = None
    delegate: Ladder | None = None
    offer: Ladder | None = None

    def given(self) -> dict[str, Rungs]:
        """The ladders that are written down."""
        return self.model_dump(include=set(LadderTable.model_fields), exclude_none=True)


class TimersTable(LadderTable):
    """`[timers]`: what is left out keeps the value of `intake.timers.ladders`."""

    outer: tuple[Word, ...] = ()
    """Places further out: there `arrival_outer` counts."""
    checked: frozenset[Word] | None = None
    """Types at whose scenes units are asked how they are."""
    type: dict[Word, LadderTable] = {}
    team: dict[Word, LadderTable] = {}

    def ladders(self) -> Ladders:
        """As the core has them."""
        checked = {} if self.checked is None else {"checked": self.checked}
        return Ladders(
            own=self.given(),
            by_type={key: one.given() for key, one in self.type.items()},
            by_team={key: one.given() for key, one in self.team.items()},
            outer=frozenset(self.outer),
            **checked,
        )
