"""The front of a Sur-Gard frame: one protocol character, then receiver and line.

How long the header is, is an option of the receiver: RRL on the MLR2, RRLLL on the System family, three to
nine characters seen. It runs up to the first space or `[`; a port may fix its length instead.
"""

from typing import Final

from hardware.errors import CodecOptionError

NAME: Final = "surgard"

SHORTEST_HEADER: Final = 3
LONGEST_HEADER: Final = 9


def require_header_length(protocol: str, length: int | None) -> None:
    """Raise `CodecOptionError` for a length no receiver has."""
    if length is not None and not SHORTEST_HEADER <= length <= LONGEST_HEADER:
        raise CodecOptionError(
            f"The {protocol} header_length is {length}; it counts receiver and line and is"
            f" {SHORTEST_HEADER} to {LONGEST_HEADER}."
        )


def header_pattern(length: int | None) -> str:
    """Return the pattern of a header of `length` characters, or of any length in use."""
    shortest, longest = (length, length) if length else (SHORTEST_HEADER, LONGEST_HEADER)
    return rf"(?P<receiver>[0-9A-F]{{2}})(?P<line>[0-9A-F]{{{shortest - 2},{longest - 2}}})"
