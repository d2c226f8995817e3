"""A radio's call, from what a technician typed."""

import re
from typing import Final

from hardware.signalling.five_tone_tables import five_tone_tables
from hardware.signalling.mdc1200.packet import EMERGENCY, KEYED, PTT_ID, Packet
from hardware.signalling.touch_tones import KEYS
from hardware.simulators.signalling import Burst, DataBurst, FiveTones, Page, TouchTones
from tongpin.errors import NoSuchCall

SYSTEMS: Final = ("mdc1200", "dtmf", "two-tone", *five_tone_tables())
_PAGE: Final = re.compile(r"(\d{3,4}(?:\.\d)?)/(\d{3,4}(?:\.\d)?)")


def burst_of(system: str, id_: str, *, emergency: bool = False) -> Burst:
    """What a radio of `system` sends to say `id_`; with `emergency`, MDC-1200's emergency key.

    Raises `NoSuchCall`.
    """
    if emergency and system != "mdc1200":
        raise NoSuchCall(f"{system} has no emergency call; mdc1200 has")
    match system:
        case "mdc1200" if re.fullmatch(r"[0-9A-Fa-f]{4}", id_):
            return DataBurst(Packet(EMERGENCY if emergency else PTT_ID, KEYED, int(id_, 16)))
        case "dtmf" if id_ and set(id_) <= set(KEYS):
            return TouchTones(id_)
        case "two-tone" if page := _PAGE.fullmatch(id_):
            return Page(float(page[1]), float(page[2]))
        case _ if system in five_tone_tables() and re.fullmatch(r"[0-9]{5}", id_):
            return FiveTones(id_, five_tone_tables()[system])
        case _:
            raise NoSuchCall(
                f"{system} {id_} is no call; some are mdc1200 12AB, dtmf 12345, two-tone 600.9/788.5, "
                f"zvei1 12345 (systems: {', '.join(SYSTEMS)})"
            )
