"""Puts things into the spool that may wait: each until it is there."""

import asyncio
import contextlib
from collections.abc import Callable

import structlog

from gateway.errors import SpoolError
from gateway.spool.rows import Build, Row
from gateway.spool.spool import Spool

log = structlog.get_logger()

_AGAIN_S = 2.0


class PatientStore:
    """Stores for one channel. After `stop` each thing is tried once more, and no longer.

    `on_held` hears why something waits in memory, and None whenever the spool took it.
    """

    def __init__(
        self, channel: str, spool: Spool, on_held: Callable[[SpoolError | None], None] | None = None
    ) -> None:
        self._channel = channel
        self._spool = spool
        self._on_held = on_held or (lambda _: None)
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """The box stops: what cannot be stored now is lost."""
        self._stopping.set()

    async def put(self, source: str, build: Build, *, bulky: bool = False) -> tuple[Row, ...] | None:
        """The rows of `build`, on disk; None when they could not be stored and the box stops."""
        while True:
            try:
                rows = await self._spool.put(source, build, bulky=bulky)
            except SpoolError as error:
                log.error("not stored", channel=self._channel, source=source, problem=str(error))  # noqa: TRY400 - one sentence
                self._on_held(error)
            else:
                self._on_held(None)
                return rows
            if self._stopping.is_set():
                return None
            await self._pause()

    async def _pause(self) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_AGAIN_S):
                await self._stopping.wait()
