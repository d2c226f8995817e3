"""What the centre says to the box's transmitters, by topic."""

from collections.abc import Mapping

import structlog

from bus.errors import MessageError
from bus.link import Inbound
from bus.messages.transmit import TxInhibit, TxRequest
from bus.topics import GatewayTopics
from gateway.errors import SpoolError
from gateway.transmitter.transmitter import ChannelTransmitter

log = structlog.get_logger()


class Orders:
    """Hands each message to the transmitter of its channel."""

    def __init__(self, topics: GatewayTopics, transmitters: Mapping[str, ChannelTransmitter]) -> None:
        self._requests = {topics.tx_request(name): each for name, each in transmitters.items()}
        self._mutes = {topics.tx_inhibit(name): each for name, each in transmitters.items()}

    @staticmethod
    def subscriptions(topics: GatewayTopics) -> list[tuple[str, int]]:
        """Where these messages come from."""
        return [(topics.tx_request("+"), 1), (topics.tx_inhibit("+"), 1)]

    async def take(self, inbound: Inbound) -> bool:
        """Whether the broker may forget the message."""
        try:
            await self._take(inbound)
        except MessageError as error:
            log.warning("order not understood", topic=inbound.topic, problem=str(error))
        except SpoolError as error:
            # What cannot be remembered might be spoken twice: it comes again, or its time limit passes.
            log.error("order not stored", topic=inbound.topic, problem=str(error))  # noqa: TRY400 - one sentence
            return False
        return True

    async def _take(self, inbound: Inbound) -> None:
        if mute := self._mutes.get(inbound.topic):
            await mute.inhibit(on=TxInhibit.decode(inbound.payload).on)
        elif (transmitter := self._requests.get(inbound.topic)) and not inbound.retain:
            await transmitter.request(TxRequest.decode(inbound.payload))
