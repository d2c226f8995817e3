"""What the centre has heard of one over while it ran. Pure: a chunk and the over in, the over out."""

from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from bus.messages.board import LiveText
from bus.messages.over import AudioChunk, Caller, OverStart
from intake.speech.engine import Samples

SILENCE_DBFS = -120.0


@dataclass(frozen=True, slots=True)
class LiveOver:
    """`whole` until a chunk is missing; `level_dbfs` of the last chunk, 20·log10(rms / 32768)."""

    id: str
    gateway: str
    channel: str
    said_at: datetime
    chunks: int = 0
    samples: int = 0
    whole: bool = True
    ended: bool = False
    level_dbfs: float | None = None
    caller: Caller | None = None
    text: str = ""

    @classmethod
    def begun(cls, start: OverStart) -> "LiveOver":
        """An over nobody has heard anything of yet."""
        return cls(start.id, start.gateway, start.channel, start.said_at)

    def heard(self, chunk: AudioChunk) -> "LiveOver":
        """With one chunk more. The last one tells how long the recording is."""
        follows = (chunk.sequence, chunk.sample_offset) == (self.chunks, self.samples)
        samples = samples_in(chunk)
        return replace(
            self,
            chunks=self.chunks + 1,
            samples=self.samples + len(samples),
            whole=self.whole and follows,
            ended=chunk.last,
            level_dbfs=_level_dbfs(samples) if len(samples) else self.level_dbfs,
        )

    def is_recording(self, samples: int) -> bool:
        """Whether everything of a recording of so many samples was heard."""
        return self.whole and self.ended and self.samples == samples

    def shown(self, unit: str | None) -> LiveText:
        """As the consoles see it; `unit` carries the radio that calls."""
        return LiveText(
            over=self.id,
            gateway=self.gateway,
            channel=self.channel,
            text=self.text,
            since=self.said_at,
            caller=f"{self.caller.kind}:{self.caller.id}" if self.caller else None,
            unit=unit,
            level_dbfs=self.level_dbfs,
            done=self.ended,
        )


def samples_in(chunk: AudioChunk) -> Samples:
    """The sound of a chunk; half a sample at its end is none."""
    return np.frombuffer(chunk.pcm[: len(chunk.pcm) // 2 * 2], "<i2").astype(np.int16)


def _level_dbfs(samples: Samples) -> float:
    rms = float(np.sqrt(np.mean(samples.astype(np.float64) ** 2)))
    return round(max(SILENCE_DBFS, 20 * float(np.log10(max(rms, 1e-9) / 32768))), 1)
