"""Which signalling a site's radios use. Everything is on unless a site says otherwise."""

from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

LONGEST_DTMF = 16


class SignallingSettings(BaseModel):
    """What is listened for, and how strictly."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    dtmf: bool = Field(default=True, description="strings of touch tones")
    dtmf_lengths: tuple[int, ...] = Field(
        default=tuple(range(3, LONGEST_DTMF + 1)), description="how many digits an id has; others are dropped"
    )
    mdc1200: bool = Field(default=True, description="MDC-1200 data bursts")

    @model_validator(mode="after")
    def _lengths_are_possible(self) -> Self:
        if not all(1 <= length <= LONGEST_DTMF for length in self.dtmf_lengths):
            raise ValueError(f"dtmf_lengths must lie between 1 and {LONGEST_DTMF}.")
        return self
