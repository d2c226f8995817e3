"""Is anything connected at all? A squelched radio and a cable pulled out sound alike. Pure.

What tells them apart is time: somebody keys up at least once a shift, if only for a radio check. On a cable
that is out nobody ever does.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from hardware.audio.format import SAMPLE_RATE, Samples

_WINDOW: Final = 10 * SAMPLE_RATE
"""Averaged over ten seconds the hiss of a sound card moves by 0.2 dB, and by 10 dB when somebody speaks."""
_MOVED_DB: Final = 3.0
_SOFTEST_DBFS: Final = -80.0
"""Of a card whose last bit flickers: softer levels are one and the same silence."""
_NEVER_ZERO_S: Final = 10.0


class SilenceSettings(BaseModel):
    """When a channel on which nothing is heard is a fault.

    Exact zeros are no fault by themselves: many radios and cards give them whenever the squelch is closed,
    and an alarm every quiet minute would soon be overlooked. So by default it takes a whole shift of twelve
    hours without any change, of zeros or of hiss. Where zeros cannot be, because discriminator audio hisses
    without end, they are a fault after ten seconds.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    zeros_seconds: float | None = Field(
        None,
        ge=0,
        le=86_400,
        description="exact zeros for this long are a fault, 0 never; unset: 10 of a discriminator, else 0",
    )
    still_hours: float = Field(
        12.0, ge=0, le=168, description="a level that did not move for this long is a dead channel, 0 never"
    )

    def zeros_limit_s(self, *, hisses: bool) -> float:
        """Seconds of zeros that are a fault, endless where none are; `hisses`: the source is never silent."""
        usual = _NEVER_ZERO_S if hisses else 0.0
        seconds = usual if self.zeros_seconds is None else self.zeros_seconds
        return seconds or math.inf


@dataclass(frozen=True, slots=True)
class Sounding:
    """A change: `fault` says what is wrong, and is empty when something was heard."""

    fault: str = ""


class SilenceWatch:
    """Feed it all samples of a channel; time is counted in samples."""

    def __init__(self, settings: SilenceSettings, *, hisses: bool = False) -> None:
        self._zeros_limit = settings.zeros_limit_s(hisses=hisses) * SAMPLE_RATE
        self._still_limit = (settings.still_hours or math.inf) * 3600 * SAMPLE_RATE
        self._zeros = 0
        self._still = 0
        self._level: float | None = None
        """At the last movement."""
        self._count, self._energy = 0, 0.0
        self._told: Sounding | None = None

    def restart(self) -> None:
        """The sound that comes may be of another card: nothing is known of it."""
        self._zeros, self._still = 0, 0
        self._level, self._told = None, None

    def feed(self, samples: Samples) -> Sounding | None:
        """What has changed with these samples, if anything; the first movement of all is a change."""
        self._zeros = 0 if samples.any() else self._zeros + len(samples)
        moved = self._moved(samples)
        self._still = 0 if moved else self._still + len(samples)
        now = self._judged(moved=moved)
        if now is None or now == self._told:
            return None
        self._told = now
        return now

    def _judged(self, *, moved: bool) -> Sounding | None:
        """None: nothing is certain by now."""
        if self._zeros >= self._zeros_limit:
            return Sounding(
                f"exact zeros for {self._zeros_limit / SAMPLE_RATE:g} s, is the cable plugged in?"
            )
        if self._still >= self._still_limit:
            hours = self._still_limit / SAMPLE_RATE / 3600
            return Sounding(f"no sound for {hours:g} hours, neither voice nor noise: radio off, cable out?")
        return Sounding() if moved else None

    def _moved(self, samples: Samples) -> bool:
        """Whether a window has ended whose level is another one."""
        self._count += len(samples)
        self._energy += float(np.sum(samples.astype(np.float64) ** 2))
        if self._count < _WINDOW:
            return False
        mean_square = self._energy / self._count / 32768**2
        level = max(10 * math.log10(mean_square + 1e-12), _SOFTEST_DBFS)
        self._count, self._energy = 0, 0.0
        if self._level is not None and abs(level - self._level) < _MOVED_DB:
            return False
        first, self._level = self._level is None, level
        return not first
