"""What can be set of a channel's squelch and of its overs."""

from pydantic import BaseModel, ConfigDict, Field, model_validator


class SquelchSettings(BaseModel):
    """When the channel counts as open, and what becomes an over.

    Levels in dBFS are 20·log10(rms / 32768) of the voice band. Where a carrier line is wired, levels and
    noise decide nothing.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    open_db: float = Field(8.0, ge=2, le=40, description="opens this far above the floor")
    close_db: float = Field(4.0, ge=1, le=30, description="closes this far above the floor")
    open_dbfs: float | None = Field(
        None,
        ge=-80,
        le=-3,
        description="opens at this level, whatever the floor; closes `open_db - close_db` below it",
    )
    debounce_ms: int = Field(60, ge=20, le=100, description="level must stay open this long")
    cos_debounce_ms: int = Field(40, ge=20, le=100, description="so long, where a carrier line tells")
    floor_seconds: float = Field(30.0, ge=5, le=300, description="the floor is learnt over this long")
    noise_flatness: float = Field(0.9, ge=0.5, le=1.0, description="a flatter spectrum is an open squelch")
    noise_ms: int = Field(400, ge=200, le=2000, description="for this long, to count as an open squelch")
    noise_dbfs: float = Field(
        -30.0, ge=-60, le=0, description="flat noise softer than this is a carrier's own, not an open squelch"
    )
    preroll_ms: int = Field(600, ge=500, le=2000, description="kept from before the squelch opened")
    hang_ms: int = Field(600, ge=200, le=800, description="a shorter gap stays one over")
    cos_hang_ms: int = Field(200, ge=200, le=800, description="so long, where a carrier line tells")
    tail_trim_ms: int = Field(200, ge=0, le=300, description="cut from the end where it is squelch noise")
    minimum_ms: int = Field(300, ge=200, le=1000, description="a shorter carrier is a kerchunk")
    soft_split_seconds: float = Field(60.0, ge=45, le=90, description="from here on, split at the next dip")
    maximum_seconds: float = Field(120.0, ge=60, le=180, description="longest over")
    stuck_seconds: float = Field(180.0, ge=60, le=600, description="a longer carrier is stuck")

    @model_validator(mode="after")
    def _in_order(self) -> "SquelchSettings":
        if self.close_db >= self.open_db:
            raise ValueError("close_db must be smaller than open_db, or the squelch chatters")
        if self.soft_split_seconds > self.maximum_seconds:
            raise ValueError("soft_split_seconds must not be longer than maximum_seconds")
        return self
