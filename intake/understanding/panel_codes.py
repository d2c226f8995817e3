"""Panel codes → classes of event: Contact ID by ranges (SIA DC-05), SIA by letters (SIA DC-03)."""

import re
from dataclasses import dataclass, replace
from typing import Literal

Category = Literal["alarm", "restore", "journal", "test", "unparsed", "system"]


@dataclass(frozen=True, slots=True)
class Meaning:
    """A class of event: the incident type, what becomes of it, and its name in both languages."""

    type: str
    category: Category
    en: str
    zh: str
    parsed: bool = True


_FIRE = Meaning("fire", "alarm", "Fire alarm", "火警")
_HOLD_UP = Meaning("hold-up", "alarm", "Hold-up alarm", "紧急劫警")
_MEDICAL = Meaning("medical", "alarm", "Medical alarm", "医疗求助报警")
_BURGLARY = Meaning("intrusion", "alarm", "Burglar alarm", "入侵报警")
_TAMPER = Meaning("facility-fault", "alarm", "Tamper or sensor trouble", "防拆或探测器故障")
_TECHNICAL = Meaning("facility-fault", "alarm", "Technical alarm", "设备报警")
_TROUBLE = Meaning("facility-fault", "alarm", "System trouble", "主机故障")
_LINE = Meaning("system", "system", "Communication trouble", "通信故障")
_TEST = Meaning("test", "test", "Test", "测试")
_ACCESS = Meaning("facility-fault", "alarm", "Door trouble", "门禁故障")
_FORCED = Meaning("intrusion", "alarm", "Forced access", "强行闯入")
_MISSED = Meaning("system", "system", "Failed to report in", "未按时报到")
_NO_CHECK_IN = Meaning(
    "medical", "alarm", "Failed to report in, person may need help", "未按时报平安，可能需要救助"
)
_OPENED = Meaning("system", "journal", "Opened (disarmed)", "撤防")
_CLOSED = Meaning("system", "journal", "Closed (armed)", "布防")
_STILL_ARMED = Meaning("system", "journal", "Arming reported again", "布撤防状态重报")
_CANCEL = Meaning("system", "restore", "Cancelled by the user", "用户取消报警")
_BYPASS = Meaning("facility-fault", "restore", "Bypassed or disabled", "旁路或停用")
_LOG = Meaning("system", "journal", "Log entry", "日志记录")
TEXT = Meaning("system", "journal", "Message of the panel", "报警主机文本")
UNREADABLE = Meaning(
    "facility-fault", "unparsed", "Unreadable panel event", "无法识别的报警主机信息", parsed=False
)
UNKNOWN = Meaning("facility-fault", "unparsed", "Unknown panel code", "未知报警码", parsed=False)

_CONTACT_ID: tuple[tuple[int, int, Meaning], ...] = (
    (100, 101, _MEDICAL),
    (102, 102, _NO_CHECK_IN),
    (103, 103, _MEDICAL),
    (110, 118, _FIRE),
    (120, 126, _HOLD_UP),
    (129, 129, _HOLD_UP),
    (130, 140, _BURGLARY),
    (141, 143, _TAMPER),
    (144, 146, _BURGLARY),
    (147, 147, _TAMPER),
    (150, 150, _TECHNICAL),
    (151, 151, _FIRE),
    (152, 161, _TECHNICAL),
    (162, 162, _FIRE),
    (163, 206, _TECHNICAL),
    (300, 345, _TROUBLE),
    (350, 358, _LINE),
    (370, 394, _TROUBLE),
    (406, 406, _CANCEL),
    (423, 423, _FORCED),
    (426, 428, _ACCESS),
    (432, 432, _ACCESS),
    (501, 579, _BYPASS),
    (601, 616, _TEST),
    (621, 653, _LOG),
    (654, 654, _MISSED),
    (655, 655, _LOG),
)
"""From, to (both included), class. Openings and closings, 400 to 466, are told apart below."""

_ARMING = range(400, 467)
_OWN_4XX = frozenset({406, 423, 426, 427, 428, 432})

# Late, early and missed openings and closings, and doors used as they should be, are journal only: the rule
# Contact ID's 400 to 466 follow.
_SIA: dict[str, Meaning] = {
    **dict.fromkeys(("FA", "KA", "SA", "GA"), _FIRE),
    **dict.fromkeys(("HA", "PA", "QA"), _HOLD_UP),
    **dict.fromkeys(("MA",), _MEDICAL),
    **dict.fromkeys(("BA", "BV", "TA", "UA"), _BURGLARY),
    **dict.fromkeys(("AT", "YT", "FT", "BT", "FS"), _TROUBLE),
    **dict.fromkeys(("WA", "ZA"), _TECHNICAL),
    **dict.fromkeys(("YC", "YS", "LT", "XL"), _LINE),
    **dict.fromkeys(("RP", "RX", "TX", "TS", "TE", "BX", "FX"), _TEST),
    **dict.fromkeys(("OP", "OA", "OG", "OJ", "OK", "OQ", "OS", "OZ"), _OPENED),
    **dict.fromkeys(("CL", "CA", "CE", "CF", "CG", "CJ", "CK", "CP", "CQ", "CS", "CW", "CZ"), _CLOSED),
    **dict.fromkeys(("CD", "CI", "CT", "OI", "OT"), _LOG),
    **dict.fromkeys(("BC", "AB", "OC", "OH", "OL", "OR"), _CANCEL),
    **dict.fromkeys(("DF", "DJ"), _FORCED),
    **dict.fromkeys(("DL", "DM", "DN"), _ACCESS),
    **dict.fromkeys(("DD", "DE", "DG", "DI", "DK", "DP", "DQ", "DV", "DW", "DX", "DZ"), _LOG),
    **dict.fromkeys(("BB", "FB", "HB"), _BYPASS),
}

_SIA_RESTORAL = frozenset({"R", "H"})
"""Second letters of restorals: BR, FR, HR, … and BH, FH, MH (alarm restoral)."""

_SIA_CLASS = {"F": _FIRE, "K": _FIRE, "S": _FIRE, "G": _FIRE, "H": _HOLD_UP, "P": _HOLD_UP, "Q": _HOLD_UP}
_SIA_CLASS |= {"M": _MEDICAL, "B": _BURGLARY, "U": _BURGLARY, "T": _TAMPER, "A": _TROUBLE, "Y": _TROUBLE}
_SIA_CLASS |= {"L": _LINE, "W": _TECHNICAL, "Z": _TECHNICAL}
"""First letters: what kind of point it is that is restored."""


def contact_id_meaning(code: str, qualifier: str | None) -> Meaning:
    """The class of a Contact ID code (three digits) and qualifier (new, restore or status).

    For 4xx a restore is a closing, no restore. Hexadecimal codes are no standard's: unknown.
    """
    if re.fullmatch(r"[0-9]{3}", code) is None:
        return UNKNOWN
    number = int(code)
    if number in _ARMING and number not in _OWN_4XX:
        return {"new": _OPENED, "restore": _CLOSED, "status": _STILL_ARMED}.get(qualifier or "", _LOG)
    found = next((meaning for low, high, meaning in _CONTACT_ID if low <= number <= high), UNKNOWN)
    restorable = found.parsed and found.category not in {"journal", "test"} and found is not _CANCEL
    if qualifier == "restore" and restorable:
        return restored(found)
    return found


def sia_meaning(code: str) -> Meaning:
    """The class of a two-letter SIA code."""
    letters = code.upper()
    if letters in _SIA:
        return _SIA[letters]
    kind = _SIA_CLASS.get(letters[:1])
    if kind and letters[1:] in _SIA_RESTORAL:
        return restored(kind)
    return UNKNOWN


def alarm(kind: str, en: str, zh: str) -> Meaning:
    """A class that makes a row of the incident type `kind`."""
    return Meaning(kind, "alarm", en, zh)


def journal(en: str, zh: str) -> Meaning:
    """A class that is only written down."""
    return Meaning("system", "journal", en, zh)


def restored(meaning: Meaning) -> Meaning:
    """The end of what `meaning` began."""
    return replace(meaning, category="restore", en=f"{meaning.en} restored", zh=f"{meaning.zh}恢复")
