"""How a site file writes whom to send: `[recommend]`, and the ways between its places."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Word = Annotated[str, Field(min_length=1)]
Minutes = Annotated[float, Field(gt=0, le=24 * 60)]
Cost = Annotated[float, Field(ge=-100, le=100)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class WayTable(_Table):
    """`[[way]]`: minutes from one place to the other, the same both ways."""

    places: tuple[Word, Word]
    minutes: Minutes


class CostsTable(_Table):
    """`[recommend.costs]`: what is left out keeps the value of `intake.recommendation.rules.Costs`."""

    minute: Cost | None = None
    order: Cost | None = None
    other_team: Cost | None = None
    other_agency: Cost | None = None
    without_skill: Cost | None = None
    old_position: Cost | None = None
    with_own_team: Cost | None = None


class RecommendTable(_Table):
    """`[recommend]`: who goes to what."""

    teams: dict[Word, tuple[Word, ...]] = {}
    """Type to its home teams."""
    response: tuple[Word, ...] = ()
    """Teams that go to what is urgent when the home team cannot."""
    skills: dict[Word, tuple[Word, ...]] = {}
    mandatory: dict[Word, tuple[Word, ...]] = {}
    old_after: Minutes = 15
    """Minutes after which a position says little."""
    costs: CostsTable = CostsTable()
