"""What can go wrong on the command line itself.

CommandError
├── CannotShow     the demo's site does not come up; one sentence says which part and why
├── NothingToDrill a journal holds nothing a drill could repeat
├── NothingHeard   a port that is to be listened to is not there
├── NoSuchCall     no radio sends such a call
├── WrongCarrier   a carrier line is written as none can be
├── WhichChannel   the settings have several channels, or none of that name
└── WhichLine      the settings have several lines, or none of that name
"""


class CommandError(Exception):
    """Root of everything the command line raises of its own."""


class CannotShow(CommandError):
    """The demo's site does not come up."""


class NothingToDrill(CommandError):
    """A journal holds nothing a drill could repeat."""


class NothingHeard(CommandError):
    """A port that is to be listened to is not there."""


class NoSuchCall(CommandError):
    """No radio sends such a call."""


class WrongCarrier(CommandError):
    """A carrier line is written as none can be."""


class WhichChannel(CommandError):
    """The settings have several channels, or none of that name."""


class WhichLine(CommandError):
    """The settings have several lines, or none of that name."""
