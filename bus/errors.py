"""What can go wrong on the bus.

BusError
├── MessageError
│   ├── MalformedMessage   not JSON, or not the shape its topic promises
│   └── MessageTooNew      written by a later version of tongpin
├── LinkError
│   ├── NotConnected       the broker is out of reach just now
│   └── NotAcknowledged    connected, but the broker did not answer in time
└── SettingsError          a settings file says something we cannot use
"""


class BusError(Exception):
    """Root of everything the bus raises."""


class MessageError(BusError):
    """A payload cannot be read."""


class MalformedMessage(MessageError):
    """Not JSON, or not the shape its topic promises."""


class MessageTooNew(MessageError):
    """Carries a `v` above the one this program knows."""


class LinkError(BusError):
    """The link to the broker cannot do what was asked."""


class NotConnected(LinkError):
    """Nothing was sent: the broker is out of reach."""


class NotAcknowledged(LinkError):
    """Sent, but the broker's acknowledgement did not come in time; it may or may not have it."""


class SettingsError(BusError):
    """One sentence: which file, which line, which key, what to do."""
