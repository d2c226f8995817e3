"""The link against a real mosquitto with the shipped settings."""

import asyncio
import socket
from datetime import datetime
from pathlib import Path

import pytest
from pydantic import ValidationError

from bus.clock import SystemClock
from bus.errors import NotAcknowledged, NotConnected
from bus.ids import new_id
from bus.link import REFUSED_RETRY_S, UNSURE_QUEUE, LinkSettings, Outbound, Will
from tests.support.broker import ForgetfulBroker, Mosquitto, free_port, mosquitto_missing
from tests.support.links import PATIENCE_S, States, running, take


@pytest.fixture
def topic() -> str:
    """No other test's."""
    return f"test/{new_id()}"


async def test_a_message_arrives_with_all_it_carries(mosquitto: Mosquitto, topic: str) -> None:
    """Payload, user properties, response topic, correlation and QoS pass the broker unchanged."""
    async with running(mosquitto.port, new_id(), topic) as there, running(mosquitto.port, new_id()) as here:
        sent = Outbound(
            topic,
            b"\x00\xff",
            user={"over": "{}", "名": "同频"},
            response_topic="reply/here",
            correlation=b"\x01\x02",
            expiry_s=30,
        )
        await here.publish(sent)
        (got,) = await take(there)
    assert (got.topic, got.payload, got.qos, got.retain) == (topic, b"\x00\xff", 1, False)
    assert dict(got.user) == {"over": "{}", "名": "同频"}
    assert (got.response_topic, got.correlation) == ("reply/here", b"\x01\x02")
    assert got.received_at.utcoffset() is not None


async def test_a_recording_fits(mosquitto: Mosquitto, topic: str) -> None:
    """The largest over, 4 MB, passes whole."""
    recording = bytes(range(256)) * 16 * 1024
    async with running(mosquitto.port, new_id(), topic) as there, running(mosquitto.port, new_id()) as here:
        await here.publish(Outbound(topic, recording))
        (got,) = await take(there)
    assert got.payload == recording


async def test_what_nobody_acknowledged_comes_again(mosquitto: Mosquitto, topic: str) -> None:
    """Messages taken but not acknowledged are delivered again to the next connection of the session."""
    me = new_id()
    async with running(mosquitto.port, new_id()) as sender:
        async with running(mosquitto.port, me, topic, session_expiry_s=60) as reader:
            for number in range(5):
                await sender.publish(Outbound(topic, b"%d" % number))
            first = await take(reader, 5, ack=False)
            reader.ack(first[0])
        async with running(mosquitto.port, me, topic, session_expiry_s=60) as reader:
            again = await take(reader, 4)
    assert [message.payload for message in again] == [b"1", b"2", b"3", b"4"]


async def test_acknowledgements_go_out_in_order(mosquitto: Mosquitto, topic: str) -> None:
    """The broker learns of a later message only after the earlier ones are safe too (MQTT 5 §4.6)."""
    me = new_id()
    async with running(mosquitto.port, new_id()) as sender:
        async with running(mosquitto.port, me, topic, session_expiry_s=60) as reader:
            for number in range(4):
                await sender.publish(Outbound(topic, b"%d" % number))
            first, second, third, _ = await take(reader, 4, ack=False)
            for message in (third, second):
                reader.ack(message)
        async with running(mosquitto.port, me, topic, session_expiry_s=60) as reader:
            again = await take(reader, 4, ack=False)
            for message in (again[1], again[0]):
                reader.ack(message)
        async with running(mosquitto.port, me, topic, session_expiry_s=60) as reader:
            last = await take(reader, 2)
    assert again[0].payload == first.payload
    assert [message.payload for message in last] == [b"2", b"3"]


async def test_the_session_waits_while_we_are_away(mosquitto: Mosquitto, topic: str) -> None:
    """What is published while a program with a session is down is there when it comes back."""
    me = new_id()
    async with running(mosquitto.port, me, topic, session_expiry_s=60):
        pass
    async with running(mosquitto.port, new_id()) as sender:
        await sender.publish(Outbound(topic, b"while you were out"))
    async with running(mosquitto.port, me, topic, session_expiry_s=60) as reader:
        (got,) = await take(reader)
    assert got.payload == b"while you were out"


@pytest.mark.slow
async def test_an_expired_message_is_not_delivered(mosquitto: Mosquitto, topic: str) -> None:
    """A message that outlived its expiry at the broker stays away; a later one without expiry comes."""
    me = new_id()
    async with running(mosquitto.port, me, topic, session_expiry_s=60):
        pass
    async with running(mosquitto.port, new_id()) as sender:
        await sender.publish(Outbound(topic, b"old", expiry_s=1))
        await asyncio.sleep(2.1)  # the expiry itself is what is waited for; the broker counts whole seconds
        await sender.publish(Outbound(topic, b"new"))
    async with running(mosquitto.port, me, topic, session_expiry_s=60) as reader:
        (got,) = await take(reader)
    assert got.payload == b"new"


async def test_an_old_acknowledgement_is_skipped(mortal_mosquitto: Mosquitto, topic: str) -> None:
    """An ack of an earlier connection is not sent: its packet id may mean another message by now."""
    states = States()
    async with (
        running(mortal_mosquitto.port, new_id()) as sender,
        running(mortal_mosquitto.port, "reader", topic, session_expiry_s=60, states=states) as reader,
    ):
        await sender.publish(Outbound(topic, b"once"))
        (first,) = await take(reader, ack=False)
        mortal_mosquitto.stop()
        await states.wait(connected=False)
        mortal_mosquitto.start()
        await states.wait(connected=True, count=2)
        reader.ack(first)
        (again,) = await take(reader)
        assert again.payload == b"once"
        assert again.generation > first.generation
        assert reader.stale_acks == 1


@pytest.mark.slow
async def test_a_killed_broker_is_found_again(mortal_mosquitto: Mosquitto, topic: str) -> None:
    """After kill -9 and restart both sides reconnect, and a broker that forgot them is subscribed anew."""
    here_states, there_states = States(), States()
    async with (
        running(mortal_mosquitto.port, "there", topic, states=there_states) as there,
        running(mortal_mosquitto.port, "here", states=here_states) as here,
    ):
        mortal_mosquitto.kill9()
        await asyncio.gather(here_states.wait(connected=False), there_states.wait(connected=False))
        with pytest.raises(NotConnected):
            await here.publish(Outbound(topic, b"lost"))
        mortal_mosquitto.start()
        await asyncio.gather(
            here_states.wait(connected=True, count=2), there_states.wait(connected=True, count=2)
        )
        await here.publish(Outbound(topic, b"found"))
        (got,) = await take(there)
        assert got.payload == b"found"
        assert there.generation > 1


async def test_publishing_offline_raises_and_queues_nothing(topic: str) -> None:
    """A publish without a broker fails at once with a reason and is never sent later."""
    states = States()
    nobody = free_port()
    async with running(nobody, new_id(), states=states, wait=False) as link:
        state = await states.wait(connected=False)
        assert state.reason == f"cannot reach the broker at 127.0.0.1:{nobody}: Connection refused"
        with pytest.raises(NotConnected, match="Connection refused"):
            await link.publish(Outbound(topic, b"x"))
        assert not link.connected


async def test_the_last_will_speaks_for_a_program_that_vanished(mosquitto: Mosquitto, topic: str) -> None:
    """A connection that breaks leaves its retained will, boot id and all; a goodbye leaves none."""
    will = Will(topic, b'{"state":"lost","boot":"b1"}')
    async with running(mosquitto.port, new_id(), topic) as watcher:
        async with running(mosquitto.port, new_id(), will=will):
            pass
        async with running(mosquitto.port, new_id(), will=will) as victim:
            assert victim._connection is not None
            victim._connection._wire.cut()
            (got,) = await take(watcher)
    assert got.payload == will.payload
    async with running(mosquitto.port, new_id(), topic) as late:
        (kept,) = await take(late)
    assert (kept.payload, kept.retain) == (will.payload, True)


class FaultyClock(SystemClock):
    """Raises once, where the link asks for the time of a message: in paho's callback."""

    def __init__(self) -> None:
        self.armed = False

    def now(self) -> datetime:
        """The time, or the fault."""
        if self.armed:
            self.armed = False
            raise ArithmeticError("the clock broke")
        return super().now()


async def test_an_exception_in_a_callback_does_not_silence_the_link(mosquitto: Mosquitto, topic: str) -> None:
    """The link says that it broke, reconnects, and the message that broke it comes again."""
    clock, states = FaultyClock(), States()
    async with (
        running(mosquitto.port, new_id()) as sender,
        running(mosquitto.port, new_id(), topic, session_expiry_s=60, states=states, clock=clock) as reader,
    ):
        clock.armed = True
        await sender.publish(Outbound(topic, b"poison"))
        (got,) = await take(reader)
    assert got.payload == b"poison"
    down = await states.wait(connected=False)
    assert "the clock broke" in (down.reason or "")


@pytest.mark.skipif(mosquitto_missing(), reason="mosquitto is not installed")
async def test_a_refused_login_is_said_clearly(tmp_path: Path) -> None:
    """One sentence names the client and what to check; once the file is right the same settings log in."""
    states = States()
    secret = tmp_path / "secret"
    secret.write_text("wrong\n")
    with Mosquitto(tmp_path, logins={"box-1": "right"}) as broker:
        settings = LinkSettings(port=broker.port, username="box-1", password_file=secret)
        async with running(broker.port, "box-1", states=states, settings=settings, wait=False):
            state = await states.wait(connected=False)
        assert state.reason == (
            f"the broker at 127.0.0.1:{broker.port} refused the login of box-1: "
            "check username and password_file"
        )
        secret.write_text("right\n")
        async with running(broker.port, "box-1", settings=settings) as link:
            assert link.connected


async def test_a_refused_login_is_said_once() -> None:
    """However often it is tried again, one refusal is one report."""
    states = States()
    async with (
        ForgetfulBroker(connack=0x86).serving() as broker,
        running(broker.port, "box-1", states=states, wait=False),
        asyncio.timeout(PATIENCE_S),
    ):
        await broker.wait(logins=4)
        assert [state.connected for state in states.seen] == [False]


def test_a_refused_login_is_tried_again_slowly() -> None:
    """A wrong password does not mend itself, and brokers ban those who hammer."""
    assert REFUSED_RETRY_S == 60


async def test_a_missing_password_file_is_said(tmp_path: Path) -> None:
    """A login that cannot even be attempted says which file is missing."""
    states = States()
    settings = LinkSettings(username="box-1", password_file=tmp_path / "none")
    async with running(1, "box-1", states=states, settings=settings, wait=False):
        state = await states.wait(connected=False)
    assert "none" in (state.reason or "")


async def test_a_missing_certificate_is_said(tmp_path: Path) -> None:
    """So does a TLS file that is not there."""
    states = States()
    settings = LinkSettings(ca_file=tmp_path / "ca.crt")
    async with running(1, "box-1", states=states, settings=settings, wait=False):
        state = await states.wait(connected=False)
    assert "ca.crt" in (state.reason or "")


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ({"password_file": "x"}, "password_file needs username"),
        ({"ca_file": "a", "cert_file": "b"}, "cert_file and key_file come together"),
        ({"cert_file": "b", "key_file": "c"}, "cert_file needs ca_file"),
        ({"hots": "x"}, "Extra inputs are not permitted"),
        ({"port": 0}, "greater than or equal to 1"),
    ],
)
def test_settings_that_cannot_work_are_refused(table: dict[str, object], sentence: str) -> None:
    """The `[broker]` table is checked before anything connects."""
    with pytest.raises(ValidationError, match=sentence):
        LinkSettings.model_validate(table)


async def test_a_broker_that_stops_acknowledging_is_left() -> None:
    """NotAcknowledged after the caller's own time, and a new connection instead of a hung one."""
    states = States()
    async with (
        ForgetfulBroker(acknowledges=False).serving() as broker,
        running(broker.port, "box-1", "t", states=states) as link,
    ):
        with pytest.raises(NotAcknowledged):
            await link.publish(Outbound("t", b"x"), timeout_s=0.05)
        down = await states.wait(connected=False)
        assert "stopped acknowledging" in (down.reason or "")
        await states.wait(connected=True, count=2)


async def test_no_more_than_a_handful_are_in_flight() -> None:
    """Of twelve publishes at once eight reach a broker that does not answer; the others wait here."""
    async with (
        ForgetfulBroker(acknowledges=False).serving() as broker,
        running(broker.port, "box-1", "t") as link,
        asyncio.timeout(PATIENCE_S),
    ):
        sends = [asyncio.create_task(link.publish(Outbound("t", b"x"), timeout_s=5)) for _ in range(12)]
        await broker.wait(forgotten=8)
        assert broker.forgotten == 8
        assert not any(send.done() for send in sends)
        await broker.hang_up()
        outcomes = await asyncio.gather(*sends, return_exceptions=True)
        assert all(isinstance(outcome, NotConnected) for outcome in outcomes)


async def test_live_audio_does_not_pile_up(mosquitto: Mosquitto, topic: str) -> None:
    """What a slow line cannot take of QoS 0 is dropped and counted; once it has caught up it goes on."""
    async with running(mosquitto.port, new_id(), topic) as link:
        for _ in range(UNSURE_QUEUE + 50):  # never lets the loop hear that the line has taken any
            await link.publish(Outbound(topic, b"pcm", qos=0))
        assert link.dropped == 50
        await take(link, UNSURE_QUEUE)
        await link.publish(Outbound(topic, b"later", qos=0))
        (got,) = await take(link)
    assert (got.payload, got.qos) == (b"later", 0)


async def test_a_forgetful_broker_acknowledges_and_delivers_nothing() -> None:
    """The stand-in does what it is for: PUBACK comes, the message does not."""
    async with ForgetfulBroker().serving() as broker, running(broker.port, "box-1", "t") as link:
        await link.publish(Outbound("t", b"x"))
        assert broker.forgotten == 1
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(link.receive(), 0.05)


async def test_a_server_that_is_no_broker_is_not_waited_for_in_vain() -> None:
    """A peer that accepts and closes is reported as lost, not as connected."""
    states = States()
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        async with running(port, "box-1", states=states, wait=False):
            peer, _ = await asyncio.to_thread(server.accept)
            peer.close()
            state = await states.wait(connected=False)
    assert f"lost the broker at 127.0.0.1:{port}" in (state.reason or "")
