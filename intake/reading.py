"""Which message is this, and what does it mean to the centre?"""

import hashlib
import itertools
from collections.abc import Callable
from typing import Protocol, TypeVar

import structlog

from bus.errors import MalformedMessage, MessageError
from bus.link import Inbound
from bus.messages.over import Over, RadioCall
from bus.messages.signal import PanelSignal
from bus.messages.status import ChannelState, GatewayHealth, GatewayStatus
from bus.messages.transmit import TxProgress
from bus.topics import Topics, is_id
from intake.arrivals.arrival import Arrival, Receiving
from intake.arrivals.box_state import channel_arrival, clock_arrival, clock_offset, status_arrival
from intake.arrivals.over import over_arrival
from intake.arrivals.panel_signal import orphan_arrival, signal_arrival
from intake.arrivals.radio_call import radio_call_arrival
from intake.arrivals.tx_progress import progress_arrival
from intake.arrivals.unreadable import SHOWN_BYTES, unreadable_arrival
from intake.clips import Clips
from intake.dispatch.state import State
from intake.errors import JournalUnwritable
from intake.site import Site


def subscriptions(topics: Topics) -> list[tuple[str, int]]:
    """What the centre listens to, with the QoS of each."""
    box = topics.gateway("+")
    return [
        (box.signal, 1),
        (box.status, 1),
        (box.health, 0),
        (box.channel_state("+"), 1),
        (box.over_recording("+", "+"), 1),
        (box.radio_call("+"), 1),
        (box.tx_progress("+", "+"), 1),
    ]


def compares(topic: str) -> bool:
    """Whether a message there means what it changes: all before it must be stored before it is read."""
    return topic.endswith(("/status", "/state"))


class Reader:
    """Turns messages into arrivals. Remembers how far each box's clock is off, and counts what it reads."""

    def __init__(self, topics: Topics, site: Site, clips: Clips, state: Callable[[], State]) -> None:
        self._topics = topics
        self._site = site
        self._clips = clips
        self._state = state
        self._offsets: dict[str, float] = {}
        self._turns = itertools.count(1)
        self._log = structlog.get_logger("reading")

    def read(self, inbound: Inbound) -> Arrival | None:
        """None: nothing to store. A recording is on disk when this returns.

        Raises `JournalUnwritable` when the disk refuses a recording.
        """
        try:
            return self._route(inbound)
        except MessageError as error:
            return self._unreadable(inbound, str(error))
        except JournalUnwritable:
            raise
        except Exception as error:  # noqa: BLE001 - see below
            # A message that stops the centre would stop it again at every start: it becomes an alarm instead.
            self._log.exception("fault", topic=inbound.topic)
            return self._unreadable(inbound, f"the centre failed on it ({type(error).__name__})")

    def refused(self, inbound: Inbound, why: str) -> Arrival:
        """What to store of a message that the rules refused. Raises `JournalUnwritable`."""
        if self._levels(inbound)[1:] == ["signal"]:
            signal = PanelSignal.decode(inbound.payload)
            if signal.kind == "repeat":
                return orphan_arrival(signal, self._site, self._receiving(inbound))
        return self._unreadable(inbound, why)

    def _route(self, inbound: Inbound) -> Arrival | None:
        receiving, payload = self._receiving(inbound), inbound.payload
        match self._levels(inbound):
            case [box, "signal"]:
                return signal_arrival(_of(box, PanelSignal.decode(payload)), self._site, receiving)
            case [box, "status"]:
                return status_arrival(
                    _of(box, GatewayStatus.decode(payload)), self._state().devices, receiving
                )
            case [box, "health"]:
                return self._health(_of(box, GatewayHealth.decode(payload)), receiving)
            case [_, "ch", *_]:
                return self._of_channel(inbound, receiving)
        raise MalformedMessage("nothing is known of this topic")

    def _of_channel(self, inbound: Inbound, receiving: Receiving) -> Arrival | None:
        payload = inbound.payload
        match self._levels(inbound):
            case [box, "ch", _, "state"]:
                return channel_arrival(
                    _of(box, ChannelState.decode(payload)), self._state().devices, receiving
                )
            case [box, "ch", _, "call"]:
                return radio_call_arrival(_of(box, RadioCall.decode(payload)), receiving)
            case [box, "ch", _, "tx", _, "progress"]:
                return progress_arrival(_of(box, TxProgress.decode(payload)), receiving)
            case [box, "ch", _, "rx", over, "recording"]:
                described = Over.decode(inbound.user.get("over", "").encode())
                return self._recording(_of(box, described), over, payload, receiving)
        raise MalformedMessage("nothing is known of this topic")

    def _health(self, health: GatewayHealth, receiving: Receiving) -> Arrival | None:
        self._offsets[health.gateway] = clock_offset(health, receiving)
        return clock_arrival(health, receiving)

    def _recording(self, over: Over, named: str, flac: bytes, receiving: Receiving) -> Arrival:
        if over.id != named or not is_id(over.id):
            raise MalformedMessage(f"the recording of over {over.id} is sent as {named}")
        if hashlib.sha256(flac).hexdigest() != over.sha256:
            raise MalformedMessage(f"the recording of over {over.id} does not have the hash its box gave")
        return over_arrival(over, self._clips.keep(over.id, over.said_at, flac), receiving)

    def _unreadable(self, inbound: Inbound, why: str) -> Arrival:
        kept = ""
        if len(inbound.payload) > SHOWN_BYTES:
            kept = self._clips.keep_unreadable(inbound.payload)
        levels, receiving = self._levels(inbound), self._receiving(inbound)
        return unreadable_arrival(levels, inbound.payload, why, receiving, kept=kept)

    def _levels(self, inbound: Inbound) -> list[str]:
        """Of the topic, from the box's name on."""
        return self._topics.levels(inbound.topic)[1:]

    def _receiving(self, inbound: Inbound) -> Receiving:
        # When it came, not when its turn came: the way of a health message takes no time, the queue may.
        offset = self._offsets.get(self._levels(inbound)[0], 0.0)
        return Receiving(inbound.received_at, offset, next(self._turns))


class _FromBox(Protocol):
    @property
    def gateway(self) -> str: ...


_M = TypeVar("_M", bound=_FromBox)


def _of(box: str, message: _M) -> _M:
    """The broker lets a box write below its own name only; what it writes there must be of itself too."""
    if message.gateway != box:
        raise MalformedMessage(f"box {box} speaks for box {message.gateway}")
    return message
