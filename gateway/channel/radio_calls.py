"""A radio's emergency key on its way to the spool: at once, before its over ends and anybody knows a word."""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

import structlog

from bus.clock import Clock, to_ms
from bus.ids import new_id
from bus.messages.over import Caller, RadioCall
from bus.messages.signal import Clockwork
from gateway.box import Box
from gateway.channel.over_events import CallFound
from gateway.channel.over_record import Beginning, ms
from gateway.channel.patient_store import PatientStore
from gateway.clockwork import clockwork
from gateway.spool.rows import Batch, Draft, SourceState
from gateway.spool.spool import Spool
from hardware.audio.format import SAMPLE_RATE

log = structlog.get_logger()

_SAME_PRESS = 5 * SAMPLE_RATE
"""A radio sends its emergency several times a press; before an over has begun only time tells the presses."""


@dataclass(frozen=True)
class Emergency:
    """One press of an emergency key."""

    id: str
    said_at: datetime
    clock: Clockwork
    over: str | None
    caller: Caller


@dataclass(frozen=True)
class _Press:
    position: int
    over: str | None

    def repeats(self, before: "_Press") -> bool:
        same_over = self.over is not None and self.over == before.over
        return same_over or 0 <= self.position - before.position < _SAME_PRESS


class RadioCalls:
    """Stores the emergencies of one channel, each once an over and radio, in a source of their own."""

    def __init__(self, channel: str, box: Box, clock: Clock, spool: Spool) -> None:
        self._channel = channel
        self._box = box
        self._clock = clock
        self._store = PatientStore(channel, spool)
        self._pressed: dict[tuple[str, str], _Press] = {}
        self._waiting: asyncio.Queue[Emergency | None] = asyncio.Queue()

    def heard(self, found: CallFound, over: Beginning | None) -> None:
        """A call was found, in this over if one has begun; only emergencies matter here."""
        name = over.id if over else None
        if found.call.meaning != "emergency" or not self._is_new(found, name):
            return
        ago = timedelta(seconds=self._clock.monotonic() - found.at)
        said_at = to_ms(self._clock.now() - ago)
        self._waiting.put_nowait(Emergency(new_id(), said_at, clockwork(), name, caller_of(found, over)))

    def stop(self) -> None:
        """No more will come, and what cannot be stored is lost."""
        self._store.stop()
        self._waiting.put_nowait(None)

    async def run(self) -> None:
        """Store what comes, until stopped."""
        while (emergency := await self._waiting.get()) is not None:
            log.warning("emergency", channel=self._channel, id=emergency.id, radio=emergency.caller.id)
            await self._store.put(f"{self._channel}/call", partial(self._row, emergency))

    def _is_new(self, found: CallFound, over: str | None) -> bool:
        key = (found.call.kind, found.call.id)
        press = _Press(found.position, over)
        before = self._pressed.get(key)
        new = before is None or not press.repeats(before)
        self._pressed[key] = press if before is None or new else replace(before, over=over)
        return new

    def _row(self, emergency: Emergency, state: SourceState) -> Batch:
        call = RadioCall(
            id=emergency.id,
            gateway=self._box.gateway,
            channel=self._channel,
            seq=state.seq + 1,
            boot=self._box.boot,
            said_at=emergency.said_at,
            clock=emergency.clock,
            over=emergency.over,
            caller=emergency.caller,
        )
        topic = self._box.topics.radio_call(self._channel)
        return Batch((Draft(call.id, "call", topic, call.encode(), emergency.said_at),))


def caller_of(found: CallFound, over: Beginning | None) -> Caller:
    """A call as the centre gets it; negative `at_ms` is before the over's first sample."""
    call = found.call
    return Caller(
        kind=call.kind,
        id=call.id,
        meaning=call.meaning,
        at_ms=ms(found.position - over.position) if over else 0,
        raw=call.raw,
        fixed=call.fixed,
    )
