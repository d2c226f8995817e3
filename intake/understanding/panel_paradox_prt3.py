"""What a PRT3 event group means to a dispatcher.

Groups 000 and 001 are certain. The others are from memory of the APR-PRT3 programming guide: verify against
the panel at hand. A group that is not here is queued as unknown.
"""

from typing import Final

from intake.understanding.panel_codes import Meaning, alarm, journal, restored

_ALARM = alarm("intrusion", "Zone in alarm", "防区报警")
_FIRE = alarm("fire", "Fire alarm", "火警")
_SPECIAL = alarm("hold-up", "Emergency called from a keypad", "键盘紧急求助")
_DURESS = alarm("hold-up", "Duress code entered", "胁迫密码")
_TAMPER = alarm("facility-fault", "Zone tampered with", "防区防拆")
_TROUBLE = alarm("facility-fault", "System trouble", "主机故障")
_MODULE = alarm("facility-fault", "Module trouble", "模块故障")
_UNREPORTED = alarm("facility-fault", "Panel cannot reach its station", "主机上报失败")
_BATTERY = alarm("facility-fault", "Zone battery low", "防区电池欠压")
_SUPERVISION = alarm("facility-fault", "Wireless zone lost", "无线防区失联")
_DOOR_LEFT = alarm("facility-fault", "Door left open", "门未关")
_DOOR_FORCED = alarm("intrusion", "Door forced", "门被强行打开")
_CANCELLED = Meaning("system", "restore", "Cancelled by the user", "用户取消报警")
_BYPASS = Meaning("facility-fault", "restore", "Bypassed or disabled", "旁路或停用")
_ARMED = journal("Closed (armed)", "布防")
_DISARMED = journal("Opened (disarmed)", "撤防")
_ACCESS = journal("Access at a door", "门禁记录")
_STATUS = journal("Status", "状态")

TABLE: Final[dict[str, Meaning]] = {
    "000": journal("Zone closed", "防区关闭"),
    "001": journal("Zone open", "防区打开"),
    "002": _TAMPER,
    "003": alarm("facility-fault", "Fire loop trouble", "火警回路故障"),
    **dict.fromkeys(("004", "045", "048", "049", "055", "057"), _STATUS),
    "005": journal("Code entered", "输入密码"),
    **dict.fromkeys(("006", "050", "062", "063"), _ACCESS),
    "007": _BYPASS,
    "008": _ALARM,
    **dict.fromkeys(("009", "010", "011", "012", "046", "047", "056"), _ARMED),
    **dict.fromkeys(("013", "014", "015", "022", "028", "029"), _DISARMED),
    **dict.fromkeys(("016", "017", "018", "019", "020", "021"), _CANCELLED),
    "023": _BYPASS,
    "024": _ALARM,
    "025": _FIRE,
    "026": restored(_ALARM),
    "027": restored(_FIRE),
    "030": _SPECIAL,
    "031": _DURESS,
    "032": _BYPASS,
    "033": _TAMPER,
    "034": restored(_TAMPER),
    "035": _TAMPER,
    "036": _TROUBLE,
    "037": restored(_TROUBLE),
    "038": _MODULE,
    "039": restored(_MODULE),
    "040": _UNREPORTED,
    "041": _BATTERY,
    "042": _SUPERVISION,
    "043": restored(_BATTERY),
    "044": restored(_SUPERVISION),
    "051": _DOOR_LEFT,
    "052": _DOOR_FORCED,
    "053": restored(_DOOR_LEFT),
    "054": restored(_DOOR_FORCED),
    **dict.fromkeys(("064", "065", "066"), _STATUS),
}
"""016 to 018 disarm after an alarm: whoever has the code is there."""
