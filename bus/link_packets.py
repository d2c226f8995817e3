"""paho as we use it: its client, our messages as its packets, and its as ours."""

from collections.abc import Mapping
from typing import Any

from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

from bus.clock import Clock
from bus.link_messages import Inbound, Introduction, Outbound

RECEIVE_MAXIMUM = 20
"""QoS 1 messages the broker may send before we acknowledge one: the bound of the inbound queue."""

MAXIMUM_PACKET = 8 * 1024 * 1024
"""Bytes. The longest over is some 4 MB of FLAC."""


def new_client(introduction: Introduction) -> Client:
    """For one connection: nothing acknowledged, queued or reconnected by itself."""
    client = Client(
        CallbackAPIVersion.VERSION2,
        client_id=introduction.client_id,
        protocol=MQTTProtocolVersion.MQTTv5,
        reconnect_on_failure=False,
        manual_ack=True,
    )
    client.max_inflight_messages_set(0)  # no limit of paho's: beyond it paho would queue
    if will := introduction.will:
        client.will_set(will.topic, will.payload, qos=1, retain=will.retain)
    return client


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
    properties = Properties(packet)  # type: ignore[no-untyped-call]  # paho leaves it bare
    for name, value in values.items():
        if value is not None:
            setattr(properties, name, value)
    return properties
