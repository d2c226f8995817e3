"""Follows a channel with the box's own squelch and cutter, and says of each moment what it is and why."""

from collections import deque
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from gateway.channel.over_events import Kerchunk, OverEnded
from gateway.channel.overs import OverCutter
from gateway.channel.squelch import FRAME_MS, FRAME_SAMPLES, SILENCE_DBFS, Reading, Squelch
from gateway.channel.squelch_settings import SquelchSettings
from hardware.audio.format import Block, Samples
from tongpin.channel.observed import Observed
from tongpin.channel.tails import LONGEST_MS, tail_of

State = Literal["closed", "open", "noise"]

_CLIPPED: Final = 32_000
_NOTHING_DBFS: Final = -70.0
"""Softer than this is silence; how much softer does not matter."""
_SETTLING: Final = 25
"""Frames until the windows are full and the first floor is learnt."""
_ENDING: Final = (LONGEST_MS + 100) // FRAME_MS
"""Frames kept to look for a tail in."""
_TAIL_MS: Final = 100
"""A softly received carrier may be open for its tail alone."""
_CARRIER_MS: Final = 200
"""What is open for less is no carrier whose end tells anything."""


@dataclass(frozen=True, slots=True)
class Moment:
    """20 ms of a channel: `seconds` from the start, levels in dBFS, `clipped` samples, and `why` it is so."""

    seconds: float
    level_dbfs: float
    floor_dbfs: float
    peak_dbfs: float
    flatness: float
    clipped: int
    state: State
    why: str


class Meter:
    """Feed it every block in order. `seen` is what a proposal is made of."""

    def __init__(self, settings: SquelchSettings) -> None:
        self.seen = Observed()
        self._settings = settings
        self._squelch = Squelch(settings)
        self._cutter = OverCutter(settings)
        self._rest = np.zeros(0, np.int16)
        self._ending: deque[Samples] = deque(maxlen=_ENDING)
        self._frames = 0
        self._state: State = "closed"
        self._lasted_ms = 0
        self._carrier_ms = 0
        """Of the carrier before the gap that is running."""

    def feed(self, block: Block) -> list[Moment]:
        """What this block's frames say."""
        for event in self._cutter.feed(block):
            self._count(event)
        samples = np.concatenate((self._rest, block.samples))
        whole = len(samples) - len(samples) % FRAME_SAMPLES
        self._rest = samples[whole:]
        return [self._hear(frame) for frame in samples[:whole].reshape(-1, FRAME_SAMPLES)]

    def close(self) -> None:
        """Count the over that was running."""
        for event in self._cutter.close("shutdown"):
            self._count(event)

    def _count(self, event: object) -> None:
        match event:
            case OverEnded():
                self.seen.overs.append(event)
            case Kerchunk(noise=True):
                self.seen.bursts += 1
            case Kerchunk():
                self.seen.kerchunks += 1
            case _:
                pass

    def _hear(self, frame: Samples) -> Moment:
        reading = self._squelch.step(frame)
        state: State = "open" if reading.open else "noise" if reading.noise else "closed"
        loud = np.abs(frame.astype(np.int32))
        peak = float(loud.max())
        self._frames += 1
        self.seen.seconds = self._frames * FRAME_MS / 1000
        self.seen.silent = self.seen.silent and not peak
        self._ending.append(frame.copy())
        self._follow(state, reading.level_dbfs, reading.floor_dbfs)
        return Moment(
            seconds=self.seen.seconds,
            level_dbfs=round(reading.level_dbfs, 1),
            floor_dbfs=round(reading.floor_dbfs, 1),
            peak_dbfs=round(max(SILENCE_DBFS, 20 * float(np.log10(max(peak, 1e-9) / 32768))), 1),
            flatness=round(reading.flatness, 2),
            clipped=int((loud >= _CLIPPED).sum()),
            state=state,
            why=self._why(state, reading),
        )

    def _follow(self, state: State, level: float, floor: float) -> None:
        if state != self._state:
            self._change(self._state, state)
            self._state, self._lasted_ms = state, 0
        self._lasted_ms += FRAME_MS
        about_to_open = level > floor + self._settings.open_db
        if (
            self._frames > _SETTLING
            and state == "closed"
            and self._lasted_ms > _CARRIER_MS
            and not about_to_open
        ):
            self.seen.closed.add(max(level, _NOTHING_DBFS))
        elif state == "noise":
            self.seen.noise.add(level)

    def _change(self, before: State, after: State) -> None:
        if before == "open":
            self._carrier_ms = self._lasted_ms
            if after == "closed" and self._carrier_ms >= _TAIL_MS:
                self._look_for_tail()
        elif before == "closed" and after == "open" and self._carrier_ms > _CARRIER_MS:
            self.seen.gaps.append(self._lasted_ms)
        elif before == "noise":
            self._carrier_ms = 0

    def _look_for_tail(self) -> None:
        tail = tail_of(np.concatenate(self._ending))
        if tail is not None and tail.dbfs >= self._settings.noise_dbfs - 10:
            self.seen.tails.append(tail)
        else:
            self.seen.untailed += 1

    def _why(self, state: State, reading: Reading) -> str:
        above = reading.level_dbfs - reading.floor_dbfs
        if state == "noise":
            return f"an open squelch: flat ({reading.flatness:.2f}) and loud for {self._settings.noise_ms} ms"
        if state == "open":
            hint = ", but flat as an open squelch" if reading.suspect else ""
            return f"{above:.0f} dB above the floor{hint}; closes below {self._settings.close_db:g}"
        needed = f"{self._settings.open_db:g} for {self._settings.debounce_ms} ms"
        return f"{above:+.0f} dB to the floor; opens at {needed}"
