"""What the centre is told of each request: stored in the spool with what the box must remember, then sent."""

import asyncio
from collections.abc import Callable
from functools import partial

from bus.clock import Clock, to_ms
from bus.ids import derived_id
from bus.messages.transmit import TxProgress
from gateway.box import Box
from gateway.channel.patient_store import PatientStore
from gateway.spool.rows import Batch, Draft, SourceState
from gateway.spool.spool import Spool
from gateway.transmitter.ledger import Ledger
from gateway.transmitter.words import Tell


class Progress:
    """Of one channel. `remember` is on disk when it returns; `tell` is as soon as the spool takes it."""

    def __init__(self, channel: str, box: Box, spool: Spool, clock: Clock) -> None:
        self._channel = channel
        self._source = f"{channel}/tx"
        self._box = box
        self._spool = spool
        self._clock = clock
        self._store = PatientStore(channel, spool)
        self._untold: asyncio.Queue[TxProgress | None] = asyncio.Queue()

    async def ledger(self) -> Ledger:
        """What is remembered. Raises `SpoolError`."""
        states = await self._spool.sources()
        return Ledger.of(states.get(self._source, SourceState()).memory)

    async def asked(self, request: str) -> None:
        """Remember that this request came. Raises `SpoolError`: then it may not be spoken."""
        at = self._clock.now()
        await self._remember(lambda ledger: ledger.asked_for(request, at))

    async def muted(self, *, on: bool) -> None:
        """Remember the mute. Raises `SpoolError`."""
        await self._remember(lambda ledger: ledger.muted_as(on))

    def tell(self, told: Tell) -> None:
        """The centre will hear of this."""
        self._untold.put_nowait(
            TxProgress(
                id=derived_id(self._channel, told.id, told.state),
                gateway=self._box.gateway,
                channel=self._channel,
                request=told.id,
                state=told.state,
                reason=told.reason,
                seconds_keyed=round(told.seconds, 3),
                at=to_ms(self._clock.now()),
            )
        )

    def stop(self) -> None:
        """No more will come."""
        self._store.stop()
        self._untold.put_nowait(None)

    async def run(self) -> None:
        """Store what is told, until stopped."""
        while (progress := await self._untold.get()) is not None:
            await self._store.put(self._source, partial(self._row, progress))

    async def _remember(self, turned: Callable[[Ledger], Ledger]) -> None:
        await self._spool.put(
            self._source, lambda state: Batch((), turned(Ledger.of(state.memory)).model_dump_json())
        )

    def _row(self, progress: TxProgress, state: SourceState) -> Batch:
        topic = self._box.topics.tx_progress(self._channel, progress.request)
        draft = Draft(progress.id, "progress", topic, progress.encode(), progress.at)
        return Batch((draft,), Ledger.of(state.memory).told(progress).model_dump_json())
