import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bus.clock import SystemClock
from bus.ids import new_id
from bus.link import Inbound, Link
from gateway.spool.rows import Batch, Build, Draft, Row, SourceState, SpoolLimits
from gateway.spool.spool import Spool
from gateway.uplink import Uplink
from gateway.uplink_flight import WINDOW, Flight
from tests.support.broker import ForgetfulBroker, Mosquitto
from tests.support.links import running, take

AT = datetime(2026, 3, 1, tzinfo=UTC)


def said(topic: str, *payloads: bytes) -> Build:
    """A build that stores these payloads."""

    def build(_: SourceState) -> Batch:
        return Batch(tuple(Draft(new_id(), "signal", topic, one, AT, {"over": "{}"}) for one in payloads))

    return build


def row(n: int) -> Row:
    """The `n`-th row of a source."""
    return Row(n, "line-1", n, Draft(f"id-{n}", "signal", "t", b"", AT))


@pytest.fixture
async def spool(tmp_path: Path) -> AsyncIterator[Spool]:
    """An open spool."""
    made = Spool(tmp_path / "spool.db", SpoolLimits(reserve_mb=0))
    await made.open()
    yield made
    await made.close()


@contextlib.asynccontextmanager
async def connected(spool: Spool, port: int, topic: str) -> AsyncIterator[tuple[Uplink, Link]]:
    """An uplink at work, and the centre's link, which hears `topic`."""
    async with (
        running(port, new_id(), topic) as centre,
        running(port, new_id()) as box,
        sending(spool, box) as uplink,
    ):
        yield uplink, centre


@contextlib.asynccontextmanager
async def sending(spool: Spool, link: Link, resend_after_s: float = 10) -> AsyncIterator[Uplink]:
    """An uplink at work."""
    uplink = Uplink(spool, link, SystemClock(), resend_after_s=resend_after_s)
    async with asyncio.TaskGroup() as group:
        task = group.create_task(uplink.run(), name="uplink")
        yield uplink
        task.cancel()


async def emptied(spool: Spool) -> None:
    """Returns when the spool is empty."""
    async with asyncio.timeout(5):
        while (await spool.depth()).rows:  # noqa: ASYNC110 (each look is a round trip through the spool's thread)
            await asyncio.sleep(0)


def test_the_first_row_goes_alone_and_proves_the_way() -> None:
    """Until a receipt came nothing follows; then a handful may be under way."""
    first = Flight().took_off(row(1), 0.0)
    proved = first.landed(frozenset({"id-1"}))

    assert first.room == 0
    assert proved.room == WINDOW
    assert first.landed(frozenset({"another's"})) == first


def test_a_missing_receipt_brings_everything_again_in_order() -> None:
    """A flight that starts again does so from its oldest row, alone."""
    flight = Flight(window=WINDOW).took_off(row(1), 3.0).took_off(row(2), 4.0)

    assert flight.due_at(10) == 13.0
    assert flight.restarted().due_at(10) is None
    assert (flight.restarted().after, flight.restarted().room) == (0, 1)


async def test_rows_leave_the_spool_on_the_centres_receipt(spool: Spool, mosquitto: Mosquitto) -> None:
    """Sent in order with time of sending and their own properties; freed when, and only when, receipted."""
    topic = f"test/{new_id()}"
    rows = await spool.put("line-1", said(topic, *(b"%d" % i for i in range(30))))
    async with connected(spool, mosquitto.port, topic) as (uplink, centre):
        got: list[Inbound] = []
        for _ in rows:
            got += await take(centre)
            assert (await spool.depth()).rows >= len(rows) - len(got) + 1
            uplink.receipt([rows[len(got) - 1].id])
        await emptied(spool)

    assert [one.payload for one in got] == [row.draft.payload for row in rows]
    assert set(got[0].user) == {"over", "sent"}
    assert datetime.fromisoformat(got[0].user["sent"]).tzinfo is UTC


async def test_a_brokers_acknowledgement_frees_nothing(spool: Spool) -> None:
    """A broker that acknowledges and forgets gets the same row again and again, and the row stays."""
    await spool.put("line-1", said("test/forgotten", b"alarm"))
    broker = ForgetfulBroker()
    async with broker.serving(), running(broker.port, new_id()) as box:
        async with sending(spool, box, resend_after_s=0.05), asyncio.timeout(5):
            await broker.wait(forgotten=3)
        depth = await spool.depth()

    assert depth.rows == 1


@pytest.mark.slow
async def test_a_reconnect_sends_again_at_once(spool: Spool) -> None:
    """What had no receipt when the connection was lost goes again without waiting for its time."""
    await spool.put("line-1", said("test/forgotten", b"alarm"))
    broker = ForgetfulBroker()
    async with broker.serving(), running(broker.port, new_id()) as box, sending(spool, box):
        async with asyncio.timeout(5):
            await broker.wait(forgotten=1)
            await broker.hang_up()
            await broker.wait(forgotten=2)

    assert broker.forgotten == 2


async def test_one_source_that_waits_does_not_hold_up_another(spool: Spool, mosquitto: Mosquitto) -> None:
    """A line whose receipts do not come leaves the others alone."""
    topic = f"test/{new_id()}"
    await spool.put("line-1", said(topic, *([b"stuck"] * 20)))
    (other,) = await spool.put("line-2", said(topic, b"free"))
    async with connected(spool, mosquitto.port, topic) as (uplink, centre):
        got = {one.payload for one in await take(centre, 2)}
        uplink.receipt([other.id, "unknown to this box"])

    assert got == {b"stuck", b"free"}


async def test_a_new_row_is_sent_at_once(spool: Spool, mosquitto: Mosquitto) -> None:
    """Nobody waits for the next look at the spool."""
    topic = f"test/{new_id()}"
    async with connected(spool, mosquitto.port, topic) as (uplink, centre):
        for i in range(20):
            (stored,) = await spool.put("line-1", said(topic, b"%d" % i))
            async with asyncio.timeout(0.5):
                await take(centre)
            uplink.receipt([stored.id])
