"""What can go wrong on the command line itself.

CommandError
└── CannotShow   the demo's site does not come up; one sentence says which part and where its log is
"""


class CommandError(Exception):
    """Root of everything the command line raises of its own."""


class CannotShow(CommandError):
    """The demo's site does not come up."""
