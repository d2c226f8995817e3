"""A channel as its settings name it, in a running box."""

import asyncio
import contextlib
from pathlib import Path

import numpy as np
import pytest
import soundfile

from bus.ids import new_id
from bus.messages.over import RadioCall
from bus.messages.status import GatewayHealth
from bus.settings_file import parse_toml
from bus.topics import Topics
from gateway.channel.devices import carrier_opener, source_opener
from gateway.channel.settings import ChannelTable
from gateway.errors import CannotStart
from gateway.service import Gateway
from gateway.settings import GatewaySettings
from hardware.audio.discriminator import DiscriminatorSource
from hardware.audio.file_source import FileSource
from hardware.audio.format import SAMPLE_RATE
from hardware.carrier.cm108 import Cm108Button
from hardware.carrier.serial_pin import SerialPin
from hardware.signalling.mdc1200.packet import Packet
from hardware.simulators.signalling import DataBurst, sound_of
from tests.support.broker import Mosquitto
from tests.support.links import PATIENCE_S, running

BOX = """
[gateway]
site = "{site}"
id = "box-1"
spool = "{folder}/spool.db"
[broker]
host = "127.0.0.1"
port = {port}
[[channel]]
id = "radio-1"
source = {{ kind = "file", path = "{folder}/air.wav", speed = 10 }}
"""


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """An emergency key, pressed after a second of silence."""
    burst = sound_of(DataBurst(Packet(0x00, 0x80, 0x12AB)))
    path = tmp_path / "air.wav"
    soundfile.write(path, np.concatenate((np.zeros(SAMPLE_RATE, np.int16), burst)), SAMPLE_RATE)
    return path


def table(path: Path, **keys: object) -> ChannelTable:
    """A channel that hears a recording."""
    return ChannelTable.model_validate(
        {"id": "radio-1", "source": {"kind": "file", "path": path, "speed": 10}, **keys}
    )


def test_the_source_is_what_the_settings_name(recording: Path) -> None:
    """A file, the same behind a discriminator's filter, or what the program brought along."""
    assert isinstance(source_opener(table(recording), None)(), FileSource)
    tapped = table(recording, audio_source="discriminator")
    assert isinstance(source_opener(tapped, None)(), DiscriminatorSource)
    brought = FileSource(recording)
    assert source_opener(table(recording), brought)() is brought
    with pytest.raises(CannotStart, match="no source of sound"):
        source_opener(ChannelTable.model_validate({"id": "radio-1", "source": {"kind": "injected"}}), None)


def test_the_carrier_line_is_what_the_settings_name(recording: Path) -> None:
    """A pin, a button, or none."""
    pin = carrier_opener(table(recording, carrier={"kind": "serial", "port": "/dev/ttyS0", "pin": "dcd"}))
    button = carrier_opener(table(recording, carrier={"kind": "cm108"}))
    assert pin is not None
    assert button is not None
    assert isinstance(pin(), SerialPin)
    assert isinstance(button(), Cm108Button)
    assert carrier_opener(table(recording)) is None


@pytest.mark.slow
@pytest.mark.usefixtures("recording")
async def test_a_box_tells_an_emergency_and_how_its_channel_is(tmp_path: Path, mosquitto: Mosquitto) -> None:
    """From the settings file to the broker: the emergency as spooled, the channel in the health message."""
    site = f"site-{new_id()[-12:]}"
    text = BOX.format(site=site, folder=tmp_path, port=mosquitto.port)
    box = Gateway(parse_toml(text, GatewaySettings, name="gateway.toml"))
    topics = Topics(site).gateway("box-1")
    async with running(mosquitto.port, new_id(), topics.health, topics.radio_call("radio-1")) as link:
        task = asyncio.create_task(box.run(), name="gateway")
        told: dict[str, bytes] = {}
        async with asyncio.timeout(PATIENCE_S):
            async for message in link.messages():
                link.ack(message)
                told[message.topic] = message.payload
                if len(told) == 2:
                    break
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

    [channel] = GatewayHealth.decode(told[topics.health]).channels
    call = RadioCall.decode(told[topics.radio_call("radio-1")])
    assert channel.channel == "radio-1"
    assert (call.caller.id, call.caller.meaning, call.seq) == ("12AB", "emergency", 1)
