"""What a Silent Knight or MX8000 receiver says of itself. MX8000 manual, tables 8-11 and 8-28."""

from typing import Final

from intake.understanding.panel_codes import Meaning, alarm, journal, restored

_QUEUE: Final = alarm("system", "Event queue filling up", "事件缓存将满")
_QUEUE_FULL: Final = alarm("system", "Event queue full", "事件缓存已满")
_PRINTER: Final = alarm("system", "Printer off line", "打印机离线")
_CARD: Final = alarm("system", "Line card trouble", "线路卡故障")
_PHONE: Final = alarm("system", "Telephone line trouble", "电话线故障")
_MAINS: Final = alarm("system", "Mains lost", "交流电断电")
_BATTERY: Final = alarm("system", "Battery trouble", "电池故障")
_COMPUTER: Final = alarm("system", "Computer trouble", "计算机通信故障")
_LISTENING: Final = journal("Listening in", "现场监听")
_PROGRAMMING: Final = journal("Programming", "现场编程")
_CLOCK: Final = journal("Clock set", "时钟设置")
_CARDS: Final = journal("Line cards changed", "线路卡变更")

TABLE: Final[dict[str, Meaning]] = {
    **dict.fromkeys("ABCDE", _LISTENING),
    "F": alarm("system", "Call broken off by hand", "来电被手动中断"),
    "a": alarm("system", "Started", "开机"),
    **dict.fromkeys("bcd", _PROGRAMMING),
    **dict.fromkeys("ef", _CLOCK),
    "g": _QUEUE,
    "h": restored(_QUEUE),
    "i": _QUEUE_FULL,
    "j": restored(_QUEUE_FULL),
    "k": _PRINTER,
    "l": alarm("system", "Printer out of paper", "打印机缺纸"),
    "m": restored(_PRINTER),
    **dict.fromkeys("not", _CARDS),
    "p": _CARD,
    "r": restored(_CARD),
    "q": _PHONE,
    "s": restored(_PHONE),
    "w": _MAINS,
    "x": restored(_MAINS),
    "y": _BATTERY,
    "z": restored(_BATTERY),
    "{": _COMPUTER,
    "}": restored(_COMPUTER),
    "~": journal("Operator logged off", "操作员退出"),
    "\x7f": journal("Operator logged on", "操作员登录"),
}
