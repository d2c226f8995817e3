"""What stands behind an IT-100 command number, after the DSC IT-100 developer's guide.

p is a partition (1 digit), m a mode of arming, zzz a zone, uuuu a user. Entries marked `# memory` are in no
capture at hand: from memory of the guide, verify.
"""

import re
from typing import Final

from hardware.panels.asking import State
from hardware.panels.frame import PanelRecord, Qualifier

NAME: Final = "dsc_it100"

_FIELDS: Final = {
    "": "",
    "p": r"(?P<partition>[1-8])",
    "p m": r"(?P<partition>[1-8])(?P<text>[0-3])",
    "p zzz": r"(?P<partition>[1-8])(?P<zone>[0-9]{3})",
    "zzz": r"(?P<zone>[0-9]{3})",
    "p uuuu": r"(?P<partition>[1-8])(?P<user>[0-9]{4})",
}

_LAYOUTS: Final = {
    "p zzz": "601 602 603 604",
    "zzz": "605 606 609 610",
    "p": (
        "650 654 655 656 670 840 841 651 653 657 658 659 660 671 672 673 701 702 751"  # memory
    ),
    "p m": "652",
    "p uuuu": "700 750",
    "": (
        "621 622 623 624 625 626 631 632"
        " 800 801 802 803 806 807 810 811 812 813 814 816 829 830 831 832 842 843"
    ),
}

PATTERNS: Final = {
    code: re.compile(_FIELDS[layout]) for layout, codes in _LAYOUTS.items() for code in codes.split()
}

_BEGIN_AND_END: Final = (
    "601 602, 603 604, 605 606, 609 610, 621 622, 623 624, 625 626, 631 632, 800 801, 802 803, 806 807,"
    " 810 811, 812 813, 829 830, 831 832, 840 841, 842 843"
)
_BEGINNING_OF: Final = {end: begin for begin, end in map(str.split, _BEGIN_AND_END.split(","))}
_IN_ALARM: Final = "654"

QUALIFIERS: Final[dict[str, Qualifier]] = {
    **dict.fromkeys((_IN_ALARM, *_BEGINNING_OF.values()), "new"),
    **dict.fromkeys(_BEGINNING_OF, "restore"),
}

_ALARM_OVER: Final = frozenset({"650", "651", "652", "653", "655", "656"})
"""Ready, not ready, armed, ready to force, disarmed, exit delay. Should a panel say one of them amid an
alarm, the worst is that the alarm is told once more."""

_MOMENTARY: Final = frozenset({"621", "623", "625"})
"""Keys are pressed, not on: pressed again they are another call for help."""


def state_of(record: PanelRecord) -> State | None:
    """Return the state a record speaks of: a partition in alarm, or what two commands begin and end."""
    code, where = record.code, f"{record.partition or '-'}/{record.zone or '-'}"
    if record.kind != "event" or code is None or code in _MOMENTARY:
        return None
    if code == _IN_ALARM:
        return State(f"alarm {where}", code)
    if code in _ALARM_OVER:
        return State(f"alarm {where}", "")
    match record.qualifier:
        case "new":
            return State(f"{code} {where}", code)
        case "restore":
            return State(f"{_BEGINNING_OF[code]} {where}", "")
    return None
