"""What can go wrong with a device, as one tree.

    HardwareError
    ├── PanelError
    │   ├── UnknownProtocolError     a protocol name no codec answers to
    │   ├── CodecOptionError         an option its codec does not take
    │   ├── UnreadableCaptureError   a file of panel bytes that cannot be read
    │   └── UnwritableCaptureError   a file of panel bytes that cannot be written
    ├── SerialSettingsError          a speed or character frame no port can have
    ├── ReceiverBufferFullError      a simulated receiver holds all the events it can
    ├── CarrierError                 the wire on which a radio tells of a carrier cannot be used
    │   └── CarrierLost              a wire that worked is gone
    ├── KeyingError                  the wire that keys a transmitter cannot be used
    └── AudioError                   a source of sound cannot be used
        ├── AudioEnded               a recording was played to its end; nothing is wrong
        ├── AudioLost                a source that worked stopped giving frames
        ├── ChannelFull              a simulated channel has as many overs waiting as it may hold
        └── VoiceUnavailable         a synthetic voice is not installed here

Every message is one sentence for a technician: what is wrong, where, what to do. A codec never raises while
bytes pass through it, and a serial line reports its faults as events: both outlive what is on the wire.
"""

from collections.abc import Sequence


class HardwareError(Exception):
    """Root of everything this package raises on purpose."""


class PanelError(HardwareError):
    """A panel protocol was asked for in a way that cannot be met."""


class UnknownProtocolError(PanelError):
    """No codec has this name; `known` lists those that exist, `nearest` the likeliest one meant."""

    def __init__(self, name: str, known: Sequence[str], nearest: str | None) -> None:
        self.name = name
        self.known = tuple(known)
        self.nearest = nearest
        hint = f" Did you mean {nearest}?" if nearest else ""
        super().__init__(f"There is no panel protocol {name!r}; known are {', '.join(known)}.{hint}")


class CodecOptionError(PanelError):
    """An option of a codec is unknown to it or out of range."""


class UnreadableCaptureError(PanelError):
    """A file of panel bytes cannot be opened, or reading it broke off."""


class UnwritableCaptureError(PanelError):
    """A file of panel bytes cannot be opened for writing, or its disk refuses more."""


class SerialSettingsError(HardwareError):
    """The settings of a serial line cannot be applied to any port."""


class ReceiverBufferFullError(HardwareError):
    """A simulated receiver's event buffer is full, as a real one's is after hours without an ACK."""


class CarrierError(HardwareError):
    """The wire on which a radio tells that it hears a carrier cannot be used."""


class CarrierLost(CarrierError):
    """A carrier line that worked is gone."""


class KeyingError(HardwareError):
    """The wire that keys a transmitter cannot be used, or was let go."""


class AudioError(HardwareError):
    """A source of sound cannot be used."""


class AudioEnded(AudioError):
    """A recording was played to its end."""


class AudioLost(AudioError):
    """A source that worked stopped giving frames."""


class ChannelFull(AudioError):
    """A simulated channel has as many overs waiting as it may hold."""


class VoiceUnavailable(AudioError):
    """A synthetic voice is not installed here."""
