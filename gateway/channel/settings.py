"""The `[[channel]]` tables of the box's settings file."""

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from gateway.channel.silence import SilenceSettings
from gateway.channel.squelch_settings import SquelchSettings
from gateway.settings_table import Id, Table
from gateway.transmitter.settings import SerialKey, TransmitSettings
from hardware.carrier.cm108 import Button
from hardware.carrier.serial_pin import Pin
from hardware.signalling.settings import SignallingSettings


class SoundCard(Table):
    """A sound card, found by a part of its name."""

    kind: Literal["pyaudio"]
    device: str


class SoundFile(Table):
    """A recording, heard at `speed` times real time."""

    kind: Literal["file"]
    path: Path
    speed: float = Field(default=1.0, gt=0)


class Injected(Table):
    """Sound the program that runs the box brings along: the demo, a test."""

    kind: Literal["injected"]


class SerialCarrier(Table):
    """A carrier line on a modem line of a serial port."""

    kind: Literal["serial"]
    port: str
    pin: Pin = "cts"
    active_low: bool = False


class ButtonCarrier(Table):
    """A carrier line on a button input of a USB sound adapter; `device` is its USB port, as in 1-2."""

    kind: Literal["cm108"]
    device: str | None = None
    button: Button = "vol_down"
    active_low: bool = False


class ChannelTable(Table):
    """`[[channel]]`: one radio channel."""

    id: Id
    source: Annotated[SoundCard | SoundFile | Injected, Field(discriminator="kind")]
    audio_source: Literal["speaker", "discriminator"] = "speaker"
    carrier: Annotated[SerialCarrier | ButtonCarrier, Field(discriminator="kind")] | None = None
    squelch: SquelchSettings = SquelchSettings()
    signalling: SignallingSettings = SignallingSettings()
    silence: SilenceSettings = SilenceSettings()
    transmit: TransmitSettings | None = None
    """None: the channel is only listened to."""

    @model_validator(mode="after")
    def _keys_a_port_of_its_own(self) -> Self:
        carrier, transmit = self.carrier, self.transmit
        if (
            isinstance(carrier, SerialCarrier)
            and transmit
            and isinstance(transmit.key, SerialKey)
            and carrier.port == transmit.key.port
        ):
            raise ValueError(
                f"carrier and key of the channel {self.id} are both on {carrier.port}; each is held by a"
                " process of its own and needs a port of its own."
            )
        return self
