"""The heartbeat: `1RRLsssssssssss@ssss`, sent only when the receiver has nothing else to say.

It shares its protocol character with basic frames, so it is told by having nothing but spaces and one `@`
behind the header. Imitations send one space more on either side.
"""

import re

from hardware.panels.forms import Form
from hardware.panels.frame import PanelRecord
from hardware.panels.surgard.header import NAME, header_pattern


def forms(header_length: int | None) -> list[Form]:
    """Return the one layout; spaces behind the `@` may be lost."""
    return [Form(re.compile(rf"1{header_pattern(header_length)} +@ {{0,5}}"), _read)]


def _read(match: re.Match[str]) -> PanelRecord:
    return PanelRecord(protocol=NAME, kind="heartbeat", receiver=match["receiver"], line=match["line"])
