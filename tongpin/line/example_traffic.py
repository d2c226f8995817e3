"""What each protocol says on an ordinary day: an endless story of events, and its heartbeat."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from hardware.panels import contact_id
from hardware.panels.ademco685 import encode as ademco685
from hardware.panels.alarmdecoder import encode as alarmdecoder
from hardware.panels.dsc_it100 import encode as dsc_it100
from hardware.panels.frame import Qualifier
from hardware.panels.nx584 import encode as nx584
from hardware.panels.paradox_prt3 import encode as paradox_prt3
from hardware.panels.radionics6500 import encode as radionics6500
from hardware.panels.sia_dc09 import encode as sia_dc09
from hardware.panels.silentknight import encode as silentknight
from hardware.panels.surgard import encode as surgard

_ACCOUNTS: Final = ("1234", "0151", "4321", "2063")
_NUMBERS: Final = 16


@dataclass(frozen=True, slots=True)
class Happening:
    """One event of the story, in Contact ID's words and SIA's; `number` is a zone, for OP and CL a user."""

    account: str
    qualifier: Qualifier
    code: str
    sia: str
    number: int

    @property
    def contact_id(self) -> tuple[str, Qualifier, str, str, str]:
        """Account, qualifier, code, partition and number as the encoders take them."""
        return self.account, self.qualifier, self.code, "01", f"{self.number:03}"

    @property
    def is_by_user(self) -> bool:
        """Whether a person did it."""
        return self.sia in {"OP", "CL"}

    @property
    def began(self) -> bool:
        """Whether something is open that was closed before."""
        return self.qualifier == "new"


_DAY: Final[tuple[tuple[Qualifier, str, str, int], ...]] = (
    ("new", "401", "OP", 1),
    ("new", "130", "BA", 49),
    ("restore", "130", "BR", 49),
    ("new", "122", "HA", 17),
    ("new", "110", "FA", 33),
    ("restore", "110", "FR", 33),
    ("restore", "401", "CL", 1),
)
"""The last is the number of the first day, counted up day by day."""


def happening(n: int) -> Happening:
    """The `n`th event of the story, from 0; neighbours differ, and none comes again for a long while."""
    day, at = divmod(n, len(_DAY))
    qualifier, code, sia, number = _DAY[at]
    return Happening(_ACCOUNTS[day % len(_ACCOUNTS)], qualifier, code, sia, number + day % _NUMBERS)


def event(protocol: str, n: int) -> bytes:
    """The frame of the `n`th event in a protocol of `PROTOCOLS`, with its terminator."""
    return _EVENTS[protocol](happening(n), n)


def _surgard(what: Happening, n: int) -> bytes:
    if n % 2:
        return surgard.sia_frame(what.account, f"ri1/{what.sia}{what.number:02}")
    return surgard.contact_id_frame(*what.contact_id)


def _radionics6500(what: Happening, n: int) -> bytes:
    if n % 2:
        return radionics6500.sia_frame(what.account, f"ri1/{what.sia}{what.number:02}")
    return radionics6500.contact_id_frame(*what.contact_id)


def _contact_id(what: Happening, _: int) -> bytes:
    return contact_id.encode(*what.contact_id).encode("ascii") + b"\r\n"


def _ademco685(what: Happening, _: int) -> bytes:
    account, qualifier, code, partition, number = what.contact_id
    if what.is_by_user:
        return ademco685.contact_id_frame(account, qualifier, code, partition, user=number)
    return ademco685.contact_id_frame(account, qualifier, code, partition, zone=number)


def _silentknight(what: Happening, n: int) -> bytes:
    account, qualifier, code, partition, number = what.contact_id
    reference = n % 9999 + 1
    if n % 2:
        return silentknight.sia_frame(account, ["ri1", f"{what.sia}{what.number:02}"], reference=reference)
    said = silentknight.contact_id_event(qualifier, code, partition, number)
    return silentknight.contact_id_frame(account, [said], reference=reference)


def _dsc_it100(what: Happening, _: int) -> bytes:
    if what.is_by_user:
        return dsc_it100.line("750" if what.began else "700", f"1{what.number:04}")
    return dsc_it100.line("601" if what.began else "602", f"1{what.number:03}")


def _alarmdecoder(what: Happening, n: int) -> bytes:
    if n % 2:
        return alarmdecoder.keypad(f"FAULT {what.number:02}")
    return alarmdecoder.contact_id(what.qualifier, what.code, "1", f"{what.number:03}")


def _nx584(what: Happening, n: int) -> bytes:
    if n % 2:
        return nx584.frame(nx584.log_event(0 if what.began else 1, what.number, 1, index=n % 185))
    return nx584.frame(nx584.zone_status(what.number, int(what.began)))


def _paradox_prt3(what: Happening, _: int) -> bytes:
    return paradox_prt3.event(int(what.began), what.number, 1)


def _sia_dc09(what: Happening, n: int) -> bytes:
    account, qualifier, code, partition, number = what.contact_id
    data = sia_dc09.contact_id_data(qualifier, code, partition, number)
    return sia_dc09.message_frame("ADM-CID", data, sequence=n % 10_000, account=account)


_EVENTS: Final[dict[str, Callable[[Happening, int], bytes]]] = {
    "ademco685": _ademco685,
    "alarmdecoder": _alarmdecoder,
    "contact_id": _contact_id,
    "dsc_it100": _dsc_it100,
    "nx584": _nx584,
    "paradox_prt3": _paradox_prt3,
    "radionics6500": _radionics6500,
    "sia_dc09": _sia_dc09,
    "silentknight": _silentknight,
    "surgard": _surgard,
}

PROTOCOLS: Final = tuple(_EVENTS)

HEARTBEATS: Final = {
    "ademco685": ademco685.heartbeat_frame(),
    "alarmdecoder": alarmdecoder.keypad("****DISARMED****  READY TO ARM  "),
    "dsc_it100": dsc_it100.line("500", "000"),
    "nx584": nx584.frame(nx584.system_status()),
    "radionics6500": radionics6500.heartbeat_frame(),
    "sia_dc09": sia_dc09.message_frame("NULL", "", sequence=0, account="1234"),
    "silentknight": silentknight.heartbeat_frame(),
    "surgard": surgard.heartbeat_frame(),
}
"""What those say that say something when nothing happens."""
