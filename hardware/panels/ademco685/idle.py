"""What a 685 says when it has nothing to say: `00 OKAY @`, or a line its operator chose.

`00 OKAY @` is also the answer to the byte `S` from the host. A line without any digit can be no event, so it
is text.
"""

import re

from hardware.panels.ademco685.layout import NAME, OKAY
from hardware.panels.forms import Form
from hardware.panels.frame import PanelRecord

_WORDS = re.compile(r"[ -/:-~]*[!-/:-~][ -/:-~]*")


def forms() -> list[Form]:
    """Return the one layout."""
    return [Form(re.compile(OKAY), _read)]


def judge_line(line: str) -> tuple[PanelRecord, ...]:
    """Read a line without any digit."""
    if _WORDS.fullmatch(line) is None:
        return ()
    return (PanelRecord(NAME, "text", text=line.strip(" "), raw=line.encode("latin-1").hex()),)


def _read(match: re.Match[str]) -> PanelRecord:
    return PanelRecord(protocol=NAME, kind="heartbeat", receiver=match["receiver"], line=match["line"])
