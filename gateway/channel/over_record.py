"""The record of an over: its sound as FLAC, and all that is known of it. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime

from bus.messages.over import Caller, Over
from bus.messages.signal import Clockwork
from gateway.box import Box
from gateway.channel.over_events import OverEnded
from gateway.channel.recording import sha256
from gateway.spool.rows import Batch, Draft, SourceState
from hardware.audio.format import SAMPLE_RATE

ONE_CALL = 5 * SAMPLE_RATE
"""Samples. Who sends an id and then speaks lets go of the key for no longer."""
_RELEASED = "0100"
"""PTT-ID of MDC-1200 with the argument for a key let go, as the first two bytes on the air."""
_NO_SPEECH = 0.15
"""As the centre's own gate has it: less speech is a blip in a burst of tones."""


@dataclass(frozen=True)
class Beginning:
    """An over as known when it began; `position` is that of its first sample on the channel.

    `overruns` counts how often sound was lost before it.
    """

    id: str
    position: int
    said_at: datetime
    clock: Clockwork
    overruns: int = 0
    continues: str | None = None


@dataclass(frozen=True, eq=False)
class Finished:
    """An over that waits to be stored."""

    beginning: Beginning
    ended: OverEnded
    callers: tuple[Caller, ...] = ()
    overruns: int = 0

    @property
    def end(self) -> int:
        """The position after its last sample."""
        return self.beginning.position + len(self.ended.samples)


@dataclass(frozen=True, eq=False)
class Judged:
    """An over with its FLAC, the share of it that is speech, and the percentage that a limiter held down."""

    over: Finished
    flac: bytes
    speech_ratio: float
    limited_percent: float = 0.0

    def joined(self, before: "Judged | None") -> "Judged":
        """With the callers of the over before, where that held tones alone and came just before this one.

        They carry a negative `at_ms`: heard so long before this over's first sample.
        """
        over = self.over
        if before is None or not before.tones_alone:
            return self
        began = over.beginning.position
        # Positions begin anew with every opening of the sound card.
        if not 0 <= began - before.over.end <= ONE_CALL:
            return self
        ahead_ms = ms(began - before.over.beginning.position)
        named = (each for each in before.over.callers if not lets_go(each.kind, each.raw))
        earlier = (each.model_copy(update={"at_ms": each.at_ms - ahead_ms}) for each in named)
        return replace(self, over=replace(over, callers=(*earlier, *over.callers)))

    @property
    def tones_alone(self) -> bool:
        """A radio named itself and nobody spoke."""
        return bool(self.over.callers) and self.speech_ratio < _NO_SPEECH


def lets_go(kind: str, raw: str) -> bool:
    """Whether a radio named itself as its key was let go: whoever comes next is another."""
    return kind == "mdc1200" and raw.startswith(_RELEASED)


def ms(samples: int) -> int:
    """So many samples, in milliseconds."""
    return round(samples * 1000 / SAMPLE_RATE)


def record_of(judged: Judged, box: Box, channel: str, state: SourceState) -> Batch:
    """The record as the next row of its channel."""
    over, ended, began = judged.over, judged.over.ended, judged.over.beginning
    about = Over(
        id=began.id,
        gateway=box.gateway,
        channel=channel,
        seq=state.seq + 1,
        boot=box.boot,
        said_at=began.said_at,
        clock=began.clock,
        seconds=ended.seconds,
        end=ended.reason,
        rms_dbfs=ended.rms_dbfs,
        peak_dbfs=ended.peak_dbfs,
        clip_percent=max(ended.clip_percent, judged.limited_percent),
        snr_db=ended.snr_db,
        speech_ratio=judged.speech_ratio,
        callers=over.callers,
        overruns=over.overruns,
        continues=began.continues,
        sha256=sha256(judged.flac),
    )
    topic = box.topics.over_recording(channel, about.id)
    user = {"over": about.model_dump_json()}
    return Batch((Draft(about.id, "recording", topic, judged.flac, began.said_at, user),))
