"""Whose codes are these? Panels that speak no standard's code set have a table each."""

from collections.abc import Mapping
from typing import Final

from intake.understanding.panel_alarmdecoder import TABLE as ALARMDECODER
from intake.understanding.panel_codes import UNKNOWN, Meaning
from intake.understanding.panel_dsc_it100 import TABLE as DSC_IT100
from intake.understanding.panel_nx584 import nx584_meaning
from intake.understanding.panel_paradox_prt3 import TABLE as PARADOX_PRT3
from intake.understanding.panel_silentknight import TABLE as SILENTKNIGHT
from intake.understanding.panel_surgard import TABLE as SURGARD

_TABLES: Final[Mapping[str, Mapping[str, Meaning]]] = {
    "alarmdecoder": ALARMDECODER,
    "dsc_it100": DSC_IT100,
    "paradox_prt3": PARADOX_PRT3,
    "silentknight": SILENTKNIGHT,
    "surgard": SURGARD,
}


def protocol_meaning(protocol: str, code: str, text: str) -> Meaning:
    """The class of a code of no common set; `text` is what the panel or its codec says in words."""
    if protocol == "nx584":
        return nx584_meaning(code, text)
    return _TABLES.get(protocol, {}).get(code, UNKNOWN)
