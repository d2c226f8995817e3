"""What the centre hears with."""

from typing import Literal

from bus.messages.base import Utc, Value


class DeviceRow(Value):
    """A box, a line, a channel, what speaks on one, or the centre's ear."""

    id: str
    kind: Literal["gateway", "line", "channel", "transmitter", "speech"]
    state: str
    since: Utc
    detail: str = ""
    reason: str | None = None
    """Of a transmitter, why its latest request waits or was not spoken; see `TxReason`."""
    muted: bool = False
