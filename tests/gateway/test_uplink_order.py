"""Rows keep their order even when the connection is lost and found while the spool is being read."""

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bus.clock import SystemClock
from bus.ids import new_id
from gateway.spool.rows import Batch, Draft, SourceState
from gateway.spool.spool import Spool
from gateway.uplink import Uplink
from tests.support.broker import ForgetfulBroker
from tests.support.links import running
from tests.support.panel_port import spool_at

AT = datetime(2026, 3, 1, tzinfo=UTC)
LINE = "line-1"


class Listener(ForgetfulBroker):
    """Forgets, but remembers for the test what it was told."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []

    def _puback(self, first: int, body: bytes) -> bytes:
        self.told.append(body[-5:].decode())
        return super()._puback(first, body)


async def put(spool: Spool, *texts: str) -> str:
    """Store rows; the id of the first."""
    rows = await spool.put(
        LINE, lambda _: Batch(tuple(Draft(new_id(), "signal", "t", text.encode(), AT) for text in texts))
    )
    return rows[0].id


@contextlib.asynccontextmanager
async def busy_thread(spool: Spool) -> AsyncIterator[None]:
    """The spool's thread is held up by a slow disk for as long as the block lasts."""
    go_on = threading.Event()

    def slow(_: SourceState) -> Batch:
        go_on.wait(10)
        return Batch(())

    async with asyncio.TaskGroup() as group:
        group.create_task(spool.put("another", slow), name="slow disk")
        await asyncio.sleep(0)
        try:
            yield
        finally:
            go_on.set()


@pytest.mark.slow
async def test_nothing_overtakes_what_the_old_connection_lost(tmp_path: Path) -> None:
    """A row read before a reconnection and sent after it would arrive before those that must go again."""
    broker = Listener()
    async with (
        spool_at(tmp_path / "spool.db") as spool,
        broker.serving(),
        running(broker.port, new_id()) as link,
        asyncio.TaskGroup() as group,
        asyncio.timeout(10),
    ):
        uplink = Uplink(spool, link, SystemClock())
        task = group.create_task(uplink.run(), name="uplink")
        first = await put(spool, "row-1")
        await broker.wait(forgotten=1)
        uplink.receipt([first])
        await put(spool, "row-2", "row-3")
        await broker.wait(forgotten=3)
        async with busy_thread(spool):
            waiting = group.create_task(put(spool, "row-4"), name="row-4")
            spool.news.set()
            await asyncio.sleep(0)
            await broker.hang_up()
            await broker.wait(logins=2)
            await link.wait_connected()
        await waiting
        await broker.wait(forgotten=4)
        task.cancel()

    assert broker.told[:4] == ["row-1", "row-2", "row-3", "row-2"]
