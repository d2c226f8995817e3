"""What is heard on a channel, in the order in which it happens.

Of one over: `OverStarted`, then `OverAudio` without a gap, then `OverEnded`; only `CallFound` comes between.
All the audio together is the record.
"""

from dataclasses import dataclass
from typing import Literal

from hardware.audio.format import Samples
from hardware.signalling.call import Call

OverReason = Literal["cos", "hang", "max", "device_lost", "shutdown"]
"""`cos` and `hang`: the carrier fell, told by a carrier line or by the sound."""


@dataclass(frozen=True, slots=True)
class OverStarted:
    """An over is certain.

    `at` (monotonic seconds) and `position` are those of its first sample, pre-roll included.
    `continues` means the carrier never fell since the over before: this one is its next part.
    """

    at: float
    position: int
    opened_by: Literal["cos", "energy"]
    continues: bool


@dataclass(frozen=True, eq=False, slots=True)
class OverAudio:
    """The next samples of the over's record; `offset` counts from its first sample.

    They are told when it is certain that the record will hold them. `settled` means that they are its last,
    unless the carrier comes back within the hang time; there may be none with it.
    """

    samples: Samples
    offset: int
    settled: bool = False


@dataclass(frozen=True, eq=False, slots=True)
class OverEnded:
    """The over is complete; `samples` is the record. Figures leave the pre-roll out; see `over_figures`."""

    reason: OverReason
    samples: Samples
    seconds: float
    rms_dbfs: float
    peak_dbfs: float
    clip_percent: float
    snr_db: float | None


@dataclass(frozen=True, slots=True)
class CallFound:
    """A radio said who it is, in the running over, or before anything was certain to be one.

    `at` (monotonic seconds) and `position` are those of the call's first sample, as in `OverStarted`. It is
    told before the end of the over or kerchunk it was heard in, but where a carrier is longer than an over.
    """

    call: Call
    at: float
    position: int


@dataclass(frozen=True, slots=True)
class Kerchunk:
    """To be counted: a key pressed too short for an over, or (`noise`) a squelch open with nobody there."""

    at: float
    seconds: float
    noise: bool


@dataclass(frozen=True, slots=True)
class ChannelStuck:
    """The carrier does not fall; nothing is recorded until it does. `seconds` since it rose."""

    at: float
    seconds: float


@dataclass(frozen=True, slots=True)
class ChannelFree:
    """A stuck carrier fell."""

    at: float


OverEvent = OverStarted | OverAudio | OverEnded | CallFound | Kerchunk | ChannelStuck | ChannelFree
