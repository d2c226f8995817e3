"""What an NX message means to a dispatcher.

    04 zone status, 06 partition status, 08 system status    the conditions in words, as the codec names them
    0a log event                                             `log N`, N the event's type

Types of log events are from memory of the NX-584 protocol, verify. One that is not here is queued as unknown.
"""

import re
from typing import Final

from intake.understanding.panel_codes import UNKNOWN, Meaning, alarm, journal, restored

_ALARM = alarm("intrusion", "Alarm", "报警")
_TAMPER = alarm("facility-fault", "Tamper", "防拆")
_TROUBLE = alarm("facility-fault", "Trouble", "故障")
_BATTERY = alarm("facility-fault", "Detector battery low", "探测器电池欠压")
_LOST = alarm("facility-fault", "Zone lost", "防区失联")
_FIRE = alarm("fire", "Fire alarm", "火警")
_MEDICAL = alarm("medical", "Medical alarm", "医疗求助报警")
_PANIC = alarm("hold-up", "Panic alarm", "紧急报警")
_DURESS = alarm("hold-up", "Duress", "胁迫")
_SIREN = alarm("intrusion", "Siren on", "警号鸣响")
_SYSTEM_TROUBLE = alarm("facility-fault", "System trouble", "主机故障")
_BYPASS = Meaning("facility-fault", "restore", "Bypassed or disabled", "旁路或停用")
_LOG = journal("Log entry", "日志记录")
_ZONE = journal("Zone status", "防区状态")
_PARTITION = journal("Partition status", "分区状态")
_SYSTEM = journal("System status", "系统状态")

_LOGGED: Final[dict[int, Meaning]] = {
    0: _ALARM,
    1: restored(_ALARM),
    2: _BYPASS,
    3: journal("Bypass over", "旁路恢复"),
    4: _TAMPER,
    5: restored(_TAMPER),
    6: _TROUBLE,
    7: restored(_TROUBLE),
    8: _BATTERY,
    9: restored(_BATTERY),
    10: _LOST,
    11: restored(_LOST),
    12: journal("Start of cross time", "交叉防区计时开始"),
    17: _LOG,
    18: _DURESS,
    19: _FIRE,
    20: _MEDICAL,
    22: _PANIC,
    23: alarm("facility-fault", "Keypad locked out", "键盘锁定"),
    **dict.fromkeys((24, 26, 28, 30, 32, 34, 36), _SYSTEM_TROUBLE),
    **dict.fromkeys((25, 27, 29, 31, 33, 35, 37), restored(_SYSTEM_TROUBLE)),
    38: alarm("facility-fault", "Panel cannot reach its station", "主机上报失败"),
    39: _LOG,
    40: journal("Opened (disarmed)", "撤防"),
    41: journal("Closed (armed)", "布防"),
    42: alarm("intrusion", "Exit error", "外出错误"),
    43: journal("Closed a moment ago", "刚刚布防"),
    44: Meaning("test", "test", "Test", "测试"),
    **dict.fromkeys((45, 46, 47, 48), _LOG),
    49: Meaning("system", "restore", "Cancelled by the user", "用户取消报警"),
    50: _SYSTEM_TROUBLE,
    51: restored(_SYSTEM_TROUBLE),
    52: Meaning("test", "test", "Test", "测试"),
    53: journal("Closed (armed) with zones bypassed", "旁路布防"),
    **dict.fromkeys((54, 55, 56, 57, 120, 121, 122, 123, 124, 125, 126, 127), _LOG),
}


def nx584_meaning(code: str, text: str) -> Meaning:
    """The class of a message: its number in hex and the words behind it."""
    words = text.split(", ")
    match code:
        case "04":
            return _TAMPER if "tampered" in words else _ZONE
        case "06" if "fire" in words:
            return _FIRE
        case "06":
            return _SIREN if "siren" in words else _PARTITION
        case "08":
            return _SYSTEM
        case "0a" if event := re.fullmatch(r"log ([0-9]+)", text):
            return _LOGGED.get(int(event[1]), UNKNOWN)
        case _:
            return UNKNOWN
