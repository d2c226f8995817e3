"""What an AlarmDecoder keypad line shows: 20 bits, a number, raw bytes and the display.

    [bits],num,[raw],"32 characters"          the same behind !KPM: is the same

Bits are counted from 1: 1 ready, 2 armed away, 3 armed home, 7 bypass, 8 AC, 10 alarm happened, 11 alarm
sounding, 12 battery low, 14 fire, 15 check zone; 6 counts beeps, 17 is a fault digit.
"""

import re
from typing import Final

from hardware.panels.asking import State
from hardware.panels.frame import PanelRecord

NAME: Final = "alarmdecoder"

FIRE: Final = "KEYPAD_FIRE"
ALARM: Final = "KEYPAD_ALARM"
"""Our words, in the manner of the long-range radio's, for what only the display tells."""

KEYPAD: Final = re.compile(
    r'(?:!KPM:)?\[(?P<bits>[0-9A-Za-z\-]{20})\],(?P<number>[0-9A-Fa-f]{1,4}),\[[^\]]*\],"(?P<text>.{32})"'
)

_TOLD: Final = (1, 2, 3, 7, 8, 10, 11, 12, 14, 15)
"""Bits whose change is news. The display itself cycles through open zones every few seconds."""


def bit(bits: str, place: int) -> bool:
    """Return whether the bit at `place`, counted from 1, is set."""
    return bits[place - 1] == "1"


def alarm_word(bits: str) -> str | None:
    """Return `FIRE`, `ALARM` or `None`: what sounds now."""
    if bit(bits, 14):
        return FIRE
    return ALARM if bit(bits, 11) else None


def state_of(record: PanelRecord) -> State | None:
    """Return the keypad's state: one alarm is one event, however long it sounds and whatever is displayed."""
    match = KEYPAD.fullmatch(bytes.fromhex(record.raw).decode("latin-1").strip(" "))
    if match is None:
        return None
    told = "".join(match["bits"][place - 1] for place in _TOLD)
    return State("keypad", record.code or "" if record.kind == "event" else told, echo=True)
