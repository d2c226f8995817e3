"""From the journal to the boxes: what is to be said on a channel, and which transmitters are muted.

Asked only once it is committed. A request that cannot be sent is tried again until its time limit; the box
takes it once, however often it comes. Mutes are kept by the broker, and told anew at every start; of two for
one transmitter only the later is sent, so that none that had to be tried again undoes what was said since.
"""

import asyncio

import structlog

from bus.clock import Clock
from bus.errors import LinkError
from bus.link import Link, Outbound
from bus.messages.transmit import TxInhibit, TxRequest
from bus.topics import Topics
from intake.dispatch.state import State
from intake.speaking.events import SpeechOrdered, TransmitterMuted
from intake.writer import Commit

_AGAIN_S = 1.0


class Mouth:
    """Hears of every commit, and hands on until cancelled."""

    def __init__(self, link: Link, topics: Topics, state: State, clock: Clock) -> None:
        self._link = link
        self._topics = topics
        self._clock = clock
        self._muted = [one.id for one in state.devices.values() if one.facts.get("muted") is True]
        self._last: dict[str, TransmitterMuted] = {}
        """The last word on each transmitter since the start."""
        self._events: asyncio.Queue[SpeechOrdered | TransmitterMuted] = asyncio.Queue()
        self._log = structlog.get_logger("mouth")

    def committed(self, commit: Commit) -> None:
        """Queue what of this commit is for a box."""
        for event in (happened.event for happened in commit.happened):
            if isinstance(event, TransmitterMuted):
                self._last[event.device_id] = event
            if isinstance(event, SpeechOrdered | TransmitterMuted):
                self._events.put_nowait(event)

    async def run(self) -> None:
        """For ever."""
        await self._link.wait_connected()
        for device in [each for each in self._muted if each not in self._last]:
            await self._send(self._mute(device, on=True, by="rule:transmitter"))
        while True:
            event = await self._events.get()
            if not self._is_over(event) and not await self._send(self._out(event)):
                # Behind the others: a mute never waits for what cannot be sent.
                self._events.put_nowait(event)
                await asyncio.sleep(_AGAIN_S)

    def _is_over(self, event: SpeechOrdered | TransmitterMuted) -> bool:
        """Whether its time has passed, or another word has been said on the same transmitter."""
        if isinstance(event, SpeechOrdered):
            return self._clock.now() >= event.not_after
        return self._last[event.device_id] is not event

    async def _send(self, out: Outbound) -> bool:
        try:
            await self._link.publish(out)
        except LinkError as error:
            self._log.warning("not sent", topic=out.topic, why=str(error))
            return False
        return True

    def _out(self, event: SpeechOrdered | TransmitterMuted) -> Outbound:
        if isinstance(event, TransmitterMuted):
            return self._mute(event.device_id, on=event.on, by=event.by.name)
        box, channel, _ = event.device_id.split("/")
        request = TxRequest(
            id=event.request,
            text=event.text,
            language=event.language,
            priority=event.priority,
            not_after=event.not_after,
            by=event.by.name,
        )
        left_s = max(1, round((event.not_after - self._clock.now()).total_seconds()))
        topic = self._topics.gateway(box).tx_request(channel)
        return Outbound(topic, request.encode(), expiry_s=left_s)

    def _mute(self, device: str, *, on: bool, by: str) -> Outbound:
        box, channel, _ = device.split("/")
        topic = self._topics.gateway(box).tx_inhibit(channel)
        return Outbound(topic, TxInhibit(on=on, by=by).encode(), retain=True)
