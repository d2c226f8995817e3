"""From the journal to the boxes: in what order words and mutes go out, over a real broker."""

import asyncio
from datetime import timedelta

from bus.clock import SystemClock
from bus.ids import new_id
from bus.messages.transmit import TxInhibit
from bus.topics import Topics
from intake.dispatch.base import Actor
from intake.dispatch.events import Event
from intake.dispatch.state import State
from intake.mouth import Mouth
from intake.speaking.events import SpeechOrdered, TransmitterMuted
from intake.writer import Commit, Happened
from tests.support.broker import Mosquitto
from tests.support.links import running, take

DEVICE = "box-1/radio-1/tx"
CLOCK = SystemClock()
ZHANG = Actor(name="person:zhang", role="dispatcher")


def muted(*, on: bool) -> TransmitterMuted:
    """Somebody's word on the transmitter."""
    return TransmitterMuted(id=new_id(), action=new_id(), at=CLOCK.now(), by=ZHANG, device_id=DEVICE, on=on)


def ordered(left: timedelta) -> SpeechOrdered:
    """Something to be said before its time is over."""
    return SpeechOrdered(
        id=new_id(),
        action=new_id(),
        at=CLOCK.now(),
        by=ZHANG,
        device_id=DEVICE,
        request=new_id(),
        text="all units",
        language="en",
        priority=2,
        not_after=CLOCK.now() + left,
    )


def committed(*events: Event) -> Commit:
    """As the writer tells it."""
    return Commit(1, tuple(Happened(event, ()) for event in events), State(), State())


async def test_of_two_mutes_only_the_later_is_sent_and_nothing_late(mosquitto: Mosquitto) -> None:
    """Muted, let speak and muted again before the broker is there: no earlier word can undo the last."""
    topics = Topics(f"site-{new_id()[-12:]}")
    box = topics.gateway("box-1")
    heard = (box.tx_inhibit("radio-1"), box.tx_request("radio-1"))
    async with running(mosquitto.port, new_id()) as link, running(mosquitto.port, new_id(), *heard) as ear:
        mouth = Mouth(link, topics, State(), CLOCK)
        in_time = ordered(timedelta(minutes=1))
        mouth.committed(committed(muted(on=True), muted(on=False), ordered(timedelta(0))))
        mouth.committed(committed(muted(on=True), in_time))
        running_mouth = asyncio.create_task(mouth.run(), name="mouth")
        mute, request = await take(ear, 2)
        running_mouth.cancel()
    assert TxInhibit.decode(mute.payload).on
    assert in_time.request in request.payload.decode()
