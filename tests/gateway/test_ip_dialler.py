"""The simulated dialler against the box, as panels behave in the field."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import pytest

from gateway.spool.spool import Spool
from hardware.simulators.dc09_dialler import Dc09Dialler, DiallerTiming
from tests.support.ip_panel import KEY, Network, network_with
from tests.support.panel_port import spool_at

EVENT = ("ADM-CID", "1130 01 015")
HASTY = DiallerTiming(answer_s=0.2, pause_s=0, attempts=2)


@pytest.fixture
async def spool(tmp_path: Path) -> AsyncIterator[Spool]:
    """A spool of its own."""
    async with spool_at(tmp_path / "spool.db") as opened:
        yield opened


@pytest.fixture
async def network(spool: Spool) -> AsyncIterator[Network]:
    """A line that listens."""
    async with network_with(spool) as listening:
        yield listening


@pytest.mark.parametrize("transport", ["tcp", "udp"])
@pytest.mark.parametrize("key", [None, KEY])
async def test_a_dialler_is_served(
    network: Network, transport: Literal["tcp", "udp"], key: bytes | None
) -> None:
    """Link tests and events, in clear and encrypted, by both transports; each event is stored once."""
    async with Dc09Dialler("127.0.0.1", network.line.port, "4711", key=key, transport=transport) as panel:
        outcomes = [
            await panel.link_test(),
            await panel.send(*EVENT),
            await panel.send("SIA-DCS", "Nri1/OP3"),
        ]

    assert [(one.result, len(one.frames)) for one in outcomes] == [("ack", 1)] * 3
    assert [one.event.code for one in await network.signals() if one.event] == ["130", "OP"]


@pytest.mark.parametrize("key", [None, KEY])
async def test_a_wrong_clock_is_set_by_the_box(network: Network, key: bytes | None) -> None:
    """One NAK sets the panel right; the event said twice is one alarm and a repeat of it."""

    def years_ago() -> datetime:
        return datetime.now(UTC) - timedelta(days=4000)

    async with Dc09Dialler("127.0.0.1", network.line.port, "4711", key=key, now=years_ago) as panel:
        first, second = await panel.send(*EVENT), await panel.send(*EVENT)

    assert [(one.result, one.naks) for one in (first, second)] == [("ack", 1), ("ack", 0)]
    assert abs(panel.clock_set_by - timedelta(days=4000)) < timedelta(seconds=3)
    assert [one.kind for one in await network.signals()] == ["event", "repeat", "event"]


async def test_a_wrong_key_is_refused(network: Network) -> None:
    """The panel hears DUH and sends no more."""
    async with Dc09Dialler("127.0.0.1", network.line.port, "4711", key=bytes(16)) as panel:
        outcome = await panel.send(*EVENT)

    assert (outcome.result, len(outcome.frames)) == ("duh", 1)
    assert [one.kind for one in await network.signals()] == ["unparsed"]


@pytest.mark.slow
async def test_a_lost_answer_makes_one_alarm(spool: Spool) -> None:
    """The panel dials again, encrypts anew, and is answered; the queue gets one alarm."""
    lost = 0
    box = 0

    async def lose_the_first(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal lost
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", box)
        far_writer.write(await reader.readuntil(b"\r"))
        answer = await far_reader.readuntil(b"\r")
        lost += 1
        if lost > 1:
            writer.write(answer)
        far_writer.close()
        writer.close()

    async with network_with(spool) as network:
        box = network.line.port
        between = await asyncio.start_server(lose_the_first, "127.0.0.1", 0)
        port = between.sockets[0].getsockname()[1]
        async with Dc09Dialler("127.0.0.1", port, "4711", key=KEY, timing=HASTY) as panel:
            outcome = await panel.send(*EVENT)
        between.close()
        first, repeat = await network.signals()

    assert (outcome.result, len(outcome.frames)) == ("ack", 2)
    assert (first.kind, repeat.kind, repeat.repeat_of) == ("event", "repeat", first.id)


@pytest.mark.slow
async def test_nobody_there_is_said_so(network: Network) -> None:
    """A port nobody serves, by either transport, is an event unanswered after all attempts."""
    free = network.line.port
    for transport in ("tcp", "udp"):
        async with Dc09Dialler("127.0.0.2", free, "4711", transport=transport, timing=HASTY) as panel:
            outcome = await panel.send(*EVENT)
        assert (outcome.result, len(outcome.frames)) == ("unanswered", 2)
