"""Finished overs on their way to the spool, in order: encoded, judged, stored."""

import asyncio
from collections.abc import Callable
from functools import partial

import structlog

from gateway.box import Box
from gateway.channel.over_judge import OverJudge
from gateway.channel.over_record import Finished, Judged, record_of
from gateway.channel.patient_store import PatientStore
from gateway.errors import SpoolError
from gateway.spool.spool import Spool

log = structlog.get_logger()

_UNSTORED = 20
"""Overs kept in memory while the spool takes none."""


class OverStore:
    """Stores the overs of one channel; `on_held` as of `PatientStore`."""

    def __init__(
        self, channel: str, box: Box, spool: Spool, on_held: Callable[[SpoolError | None], None]
    ) -> None:
        self._channel = channel
        self._box = box
        self._store = PatientStore(channel, spool, on_held)
        self._finished: asyncio.Queue[tuple[Finished, OverJudge] | None] = asyncio.Queue()
        self._before: Judged | None = None

    def take(self, over: Finished, judge: OverJudge) -> None:
        """One more, with who judges it; when nothing can be stored for too long, the oldest is lost."""
        if self._finished.qsize() >= _UNSTORED:
            lost = self._finished.get_nowait()
            log.error("over lost, nothing could be stored for too long", id=lost and lost[0].beginning.id)
        self._finished.put_nowait((over, judge))

    def stop(self) -> None:
        """No more will come, and what cannot be stored is lost."""
        self._store.stop()
        self._finished.put_nowait(None)

    async def run(self) -> None:
        """Store what comes, until stopped."""
        while (finished := await self._finished.get()) is not None:
            over, judge = finished
            judged = (await judge.verdict(over)).joined(self._before)
            self._before = judged
            row_of = partial(record_of, judged, self._box, self._channel)
            rows = await self._store.put(self._channel, row_of, bulky=True)
            for row in rows or ():
                log.info("stored", channel=self._channel, id=row.id, seq=row.seq, seconds=over.ended.seconds)
