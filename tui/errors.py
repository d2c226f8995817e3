"""What can go wrong in the console.

ConsoleError
├── NotAnswered    the centre did not answer a request in time
├── NotSignedIn    the centre does not take the name and password
└── NotATerminal   there is no terminal to draw on
"""


class ConsoleError(Exception):
    """Root of everything the console raises."""


class NotAnswered(ConsoleError):
    """The centre may or may not have done it; the board will show."""


class NotATerminal(ConsoleError):
    """Standard output is a file or a pipe."""


class NotSignedIn(ConsoleError):
    """The centre does not take this name and password; the sentence is the centre's."""
