"""The over that is on the channel now: its samples so far, and where its record will end."""

from dataclasses import dataclass

import numpy as np

from gateway.channel.over_events import OverAudio, OverEnded, OverReason
from gateway.channel.over_figures import measure
from gateway.channel.squelch import FRAME_MS, FRAME_SAMPLES, Reading
from gateway.channel.squelch_settings import SquelchSettings
from hardware.audio.format import SAMPLE_RATE, Samples

_KEPT_AFTER_MS = 200
"""A last syllable fades below the closing level before it is over."""
_KEPT_AFTER_COS_MS = 100
"""A sound card tells of a sound later than a carrier line of its end: two buffers of 50 ms."""
_DIP_MS = 200
_DIP_DB = 12.0
"""A breath: this far below the louder words for this long, with the carrier still up."""
_TAIL_FRAMES = 3


@dataclass(frozen=True, eq=False, slots=True)
class Heard:
    """One frame and what the squelch made of it; `at` and `position` are those of its first sample."""

    samples: Samples
    at: float
    position: int
    reading: Reading

    def debounce_ms(self, settings: SquelchSettings) -> int:
        """How long a carrier like this one was up before it counted."""
        return settings.cos_debounce_ms if self.reading.cos else settings.debounce_ms

    def hang_ms(self, settings: SquelchSettings) -> int:
        """How long a carrier may be gone and still be the same."""
        return settings.cos_hang_ms if self.reading.cos else settings.hang_ms

    @property
    def kept_after_ms(self) -> int:
        """How much after the carrier is still recorded."""
        return _KEPT_AFTER_COS_MS if self.reading.cos else _KEPT_AFTER_MS


class RunningOver:
    """Collects the frames of one over, `heard` being those that came before it was certain."""

    def __init__(self, settings: SquelchSettings, heard: list[Heard]) -> None:
        self._settings = settings
        self._frames: list[Heard] = []
        self._released = 0
        """Frames handed out as live audio: the record holds them, whatever comes."""
        self._settled = False
        self._carrier_start = next((n for n, each in enumerate(heard) if each.reading.open), 0)
        self._carrier_end = 0
        self._quiet_ms = 0
        self._soft_ms = 0
        self._loud_dbfs: float | None = None
        for each in heard:
            self.add(each)

    @property
    def length(self) -> int:
        """Samples so far."""
        return len(self._frames) * FRAME_SAMPLES

    @property
    def faded(self) -> bool:
        """The carrier has been gone for the hang time."""
        return self._quiet_ms >= self._frames[-1].hang_ms(self._settings)

    @property
    def full(self) -> bool:
        """The over is as long as it may get."""
        return self.length >= self._settings.maximum_seconds * SAMPLE_RATE

    @property
    def divisible(self) -> bool:
        """The over is past its soft split and nobody has spoken for a breath."""
        return max(self._quiet_ms, self._soft_ms) >= _DIP_MS if self._long else False

    @property
    def carrier_up(self) -> bool:
        """The last frame had a carrier."""
        return self._quiet_ms == 0

    def add(self, heard: Heard) -> None:
        """The next frame."""
        if heard.reading.open:
            self._carrier_end = len(self._frames) + 1
            self._quiet_ms = 0
        else:
            self._note_quiet(heard)
        self._frames.append(heard)
        if self._long:
            self._note_dip(heard)

    def release(self) -> list[OverAudio]:
        """What has become certain to be in the record since the last time: one piece, or none.

        The piece that settles it may be empty.
        """
        settled, self._settled = self._settled, self._is_settled()
        return self._release(self._certain(), settled=self._settled and not settled)

    def release_rest(self, reason: OverReason) -> list[OverAudio]:
        """What of the record is still held back, now that the over ends."""
        return self._release(self._recorded(reason), settled=False)

    def end(self, reason: OverReason) -> OverEnded:
        """The record of the over; only an over that faded is trimmed."""
        frames = self._frames[: self._recorded(reason)]
        samples = np.concatenate([each.samples for each in frames])
        carrier = frames[self._carrier_start : self._carrier_end]
        figures = measure(
            samples[self._carrier_start * FRAME_SAMPLES :], [each.reading.level_dbfs for each in carrier]
        )
        return OverEnded(
            reason,
            samples,
            len(samples) / SAMPLE_RATE,
            figures.rms_dbfs,
            figures.peak_dbfs,
            figures.clip_percent,
            figures.snr_db,
        )

    def after_record(self) -> list[Heard]:
        """Frames trimmed from an over that faded: the next over's pre-roll begins with them."""
        return self._frames[self._recorded("hang") :]

    def _release(self, until: int, *, settled: bool) -> list[OverAudio]:
        until, offset = max(until, self._released), self._released * FRAME_SAMPLES
        fresh = [each.samples for each in self._frames[self._released : until]]
        self._released = until
        if not (fresh or settled):
            return []
        return [OverAudio(np.concatenate([np.zeros(0, np.int16), *fresh]), offset, settled)]

    def _certain(self) -> int:
        """Frames that trimming will leave. What may turn out to be an open squelch is none of them."""
        if not self.carrier_up:
            return self._recorded("hang")
        doubtful_ms = self._frames[-1].reading.flat_ms + self._settings.tail_trim_ms
        return len(self._frames) - doubtful_ms // FRAME_MS

    def _is_settled(self) -> bool:
        return self._quiet_ms >= self._frames[-1].kept_after_ms or (not self.carrier_up and self._has_tail())

    @property
    def _long(self) -> bool:
        return self.length >= self._settings.soft_split_seconds * SAMPLE_RATE

    def _note_quiet(self, heard: Heard) -> None:
        self._quiet_ms += FRAME_MS
        if heard.reading.noise and self._carrier_end == len(self._frames):
            # It took noise_ms to be sure; all that time was noise already.
            certain = self._carrier_end - self._settings.noise_ms // FRAME_MS
            self._carrier_end = max(certain, self._carrier_start)

    def _note_dip(self, heard: Heard) -> None:
        if self._loud_dbfs is None:
            self._loud_dbfs = float(np.percentile([each.reading.level_dbfs for each in self._frames], 90))
        soft = heard.reading.level_dbfs < self._loud_dbfs - _DIP_DB
        self._soft_ms = self._soft_ms + FRAME_MS if soft else 0

    def _recorded(self, reason: OverReason) -> int:
        if reason not in {"cos", "hang"}:
            return len(self._frames)
        if self._has_tail():
            return max(self._carrier_end - self._settings.tail_trim_ms // FRAME_MS, self._released, 1)
        kept_after = self._frames[-1].kept_after_ms // FRAME_MS
        return min(max(self._carrier_end + kept_after, self._released), len(self._frames))

    def _has_tail(self) -> bool:
        """The carrier ended as flat and loud as an open squelch; no word is lost by trimming that."""
        last = self._frames[max(self._carrier_end - _TAIL_FRAMES, 0) : self._carrier_end + 1]
        return any(each.reading.suspect or each.reading.noise for each in last)
