"""What the receiver says of itself: one code byte and its data, or a heartbeat. Manual, tables 8-11 and 8-28.

The data is the number of a line card, of a user, or of a receiver model, as the code says.
"""

import re
from typing import Final

from hardware.panels.frame import PanelRecord
from hardware.panels.silentknight.layout import FRONT, NAME, OLD_FRONT
from hardware.panels.subjects import zone_or_user

_SYSTEM: Final = re.compile(
    rf"(?:\x02{FRONT}|\x01{OLD_FRONT})(?P<code>[!-\x7f])(?P<data>[0-9A-Za-z]{{0,8}})[ ,]*"
)
# The quote that ends the front may be missing: nothing stands behind it.
_HEARTBEAT: Final = re.compile(rf"\x03{FRONT}?")

_USER_CODES: Final = frozenset("bcdef~\x7f")
"""Programming, date and time changed, logged off and on: the data names the user."""


def read_system(frame: str) -> PanelRecord | None:
    """Read a frame without its V; `None` when it is neither a system message nor a heartbeat."""
    if match := _HEARTBEAT.fullmatch(frame):
        return PanelRecord(NAME, "heartbeat", receiver=match["receiver"])
    if match := _SYSTEM.fullmatch(frame):
        zone, user = zone_or_user(match["data"] or None, is_user=match["code"] in _USER_CODES)
        return PanelRecord(
            NAME, "receiver", receiver=match["receiver"], code=match["code"], zone=zone, user=user
        )
    return None
