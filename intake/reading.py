"""Which message is this, and what does it mean to the centre?"""

import hashlib
from collections.abc import Callable, Mapping

from bus.clock import Clock
from bus.errors import MalformedMessage, MessageError
from bus.link import Inbound
from bus.messages.over import Over
from bus.messages.signal import PanelSignal
from bus.messages.status import ChannelState, GatewayHealth, GatewayStatus
from bus.topics import Topics
from intake.arrivals.arrival import Arrival, Receiving
from intake.arrivals.box_state import channel_arrival, clock_arrival, clock_offset, status_arrival
from intake.arrivals.over import over_arrival
from intake.arrivals.panel_signal import signal_arrival
from intake.arrivals.unreadable import unreadable_arrival
from intake.clips import Clips
from intake.dispatch.speech import Device
from intake.site import Site

DevicesNow = Callable[[], Mapping[str, Device]]


def subscriptions(topics: Topics) -> list[tuple[str, int]]:
    """What the centre listens to, with the QoS of each."""
    box = topics.gateway("+")
    return [
        (box.signal, 1),
        (box.status, 1),
        (box.health, 0),
        (box.channel_state("+"), 1),
        (box.over_recording("+", "+"), 1),
    ]


class Reader:
    """Turns messages into arrivals. Remembers how far each box's clock is off, and nothing else."""

    def __init__(self, topics: Topics, site: Site, clips: Clips, clock: Clock, devices: DevicesNow) -> None:
        self._topics = topics
        self._site = site
        self._clips = clips
        self._clock = clock
        self._devices = devices
        self._offsets: dict[str, float] = {}

    def read(self, inbound: Inbound) -> Arrival | None:
        """None: nothing to store. A recording is on disk when this returns.

        Raises `JournalUnwritable` when the disk refuses a recording; call again later.
        """
        _, gateway, *levels = self._topics.levels(inbound.topic)
        receiving = Receiving(self._clock.now(), self._offsets.get(gateway, 0.0))
        try:
            return self._route(levels, inbound, receiving)
        except MessageError as error:
            return self.unreadable(inbound, str(error))

    def unreadable(self, inbound: Inbound, why: str) -> Arrival:
        """The message as an alarm that shows its raw bytes."""
        _, gateway, *_ = self._topics.levels(inbound.topic)
        return unreadable_arrival(inbound.topic, gateway, inbound.payload, why, Receiving(self._clock.now()))

    def _route(self, levels: list[str], inbound: Inbound, receiving: Receiving) -> Arrival | None:
        match levels:
            case ["signal"]:
                return signal_arrival(PanelSignal.decode(inbound.payload), self._site, receiving)
            case ["status"]:
                return status_arrival(GatewayStatus.decode(inbound.payload), self._devices(), receiving)
            case ["health"]:
                return self._health(GatewayHealth.decode(inbound.payload), receiving)
            case ["ch", _, "state"]:
                return channel_arrival(ChannelState.decode(inbound.payload), self._devices(), receiving)
            case ["ch", _, "rx", _, "recording"]:
                return self._recording(inbound, receiving)
        raise MalformedMessage("nothing is known of this topic")

    def _health(self, health: GatewayHealth, receiving: Receiving) -> Arrival | None:
        self._offsets[health.gateway] = clock_offset(health, receiving)
        return clock_arrival(health, receiving)

    def _recording(self, inbound: Inbound, receiving: Receiving) -> Arrival:
        over = Over.decode(inbound.user.get("over", "").encode())
        if hashlib.sha256(inbound.payload).hexdigest() != over.sha256:
            raise MalformedMessage(f"the recording of over {over.id} does not have the hash its box gave")
        return over_arrival(over, self._clips.keep(over.id, over.said_at, inbound.payload), receiving)
