"""What a channel's health message says: overs by why they ended, kerchunks, and how loud it is."""

from collections import Counter, deque
from dataclasses import dataclass

import numpy as np

from bus.messages.status import ChannelHealth
from gateway.channel.over_events import Kerchunk, OverEnded, OverEvent
from gateway.channel.over_figures import CLIPPED, dbfs
from gateway.channel.squelch import Reading
from hardware.audio.format import SAMPLE_RATE, Samples

_SECONDS = 30


@dataclass(slots=True)
class _Second:
    """A second of sound, perhaps not whole."""

    samples: int = 0
    clipped: int = 0
    peak: int = 0


class ChannelTally:
    """Counts since the box started; levels of the last 30 s."""

    def __init__(self) -> None:
        self._overs: Counter[str] = Counter()
        self._kerchunks = 0
        self._open_samples = 0
        self._floor_dbfs: float | None = None
        self._seconds: deque[_Second] = deque(maxlen=_SECONDS)

    def hear(self, samples: Samples, reading: Reading | None) -> None:
        """The next samples, and what the squelch last made of the channel."""
        loud = np.abs(samples.astype(np.int32))
        if not self._seconds or self._seconds[-1].samples >= SAMPLE_RATE:
            self._seconds.append(_Second())
        second = self._seconds[-1]
        second.samples += len(samples)
        second.clipped += int(np.count_nonzero(loud >= CLIPPED))
        second.peak = max(second.peak, int(loud.max(initial=0)))
        if reading is not None:
            self._floor_dbfs = round(reading.floor_dbfs, 1)
            self._open_samples += len(samples) if reading.open else 0

    def count(self, event: OverEvent) -> None:
        """Something happened."""
        match event:
            case OverEnded():
                self._overs[event.reason] += 1
            case Kerchunk():
                self._kerchunks += 1
            case _:
                pass

    def health(self, channel: str, overruns: int) -> ChannelHealth:
        """As it is now."""
        heard = sum(second.samples for second in self._seconds)
        clipped = sum(second.clipped for second in self._seconds)
        return ChannelHealth(
            channel=channel,
            overruns=overruns,
            opened_s=round(self._open_samples / SAMPLE_RATE, 1),
            overs=dict(self._overs),
            kerchunks=self._kerchunks,
            floor_dbfs=self._floor_dbfs,
            peak_dbfs=dbfs(max(second.peak for second in self._seconds)) if heard else None,
            clip_percent=round(100 * clipped / heard, 3) if heard else None,
        )
