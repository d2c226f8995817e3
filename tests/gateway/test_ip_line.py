import asyncio
import socket
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gateway.ip.limits import IpLimits
from gateway.spool.spool import Spool
from hardware.panels.sia_dc09.encode import message_frame
from tests.support.ip_panel import KEY, Network, event, network_with, understood
from tests.support.panel_port import spool_at

LATE = datetime.now(UTC) - timedelta(days=4000)
"""A panel whose clock was never set."""


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


async def test_an_event_is_stored_and_then_acknowledged(network: Network) -> None:
    """The ACK repeats sequence and address when the signal is in the spool."""
    async with network.connection() as panel:
        answer = await panel.asks(event(7))
        (stored,) = await network.signals()

    assert (answer.id, answer.sequence, answer.address) == ("ACK", "0007", "L0#4711")
    assert stored.event is not None
    assert (stored.kind, stored.protocol, stored.seq) == ("event", "sia_dc09", 1)
    assert (stored.event.account, stored.event.code, stored.event.zone) == ("4711", "130", "015")


async def test_an_encrypted_event_is_acknowledged_encrypted(network: Network) -> None:
    """The answer opens with the panel's key and carries our time."""
    async with network.connection() as panel:
        answer = await panel.asks(event(7, key=KEY))
        (stored,) = await network.signals()

    assert (answer.id, answer.encrypted, answer.sequence) == ("ACK", True, "0007")
    assert answer.stamp is not None
    assert stored.event is not None
    assert (stored.kind, stored.event.code) == ("event", "130")


async def test_datagrams_are_answered_to_their_sender(network: Network) -> None:
    """UDP on the same port: each datagram is a stream of its own."""
    answers: asyncio.Queue[bytes] = asyncio.Queue()

    class Dialler(asyncio.DatagramProtocol):
        def datagram_received(self, data: bytes, addr: object) -> None:  # noqa: ARG002 (asyncio names it)
            answers.put_nowait(data)

    transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(
        Dialler, remote_addr=("127.0.0.1", network.line.port)
    )
    transport.sendto(event(1)[:20])
    transport.sendto(event(2))
    answer = understood(await asyncio.wait_for(answers.get(), 3))
    transport.close()

    assert (answer.id, answer.sequence) == ("ACK", "0002")
    assert sorted(one.kind for one in await network.signals()) == ["event", "unparsed"]


async def test_a_link_test_is_answered_and_leaves_no_row(network: Network) -> None:
    """Both in clear and encrypted."""
    async with network.connection() as panel:
        for key in (None, KEY):
            test = message_frame("NULL", "", sequence=0, account="4711", at=datetime.now(UTC), key=key)
            assert (await panel.asks(test)).id == "ACK"

    assert await network.signals() == []


async def test_without_the_key_a_sound_frame_is_refused_and_kept(network: Network) -> None:
    """DUH: the panel learns that it was heard and not understood; the dispatcher sees the raw bytes."""
    async with network.connection() as panel:
        answer = await panel.asks(event(7, key=bytes(16)))
        (stored,) = await network.signals()

    assert (answer.id, answer.encrypted, answer.sequence) == ("DUH", False, "0007")
    assert stored.event is not None
    assert (stored.kind, stored.event.account) == ("unparsed", "4711")


async def test_a_wrong_crc_is_kept_and_met_with_silence(network: Network) -> None:
    """The next answer is for the next frame."""
    damaged = event(1).replace(b"1130", b"1131")
    async with network.connection() as panel:
        answer = await panel.asks(damaged + event(2))
        stored = await network.signals()

    assert answer.sequence == "0002"
    assert [one.kind for one in stored] == ["unparsed", "event"]


async def test_a_repeated_message_is_a_repeat_however_it_is_encrypted(network: Network) -> None:
    """Same sequence, account, content and time: said again, on another connection, hours later."""
    at = datetime.now(UTC)
    async with network.connection() as panel:
        await panel.asks(event(7, at=at, key=KEY))
    network.clock.ahead += 3 * 3600
    async with network.connection() as panel:
        await panel.asks(event(7, at=at, key=KEY))
        await panel.asks(event(8, at=at, key=KEY))
    first, repeat, other = await network.signals()

    assert (repeat.kind, repeat.repeat_of) == ("repeat", first.id)
    assert other.kind == "event"


async def test_a_wrong_clock_is_corrected_once_a_minute(network: Network) -> None:
    """NAK with our time, in clear; then ACK, or a panel that cannot set its clock would send for ever."""
    async with network.connection() as panel:
        answers = [await panel.asks(event(n, at=LATE, key=KEY)) for n in (1, 2)]
        other = await panel.asks(event(1, at=LATE, account="4712"))
        network.clock.ahead += 61
        again = await panel.asks(event(3, at=LATE))

    assert [one.id for one in (*answers, other, again)] == ["NAK", "ACK", "NAK", "NAK"]
    assert not answers[0].encrypted
    assert answers[0].stamp is not None
    assert len(await network.signals()) == 4


async def test_what_is_said_again_under_a_corrected_clock_is_a_repeat(network: Network) -> None:
    """The event was stored when it was first heard."""
    async with network.connection() as panel:
        assert (await panel.asks(event(7, at=LATE))).id == "NAK"
        assert (await panel.asks(event(7))).id == "ACK"
    kinds = [one.kind for one in await network.signals()]

    assert kinds == ["event", "repeat"]


@pytest.mark.parametrize(("seconds", "answer"), [(-35, "ACK"), (15, "ACK"), (-45, "NAK"), (25, "NAK")])
async def test_the_time_window(network: Network, seconds: int, answer: str) -> None:
    """40 s behind to 20 s ahead of our clock."""
    async with network.connection() as panel:
        said = await panel.asks(event(7, at=datetime.now(UTC) + timedelta(seconds=seconds)))

    assert said.id == answer


async def test_answers_are_not_answered(network: Network) -> None:
    """Two boxes pointed at each other do not talk for ever."""
    async with network.connection() as panel:
        answer = await panel.asks(message_frame("ACK", "", sequence=1, account="4711") + event(2))

    assert answer.sequence == "0002"


@pytest.mark.slow
async def test_no_storage_no_answer(network: Network, tmp_path: Path) -> None:
    """Neither events nor link tests are answered; the panel's own back-up takes over, then all goes on."""
    link_test = message_frame("NULL", "", sequence=0, account="4711")
    async with network.connection() as panel:
        (tmp_path / "spool.db").rename(tmp_path / "moved.db")
        (tmp_path / "spool.db").mkdir()
        panel.writer.write(event(1) + link_test)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(panel.reader.read(1), 0.5)
        (tmp_path / "spool.db").rmdir()
        (tmp_path / "moved.db").rename(tmp_path / "spool.db")
        assert (await panel.asks(event(2))).sequence == "0002"


@pytest.mark.slow
async def test_a_burst_is_answered_within_two_seconds(spool: Spool) -> None:
    """A hundred and fifty panels at once, as after a power cut; each gets the ACK of its own message."""

    async def dial(network: Network, account: str) -> float:
        async with network.connection() as panel:
            began = asyncio.get_running_loop().time()
            answer = await panel.asks(event(1, account=account))
            assert answer.account == account
            return asyncio.get_running_loop().time() - began

    accounts = {f"{n:04}" for n in range(1, 151)}
    async with network_with(spool, limits=IpLimits(per_peer=200)) as network:
        async with asyncio.TaskGroup() as group:
            dials = [group.create_task(dial(network, one), name=one) for one in accounts]
        stored = await network.signals()

    assert max(one.result() for one in dials) < 2
    assert {one.event.account for one in stored if one.event} == accounts


@pytest.mark.slow
async def test_a_port_in_use_is_a_broken_line_until_it_is_free(spool: Spool) -> None:
    """The trouble says why, and ends with the first panel heard."""
    taken = socket.create_server(("127.0.0.1", 0))
    async with network_with(spool, port=taken.getsockname()[1]) as network:
        assert await network.trouble() == "broken"
        taken.close()
        await asyncio.wait_for(network.line.listening.wait(), 5)
        async with network.connection() as panel:
            await panel.asks(event(1))
        assert await network.trouble() is None
        told = await network.signals()

    assert [one.kind for one in told] == ["line_fault", "line_restored", "event"]
    assert "Address already in use" in told[0].detail


@pytest.mark.slow
async def test_a_silent_port_is_reported(network: Network) -> None:
    """Nothing heard for three intervals; nonsense is no sign of life."""
    network.clock.ahead += 901
    async with network.connection() as panel:
        panel.writer.write(b"GET / HTTP/1.0\r\n")
        assert await network.trouble() == "silent"
        await panel.asks(event(1))
        assert await network.trouble() is None
