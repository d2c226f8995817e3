"""What a stranger on the network cannot do to the box."""

import asyncio
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from gateway.ip.conversation import _NONSENSE
from gateway.ip.limits import Guests, IpLimits
from gateway.spool.spool import Spool
from hardware.panels.frame import MAX_FRAME
from tests.support.ip_panel import Network, event, network_with
from tests.support.panel_port import spool_at

LIMITS = IpLimits(connections=4, per_peer=3, idle_s=0.6, frame_s=0.3)


@pytest.fixture
async def spool(tmp_path: Path) -> AsyncIterator[Spool]:
    """A spool of its own."""
    async with spool_at(tmp_path / "spool.db") as opened:
        yield opened


@pytest.fixture
async def network(spool: Spool) -> AsyncIterator[Network]:
    """A line with little patience."""
    async with network_with(spool, limits=LIMITS) as listening:
        yield listening


def test_all_peers_together_have_a_limit() -> None:
    """A peer has its own limit and all have one; who leaves makes room."""
    guests = Guests(LIMITS)
    assert [guests.enter(peer) for peer in ("a", "a", "a", "a", "b", "b", "c")] == [True] * 3 + [
        False,
        True,
        False,
        False,
    ]
    guests.leave("a")
    assert guests.enter("c")
    assert not guests.enter("c")


@pytest.mark.slow
async def test_one_connection_too_many_is_closed_and_the_others_live(network: Network) -> None:
    """The refused may come back when another has left."""
    async with network.connection() as first, network.connection() as second:
        async with network.connection() as third:
            for n, panel in enumerate((first, second, third)):
                assert (await panel.asks(event(n))).id == "ACK"
            async with network.connection() as fourth:
                assert await fourth.ends()
        await asyncio.wait_for(_served(network), 3)


@pytest.mark.slow
async def test_silence_ends_a_connection(network: Network) -> None:
    """Whoever says nothing holds no place for long."""
    async with network.connection() as panel:
        assert (await panel.asks(event(1))).id == "ACK"
        assert await panel.ends()


@pytest.mark.slow
async def test_an_unfinished_frame_ends_a_connection(network: Network) -> None:
    """A byte now and then gains no time; what was said is kept, and not answered."""
    frame = event(1)
    async with network.connection() as panel:
        ended = asyncio.ensure_future(panel.ends())
        for at in range(30):
            panel.writer.write(frame[at : at + 1])
            done, _ = await asyncio.wait([ended], timeout=0.05)
            if done:
                break
        assert await ended
        assert at < 20
    (stored,) = await network.signals()
    assert stored.kind == "unparsed"
    assert frame.hex().startswith("0a" + stored.raw)


async def test_a_frame_too_long_is_refused(network: Network) -> None:
    """One piece of it is kept, the connection ends, and the next panel is served."""
    async with network.connection() as panel:
        panel.writer.write(b'\n00000FFF"SIA-DCS"0001L0#4711[' + b"A" * 100 * MAX_FRAME)
        assert await panel.ends()
    async with network.connection() as panel:
        assert (await panel.asks(event(1))).id == "ACK"
    kinds = [one.kind for one in await network.signals()]
    assert kinds[-1] == "event"
    assert kinds.count("unparsed") <= 2


async def test_a_length_that_lies_is_believed_by_its_crc(network: Network) -> None:
    """0FFF told, 60 bytes sent, the check right: an event."""
    frame = event(1)
    async with network.connection() as panel:
        assert (await panel.asks(frame[:5] + b"0FFF" + frame[9:])).id == "ACK"


async def test_nonsense_ends_a_connection(network: Network) -> None:
    """It is kept as far as it goes, and no further."""
    async with network.connection() as panel:
        panel.writer.write(b"GET / HTTP/1.0\r\n" * 1000)
        assert await panel.ends()
    assert 1 <= len(await network.signals()) <= _NONSENSE


@pytest.mark.slow
async def test_random_bytes_stop_nobody(network: Network) -> None:
    """Whatever comes on ten connections, in any pieces, the next panel is served."""
    rng = random.Random(9)
    for _ in range(10):
        async with network.connection() as panel:
            for _ in range(5):
                panel.writer.write(rng.randbytes(rng.randrange(1, 4000)))
            assert await panel.ends()
    async with network.connection() as panel:
        assert (await panel.asks(event(1))).id == "ACK"


async def test_datagrams_of_any_kind_stop_nobody(network: Network) -> None:
    """Empty, overlong and random ones; a connection is served beside them."""
    rng = random.Random(9)
    transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(
        asyncio.DatagramProtocol, remote_addr=("127.0.0.1", network.line.port)
    )
    for size in (0, 1, MAX_FRAME + 1, 60_000):
        transport.sendto(rng.randbytes(size))
    async with network.connection() as panel:
        assert (await panel.asks(event(1))).id == "ACK"
    transport.close()


async def _served(network: Network) -> None:
    """A new connection gets an answer, as soon as the box has noticed that another left."""
    for n in range(100):
        async with network.connection() as panel:
            panel.writer.write(event(100 + n))
            if await panel.reader.read(1):
                return
