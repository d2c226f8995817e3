"""`[channel.transmit]` of the box's settings file. Without it the channel is only listened to."""

from typing import Annotated, Literal

from pydantic import Field

from gateway.settings_table import Table
from gateway.transmitter.state import Limits
from hardware.keying.serial_wire import Wire


class SerialKey(Table):
    """RTS or DTR of a serial port keys the radio."""

    kind: Literal["serial"]
    port: str
    wire: Wire = "rts"


class VoxKey(Table):
    """The radio keys itself by the sound it is given."""

    kind: Literal["vox"]


class CardOutput(Table):
    """A sound card, found by a part of its name."""

    kind: Literal["pyaudio"]
    device: str


class InjectedOutput(Table):
    """An output the program that runs the box brings along: the demo, a test."""

    kind: Literal["injected"]


class TransmitSettings(Table):
    """How the radio is keyed and spoken through, and how much it may speak."""

    key: Annotated[
        SerialKey | VoxKey, Field(discriminator="kind", description="the wire that keys the radio")
    ]
    output: Annotated[
        CardOutput | InjectedOutput, Field(discriminator="kind", description="where speech goes")
    ]
    max_s: float = Field(20.0, ge=1, le=50, description="longer speech is refused, not cut")
    duty_s: float = Field(600.0, ge=1, le=3600, description="seconds on the air within an hour")
    gap_s: float = Field(2.0, ge=1, le=60, description="pause between two of its own")
    lead_in_ms: int = Field(400, ge=300, le=1000, description="silence after keying, before the first word")
    hang_ms: int = Field(100, ge=0, le=1000, description="silence after the last word")
    talk_over: bool = Field(default=False, description="priority 0 may be keyed while somebody talks")

    @property
    def limits(self) -> Limits:
        """What its rules need."""
        return Limits(max_s=self.max_s, duty_s=self.duty_s, gap_s=self.gap_s, talk_over=self.talk_over)
