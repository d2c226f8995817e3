"""The tone tables of five-tone selective calling, and which of them cannot be told apart."""

import tomllib
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

FiveToneName = Literal["zvei1", "zvei2", "pzvei", "dzvei", "ccir", "eea", "eia"]

_Hz = Annotated[float, Field(ge=300, le=3000)]
_LEAST_APART = 0.04
"""Relative. The systems in use keep 6 %; tones nearer to each other are mistaken for one another."""
_SAME_TONE, _SAME_LENGTH = 0.01, 1.2
REPEAT: Final = 10
"""The index of the repeat tone, behind the ten digits."""


class FiveToneTable(BaseModel):
    """What radios send, in hertz, for the digits 0 to 9 and for "the same digit again"."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    digits: tuple[_Hz, ...] = Field(min_length=10, max_length=10)
    repeat: _Hz
    tone_ms: float = Field(ge=30, le=200)

    @property
    def tones(self) -> tuple[float, ...]:
        """The ten digits' and, at `REPEAT`, the repeat tone."""
        return (*self.digits, self.repeat)

    @model_validator(mode="after")
    def _tones_are_apart(self) -> Self:
        for low, high in pairwise(sorted(self.tones)):
            if high / low - 1 < _LEAST_APART:
                raise ValueError(f"{low:g} Hz and {high:g} Hz are less than 4 % apart.")
        return self

    def contradicts(self, other: "FiveToneTable") -> bool:
        """Does the same tone, of the same length, mean two things in these tables?"""
        longer, shorter = max(self.tone_ms, other.tone_ms), min(self.tone_ms, other.tone_ms)
        return longer / shorter < _SAME_LENGTH and any(
            mine != theirs and abs(hz / other_hz - 1) < _SAME_TONE
            for mine, hz in enumerate(self.tones)
            for theirs, other_hz in enumerate(other.tones)
        )


@cache
def five_tone_tables() -> dict[str, FiveToneTable]:
    """Every published table, by its name."""
    with Path(__file__).with_name("five_tone.toml").open("rb") as file:
        return {name: FiveToneTable(**table) for name, table in tomllib.load(file).items()}
