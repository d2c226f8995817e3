"""From what is heard to what the centre gets: beginning, callers, live sound, and record of each over."""

from collections.abc import Callable
from datetime import timedelta
from typing import Literal

import numpy as np
import structlog

from bus.clock import Clock, to_ms
from bus.ids import new_id
from bus.link import Outbound
from bus.messages.over import AudioChunk, CallerHeard, OverStart
from bus.messages.status import ChannelState
from gateway.announcer import Announcer
from gateway.box import Box
from gateway.channel.over_events import (
    CallFound,
    ChannelFree,
    ChannelStuck,
    Kerchunk,
    OverAudio,
    OverEnded,
    OverEvent,
    OverStarted,
)
from gateway.channel.over_judge import OverJudge
from gateway.channel.over_record import ONE_CALL, Beginning, Finished, lets_go
from gateway.channel.radio_calls import RadioCalls, caller_of
from gateway.clockwork import clockwork

log = structlog.get_logger()

_CHUNK_SAMPLES = 3200
"""200 ms."""
_START_EXPIRY_S = 3600
_AUDIO_EXPIRY_S = 10

Rx = Literal["idle", "busy", "stuck", "dead"]


class OverAnnouncer:
    """Follows the overs of one channel, live.

    `finished` gets each over when it ends, `calls` whatever may be an emergency; `overruns` tells how often
    sound was lost so far.
    """

    def __init__(
        self,
        name: str,
        box: Box,
        clock: Clock,
        announcer: Announcer,
        finished: Callable[[Finished, OverJudge], None],
        calls: RadioCalls,
        overruns: Callable[[], int],
        *,
        live: bool,
    ) -> None:
        self.name = name
        self._box = box
        self._clock = clock
        self._announcer = announcer
        self._finished = finished
        self._calls = calls
        self._overruns = overruns
        self._live = live
        self._found: list[CallFound] = []
        """Calls since the last over ended."""
        self._over: Beginning | None = None
        self._judge = OverJudge()
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
            case CallFound():
                self._call(event)
            case ChannelStuck():
                self.state("stuck")
            case ChannelFree():
                self.state("idle")
            case Kerchunk():
                log.info("kerchunk", channel=self.name, seconds=round(event.seconds, 2), noise=event.noise)

    def state(self, rx: Rx) -> None:
        """Tell how the channel is, if that changed."""
        if rx == self._rx and rx != "busy":
            return
        if rx == "dead":
            self._found.clear()  # the positions of the next sound are others
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
        said_at = to_ms(self._clock.now() - ago)
        continues = self._last if event.continues else None
        over = Beginning(new_id(), event.position, said_at, clockwork(), self._overruns(), continues)
        self._over, self._last, self._judge = over, over.id, OverJudge()
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
        # What a kerchunk said just before belongs to the over: id first, then the words.
        self._forget_before(event.position)
        for found in self._found:
            self._say_caller(over, found)

    def _call(self, found: CallFound) -> None:
        over = self._over
        self._calls.heard(found, over)
        if over:
            self._say_caller(over, found)
        elif lets_go(found.call.kind, found.call.raw):
            return  # the over it belongs to has ended without it
        else:
            self._forget_before(found.position)
        self._found.append(found)

    def _forget_before(self, position: int) -> None:
        self._found = [each for each in self._found if position - each.position <= ONE_CALL]

    def _say_caller(self, over: Beginning, found: CallFound) -> None:
        heard = CallerHeard(
            over=over.id,
            gateway=self._box.gateway,
            channel=self.name,
            caller=caller_of(found, over),
        )
        topic = self._box.topics.over_caller(self.name, over.id)
        self._announcer.say(Outbound(topic, heard.encode(), expiry_s=_START_EXPIRY_S))

    def _sound(self, event: OverAudio) -> None:
        self._judge.hear(event.samples)
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
        callers = tuple(caller_of(found, over) for found in self._found)
        self._found.clear()
        self._finished(Finished(over, event, callers, self._overruns() - over.overruns), self._judge)
        self.state("idle")
