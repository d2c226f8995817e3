"""The demo's broker keeps every promise of a broker that the link relies on."""

import asyncio
from collections.abc import Iterator

import pytest

from bus.ids import new_id
from bus.link import Outbound, Will
from tests.support.links import running, take

pytest.importorskip("iotcore")

from tongpin.broker import EmbeddedBroker


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """One broker for the file."""
    with EmbeddedBroker() as broker:
        yield broker.port


@pytest.fixture
def topic() -> str:
    """No other test's."""
    return f"test/{new_id()}"


async def test_it_carries_all_a_message_has(port: int, topic: str) -> None:
    """User properties, response topic, correlation and QoS pass unchanged."""
    async with running(port, new_id(), topic) as there, running(port, new_id()) as here:
        await here.publish(
            Outbound(topic, b"x", user={"over": "{}"}, response_topic="r/1", correlation=b"\x01", expiry_s=9)
        )
        (got,) = await take(there)
    assert (got.payload, got.qos, dict(got.user)) == (b"x", 1, {"over": "{}"})
    assert (got.response_topic, got.correlation) == ("r/1", b"\x01")


async def test_a_recording_fits(port: int, topic: str) -> None:
    """The largest over, 4 MB, passes whole."""
    recording = bytes(range(256)) * 16 * 1024
    async with running(port, new_id(), topic) as there, running(port, new_id()) as here:
        await here.publish(Outbound(topic, recording))
        (got,) = await take(there)
    assert got.payload == recording


async def test_what_nobody_acknowledged_comes_again(port: int, topic: str) -> None:
    """Messages taken but not acknowledged go to the next connection of the session, in order."""
    me = new_id()
    async with running(port, new_id()) as sender:
        async with running(port, me, topic, session_expiry_s=60) as reader:
            for number in range(5):
                await sender.publish(Outbound(topic, b"%d" % number))
            first = await take(reader, 5, ack=False)
            reader.ack(first[0])
        async with running(port, me, topic, session_expiry_s=60) as reader:
            again = await take(reader, 4)
    assert [message.payload for message in again] == [b"1", b"2", b"3", b"4"]


async def test_the_session_waits_while_we_are_away(port: int, topic: str) -> None:
    """What is published while a program with a session is down is there when it comes back."""
    me = new_id()
    async with running(port, me, topic, session_expiry_s=60):
        pass
    async with running(port, new_id()) as sender:
        await sender.publish(Outbound(topic, b"while you were out"))
    async with running(port, me, topic, session_expiry_s=60) as reader:
        (got,) = await take(reader)
    assert got.payload == b"while you were out"


async def test_a_retained_status_greets_who_comes_later(port: int, topic: str) -> None:
    """The newest retained message, flagged as such; a live one is not."""
    async with running(port, new_id()) as here:
        await here.publish(Outbound(topic, b"old", retain=True))
        await here.publish(Outbound(topic, b"new", retain=True))
        async with running(port, new_id(), topic) as late:
            (kept,) = await take(late)
            await here.publish(Outbound(topic, b"live"))
            (live,) = await take(late)
    assert (kept.payload, kept.retain) == (b"new", True)
    assert (live.payload, live.retain) == (b"live", False)


async def test_the_last_will_speaks_for_a_program_that_vanished(port: int, topic: str) -> None:
    """A connection that breaks leaves its retained will; a goodbye leaves none."""
    will = Will(topic, b"lost")
    async with running(port, new_id(), topic) as watcher, running(port, new_id()) as other:
        async with running(port, new_id(), will=will):
            pass
        await other.publish(Outbound(topic, b"no will before me"))
        (first,) = await take(watcher)
        async with running(port, new_id(), will=will) as victim:
            assert victim._connection is not None
            victim._connection._wire.cut()
            (got,) = await take(watcher)
    assert (first.payload, got.payload) == (b"no will before me", b"lost")
    async with running(port, new_id(), topic) as late:
        (kept,) = await take(late)
    assert (kept.payload, kept.retain) == (b"lost", True)


@pytest.mark.slow
async def test_an_expired_message_is_not_delivered(port: int, topic: str) -> None:
    """A message that outlived its expiry at the broker stays away; a later one without expiry comes."""
    me = new_id()
    async with running(port, me, topic, session_expiry_s=60):
        pass
    async with running(port, new_id()) as sender:
        await sender.publish(Outbound(topic, b"old", expiry_s=1))
        await asyncio.sleep(2.1)  # the expiry itself is what is waited for; brokers count whole seconds
        await sender.publish(Outbound(topic, b"new"))
    async with running(port, me, topic, session_expiry_s=60) as reader:
        (got,) = await take(reader)
    assert got.payload == b"new"


async def test_wildcards_reach_over_levels(port: int, topic: str) -> None:
    """`+` stands for one level and `#` for the rest, as the topics of the contract need."""
    async with (
        running(port, new_id(), f"{topic}/gw/+/signal", f"{topic}/gw/+/ch/+/rx/#") as there,
        running(port, new_id()) as here,
    ):
        for level in ("gw/a/signal", "gw/a/other", "gw/a/ch/1/rx/o/start"):
            await here.publish(Outbound(f"{topic}/{level}", level.encode()))
        got = await take(there, 2)
    assert {message.payload for message in got} == {b"gw/a/signal", b"gw/a/ch/1/rx/o/start"}


@pytest.mark.slow
async def test_a_burst_arrives_whole_and_in_order(port: int, topic: str) -> None:
    """Five hundred messages through a window of twenty: none lost, none twice, order kept."""
    async with running(port, new_id(), topic) as there, running(port, new_id()) as here:
        taking = asyncio.create_task(take(there, 500))
        for number in range(500):
            await here.publish(Outbound(topic, b"%d" % number))
        got = await taking
    assert [int(message.payload) for message in got] == list(range(500))


def test_it_lets_go_of_its_port() -> None:
    """Leaving stops the process; a second broker can follow at once."""
    for _ in range(2):
        with EmbeddedBroker() as broker:
            assert broker.port > 0
