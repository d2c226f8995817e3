"""The front of a Sur-Gard frame: one protocol character, then receiver and line.

How long the header is, is an option of the receiver: RRL on the MLR2, RRLLL on the System family, three to
nine characters seen. It runs up to the first space or `[`; a port may fix its length instead.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from hardware.panels.frame import PanelRecord

NAME: Final = "surgard"

SHORTEST_HEADER: Final = 3
LONGEST_HEADER: Final = 9


@dataclass(frozen=True, slots=True)
class Form:
    """One layout of frames: the pattern that fits it and the reading of a match."""

    pattern: re.Pattern[str]
    read: Callable[[re.Match[str]], PanelRecord]


def header_pattern(length: int | None) -> str:
    """Return the pattern of a header of `length` characters, or of any length in use."""
    shortest, longest = (length, length) if length else (SHORTEST_HEADER, LONGEST_HEADER)
    return rf"(?P<receiver>[0-9A-F]{{2}})(?P<line>[0-9A-F]{{{shortest - 2},{longest - 2}}})"
