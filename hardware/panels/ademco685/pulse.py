"""Pulse formats and Ademco high speed in a 685 frame.

RG 1234 E                  3x1 and 4x1: one code
RG 1234 E Z                4x2: a code of two digits
RG 1234 NNNN NNNN N        high speed: the state of channels 1 to 8, and of the ninth
"""

import re

from hardware.panels.ademco685.layout import NAME, front
from hardware.panels.forms import Form
from hardware.panels.frame import CodeSet, PanelRecord

_FRONT = front("[0-9A-F]{4}")


def forms() -> list[Form]:
    """Return the layouts; none of them shows its own end."""
    pulse = rf"{_FRONT} (?P<code>[0-9A-F](?: [0-9A-F])?)"
    high_speed = rf"{_FRONT} (?P<code>[0-9A-F]{{4}} [0-9A-F]{{4}} [0-9A-F])"
    return [
        Form(re.compile(pulse), lambda match: _record(match, "basic")),
        Form(re.compile(high_speed), lambda match: _record(match, None)),
    ]


def _record(match: re.Match[str], code_set: CodeSet | None) -> PanelRecord:
    return PanelRecord(
        protocol=NAME,
        kind="event",
        receiver=match["receiver"],
        line=match["line"],
        account=match["account"],
        code_set=code_set,
        code=match["code"].replace(" ", ""),
    )
