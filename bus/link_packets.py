"""Our messages as paho has them, and paho's as we have them."""

from collections.abc import Mapping
from typing import Any

from paho.mqtt.client import MQTTMessage
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

from bus.clock import Clock
from bus.link_messages import Inbound, Outbound

RECEIVE_MAXIMUM = 20
"""QoS 1 messages the broker may send before we acknowledge one: the bound of the inbound queue."""

MAXIMUM_PACKET = 8 * 1024 * 1024
"""Bytes. The longest over is some 4 MB of FLAC."""


def connect_properties(session_expiry_s: int) -> Properties:
    """Of CONNECT."""
    return _properties(
        PacketTypes.CONNECT,
        ReceiveMaximum=RECEIVE_MAXIMUM,
        MaximumPacketSize=MAXIMUM_PACKET,
        SessionExpiryInterval=session_expiry_s,
    )


def publish_properties(out: Outbound) -> Properties:
    """Of PUBLISH."""
    return _properties(
        PacketTypes.PUBLISH,
        MessageExpiryInterval=out.expiry_s,
        UserProperty=list(out.user.items()) or None,
        ResponseTopic=out.response_topic,
        CorrelationData=out.correlation,
    )


def inbound(message: MQTTMessage, generation: int, clock: Clock) -> Inbound:
    """The message as the rest of the program sees it."""
    properties: Mapping[str, Any] = vars(message.properties) if message.properties else {}
    return Inbound(
        topic=message.topic,
        payload=bytes(message.payload),
        qos=message.qos,
        retain=message.retain,
        user=dict(properties.get("UserProperty", ())),
        response_topic=properties.get("ResponseTopic"),
        correlation=properties.get("CorrelationData"),
        generation=generation,
        mid=message.mid,
        received_at=clock.now(),
    )


def _properties(packet: int, **values: object) -> Properties:
    properties = Properties(packet)
    for name, value in values.items():
        if value is not None:
            setattr(properties, name, value)
    return properties
