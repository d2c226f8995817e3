"""Which signalling a site's radios use. All that can be told apart is on unless it says otherwise."""

from itertools import combinations
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from hardware.signalling.dtmf import LONGEST_ID
from hardware.signalling.five_tone_tables import FiveToneName, FiveToneTable, five_tone_tables

PagingHz = Annotated[float, Field(ge=280, le=3000)]
SITE = "site"
"""The kind of calls read by the site's own five-tone table."""


class SignallingSettings(BaseModel):
    """What is listened for, and how strictly."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    dtmf: bool = Field(default=True, description="strings of touch tones")
    dtmf_lengths: tuple[int, ...] = Field(
        default=tuple(range(3, LONGEST_ID + 1)),
        description="how many digits an id may have; others are dropped",
    )
    five_tone: tuple[FiveToneName, ...] = Field(
        default=("zvei1", "zvei2", "ccir", "eea", "eia"), description="five-tone systems in use"
    )
    five_tone_table: FiveToneTable | None = Field(
        default=None, description="the site's own: `digits` 0 to 9 and `repeat` in hertz, `tone_ms`"
    )
    mdc1200: bool = Field(default=True, description="MDC-1200 data bursts")
    two_tone: bool = Field(default=True, description="two-tone pages")
    two_tone_hz: tuple[PagingHz, ...] = Field(
        default=(), description="the site's paging tones: pages are named by them, others are dropped"
    )

    @property
    def five_tone_tables(self) -> dict[str, FiveToneTable]:
        """The tables in use by their kind, the site's own first."""
        own = {SITE: self.five_tone_table} if self.five_tone_table else {}
        return own | {name: five_tone_tables()[name] for name in self.five_tone}

    @model_validator(mode="after")
    def _unambiguous(self) -> Self:
        if not all(1 <= length <= LONGEST_ID for length in self.dtmf_lengths):
            raise ValueError(f"dtmf_lengths must lie between 1 and {LONGEST_ID}.")
        for (one, table), (other, its_table) in combinations(self.five_tone_tables.items(), 2):
            if table.contradicts(its_table):
                raise ValueError(
                    f"{one} and {other} give the same tones different digits: keep the one in use."
                )
        return self
