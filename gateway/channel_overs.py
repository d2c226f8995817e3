"""From what the cutter says to what the centre gets: beginning, live sound, and record of each over."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import numpy as np
import structlog

from bus.clock import Clock, to_ms
from bus.ids import new_id
from bus.link import Outbound
from bus.messages.over import AudioChunk, Over, OverStart
from bus.messages.signal import Clockwork
from bus.messages.status import ChannelState
from gateway.announcer import Announcer
from gateway.box import Box
from gateway.clockwork import clockwork
from gateway.over_events import ChannelFree, ChannelStuck, OverAudio, OverEnded, OverEvent, OverStarted
from gateway.recording import sha256, to_flac
from gateway.spool_rows import Batch, Draft, SourceState

log = structlog.get_logger()

_CHUNK_SAMPLES = 3200
"""200 ms."""
_START_EXPIRY_S = 3600
_AUDIO_EXPIRY_S = 10

Rx = Literal["idle", "busy", "stuck", "dead"]


@dataclass(frozen=True)
class Beginning:
    """An over as known when it began."""

    id: str
    said_at: datetime
    clock: Clockwork
    continues: str | None


@dataclass(frozen=True, eq=False)
class Finished:
    """An over that waits to be stored."""

    beginning: Beginning
    ended: OverEnded


class OverAnnouncer:
    """Follows the overs of one channel, live. `finished` gets each over when it ends."""

    def __init__(
        self,
        name: str,
        box: Box,
        clock: Clock,
        announcer: Announcer,
        finished: asyncio.Queue[Finished | None],
        *,
        live: bool,
    ) -> None:
        self.name = name
        self._box = box
        self._clock = clock
        self._announcer = announcer
        self._finished = finished
        self._live = live
        self._over: Beginning | None = None
        self._last: str | None = None
        self._pending = np.zeros(0, np.int16)
        self._chunks = 0
        self._sent = 0
        """Samples of the running over that went out live."""
        self._rx: Rx | None = None

    def take(self, event: OverEvent) -> None:
        """One event of the cutter."""
        match event:
            case OverStarted():
                self._start(event)
            case OverAudio():
                self._sound(event)
            case OverEnded():
                self._end(event)
            case ChannelStuck():
                self.state("stuck")
            case ChannelFree():
                self.state("idle")
            case _:
                log.info("kerchunk", channel=self.name, seconds=round(event.seconds, 2), noise=event.noise)

    def state(self, rx: Rx) -> None:
        """Tell how the channel is, if that changed."""
        if rx == self._rx and rx != "busy":
            return
        self._rx = rx
        state = ChannelState(
            gateway=self._box.gateway,
            channel=self.name,
            rx=rx,
            since=self._clock.now(),
            over=self._over.id if self._over else None,
        )
        self._announcer.keep(Outbound(self._box.topics.channel_state(self.name), state.encode(), retain=True))

    def _start(self, event: OverStarted) -> None:
        ago = timedelta(seconds=self._clock.monotonic() - event.at)
        over = Beginning(
            new_id(), to_ms(self._clock.now() - ago), clockwork(), self._last if event.continues else None
        )
        self._over, self._last = over, over.id
        self._pending, self._chunks, self._sent = self._pending[:0], 0, 0
        start = OverStart(
            id=over.id,
            gateway=self._box.gateway,
            channel=self.name,
            boot=self._box.boot,
            said_at=over.said_at,
            clock=over.clock,
            opened_by=event.opened_by,
            continues=over.continues,
        )
        topic = self._box.topics.over_start(self.name, over.id)
        self._announcer.say(Outbound(topic, start.encode(), expiry_s=_START_EXPIRY_S))
        self.state("busy")

    def _sound(self, event: OverAudio) -> None:
        if not self._live or self._over is None:
            return
        self._pending = np.concatenate((self._pending, event.samples))
        while len(self._pending) >= _CHUNK_SAMPLES:
            self._chunk(self._over)
        # Whoever listens can finish its text while the hang time still runs.
        if event.settled and len(self._pending):
            self._chunk(self._over)

    def _chunk(self, over: Beginning, *, last: bool = False) -> None:
        samples, self._pending = self._pending[:_CHUNK_SAMPLES], self._pending[_CHUNK_SAMPLES:]
        chunk = AudioChunk(self._chunks, self._sent, samples.astype("<i2").tobytes(), last=last)
        self._chunks += 1
        self._sent += len(samples)
        topic = self._box.topics.over_audio(self.name, over.id)
        self._announcer.say(Outbound(topic, chunk.encode(), qos=0, expiry_s=_AUDIO_EXPIRY_S))

    def _end(self, event: OverEnded) -> None:
        over, self._over = self._over, None
        if over is None:
            return
        if self._live:
            self._chunk(over, last=True)
        if self._finished.full():
            lost = self._finished.get_nowait()
            log.error("over lost, nothing could be stored for too long", id=lost and lost.beginning.id)
        self._finished.put_nowait(Finished(over, event))
        self.state("idle")


def recording(box: Box, channel: str, over: Finished, flac: bytes, state: SourceState) -> Batch:
    """The record of an over as the next row of its channel. Pure."""
    ended = over.ended
    about = Over(
        id=over.beginning.id,
        gateway=box.gateway,
        channel=channel,
        seq=state.seq + 1,
        boot=box.boot,
        said_at=over.beginning.said_at,
        clock=over.beginning.clock,
        seconds=ended.seconds,
        end=ended.reason,
        rms_dbfs=ended.rms_dbfs,
        peak_dbfs=ended.peak_dbfs,
        clip_percent=ended.clip_percent,
        snr_db=ended.snr_db,
        continues=over.beginning.continues,
        sha256=sha256(flac),
    )
    topic = box.topics.over_recording(channel, about.id)
    user = {"over": about.model_dump_json()}
    return Batch((Draft(about.id, "recording", topic, flac, over.beginning.said_at, user),))


def flac_of(over: Finished) -> bytes:
    """The recording; takes a while, so not on the event loop."""
    return to_flac(over.ended.samples)
