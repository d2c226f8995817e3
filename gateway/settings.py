"""The box's settings file; `deploy/examples/gateway.toml` shows every key with a comment."""

import re
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from bus.link_settings import LinkSettings
from gateway.channel.settings import ChannelTable
from gateway.ip.ip_line import HEARTBEAT_S
from gateway.ip.limits import IpLimits
from gateway.line.panel_line import LineTiming
from gateway.line.repeats import WINDOW_S
from gateway.line.supervision import INTERVAL_S
from gateway.settings_table import Id, Table
from gateway.spool.rows import SpoolLimits
from hardware.errors import HardwareError
from hardware.panels.registry import codec
from hardware.serial_line import SerialSettings

_MODE = re.compile(r"(\d+) ([78][NEO][12])")


def _mode(text: str) -> str:
    if _MODE.fullmatch(text) is None:
        raise ValueError(f"{text!r} must be speed and framing, as in 9600 8N1.")
    return text


Mode = Annotated[str, AfterValidator(_mode)]


class BoxTable(Table):
    """`[gateway]`."""

    site: Id
    id: Id
    spool: Path
    spool_max_mb: int = Field(default=4096, ge=1)
    disk_reserve_mb: float = Field(default=16.0, ge=0)
    live_audio: bool = True

    @property
    def limits(self) -> SpoolLimits:
        """How much room the spool may take."""
        return SpoolLimits(self.spool_max_mb, self.disk_reserve_mb)


_OVER_IP = "sia_dc09"

_CODEC_OPTIONS = ("header_length", "lf_ends", "keypad_alarms", "area", "form")


class LineTable(Table):
    """`[[line]]`: one serial port with one receiver or panel behind it."""

    id: Id
    port: str
    mode: Mode = "9600 8N1"
    protocol: str = "surgard"
    header_length: int | None = Field(default=None, ge=3, le=9)
    lf_ends: bool | None = None
    keypad_alarms: bool | None = None
    area: int | None = Field(default=None, ge=1, le=8)
    form: Literal["ascii", "binary"] | None = None
    heartbeat_s: float = Field(default=INTERVAL_S, ge=1, le=3600)
    repeat_window_s: float = Field(default=WINDOW_S, ge=0, le=3600)
    ack_within_s: float = Field(default=3.0, gt=0, le=9)

    @property
    def serial(self) -> SerialSettings:
        """How the port is opened."""
        baud, framing = self.mode.split()
        return SerialSettings(self.port, int(baud), framing)

    @property
    def timing(self) -> LineTiming:
        """How long things may take."""
        return LineTiming(self.heartbeat_s, self.repeat_window_s, self.ack_within_s)

    @property
    def options(self) -> dict[str, object]:
        """What this port's codec is told: its protocol's own options, as far as they are set."""
        given = {name: getattr(self, name) for name in _CODEC_OPTIONS}
        return {name: value for name, value in given.items() if value is not None}

    @model_validator(mode="after")
    def _usable(self) -> Self:
        if self.protocol == _OVER_IP:
            raise ValueError(
                f"{self.protocol} comes over IP, not over a serial port: give it an [[ip_line]]."
            )
        try:
            codec(self.protocol, **self.options)
            _ = self.serial
        except HardwareError as error:
            raise ValueError(str(error)) from None
        return self


class IpLineTable(Table):
    """`[[ip_line]]`: one port, TCP and UDP, that panels report to over IP."""

    id: Id
    host: str = "127.0.0.1"
    port: int = Field(ge=1, le=65535)
    protocol: Literal["sia_dc09"] = "sia_dc09"
    keys_file: Path | None = None
    heartbeat_s: float = Field(default=HEARTBEAT_S, ge=1, le=86400)
    repeat_window_s: float = Field(default=WINDOW_S, ge=0, le=3600)
    max_connections: int = Field(default=IpLimits.connections, ge=1, le=10_000)
    max_per_peer: int = Field(default=IpLimits.per_peer, ge=1, le=10_000)
    idle_s: float = Field(default=IpLimits.idle_s, ge=1, le=86400)

    @property
    def limits(self) -> IpLimits:
        """How much of the box the port may use."""
        return IpLimits(self.max_connections, self.max_per_peer, self.idle_s)


class GatewaySettings(Table):
    """The whole file."""

    gateway: BoxTable
    broker: LinkSettings = LinkSettings()
    line: tuple[LineTable, ...] = ()
    ip_line: tuple[IpLineTable, ...] = ()
    channel: tuple[ChannelTable, ...] = ()

    @model_validator(mode="after")
    def _all_different(self) -> Self:
        sources: tuple[LineTable | IpLineTable | ChannelTable, ...] = (
            *self.line,
            *self.ip_line,
            *self.channel,
        )
        ids = [source.id for source in sources]
        if twice := next((one for one in ids if ids.count(one) > 1), None):
            raise ValueError(f"the id {twice!r} is given to two lines or channels; each needs its own.")
        if not ids:
            raise ValueError(
                "there is neither a [[line]], an [[ip_line]] nor a [[channel]]; a box needs one."
            )
        return self
