"""What an IT-100 command means to a dispatcher. Numbers and names after the DSC IT-100 developer's guide."""

from typing import Final

from intake.understanding.panel_codes import Meaning, alarm, journal, restored

_ZONE = alarm("intrusion", "Zone in alarm", "防区报警")
_PARTITION = alarm("intrusion", "Partition in alarm", "分区报警")
_TAMPER = alarm("facility-fault", "Zone tampered with", "防区防拆")
_FIRE_KEY = alarm("fire", "Fire key pressed", "火警键")
_AUXILIARY_KEY = alarm("medical", "Auxiliary key pressed", "医疗求助键")
_PANIC_KEY = alarm("hold-up", "Panic key pressed", "紧急键")
_AUXILIARY = alarm("medical", "Auxiliary input in alarm", "辅助输入报警")
_BATTERY = alarm("facility-fault", "Panel battery low", "主机电池欠压")
_POWER = alarm("facility-fault", "Panel without mains", "主机交流电断电")
_BELL = alarm("facility-fault", "Bell circuit trouble", "警号回路故障")
_PHONE_1 = alarm("facility-fault", "Telephone line 1 trouble", "电话线1故障")
_PHONE_2 = alarm("facility-fault", "Telephone line 2 trouble", "电话线2故障")
_UNREPORTED = alarm("facility-fault", "Panel cannot reach its station", "主机上报失败")
_SYSTEM_TAMPER = alarm("facility-fault", "Panel tampered with", "主机防拆")
_TROUBLE = alarm("facility-fault", "System trouble", "主机故障")
_FIRE_TROUBLE = alarm("facility-fault", "Fire detection trouble", "火警回路故障")

_PAIRS: Final = {
    ("601", "602"): _ZONE,
    ("603", "604"): _TAMPER,
    ("621", "622"): _FIRE_KEY,
    ("623", "624"): _AUXILIARY_KEY,
    ("625", "626"): _PANIC_KEY,
    ("631", "632"): _AUXILIARY,
    ("800", "801"): _BATTERY,
    ("802", "803"): _POWER,
    ("806", "807"): _BELL,
    ("810", "811"): _PHONE_1,
    ("812", "813"): _PHONE_2,
    ("829", "830"): _SYSTEM_TAMPER,
    ("831", "832"): _TROUBLE,
    ("842", "843"): _FIRE_TROUBLE,
}

TABLE: Final[dict[str, Meaning]] = {
    **{begin: meaning for (begin, _), meaning in _PAIRS.items()},
    **{end: restored(meaning) for (_, end), meaning in _PAIRS.items()},
    "654": _PARTITION,
    "814": _UNREPORTED,
    "605": journal("Zone fault", "防区故障"),
    "606": journal("Zone fault over", "防区故障恢复"),
    "609": journal("Zone open", "防区打开"),
    "610": journal("Zone closed", "防区关闭"),
    "650": journal("Ready", "准备就绪"),
    "651": journal("Not ready", "未就绪"),
    "652": journal("Armed", "已布防"),
    "653": journal("Ready, may be armed by force", "就绪，可强制布防"),
    "655": journal("Disarmed", "已撤防"),
    "656": journal("Exit delay", "外出延时"),
    "657": journal("Entry delay", "进入延时"),
    "658": journal("Keypad locked out", "键盘锁定"),
    "659": journal("Keypad blanked", "键盘关闭显示"),
    "660": journal("Output switched", "输出动作"),
    "670": journal("Wrong code at a keypad", "密码错误"),
    "671": journal("Function not available", "功能不可用"),
    "672": journal("Arming failed", "布防失败"),
    "673": journal("Partition busy", "分区忙"),
    "700": journal("Closed (armed)", "布防"),
    "701": journal("Closed (armed) by other means", "特殊布防"),
    "702": journal("Closed (armed) in part", "部分布防"),
    "750": journal("Opened (disarmed)", "撤防"),
    "751": journal("Opened (disarmed) by other means", "特殊撤防"),
    "816": journal("Panel's event buffer nearly full", "主机事件缓存将满"),
    "840": journal("Trouble light on", "故障灯亮"),
    "841": journal("Trouble light off", "故障灯灭"),
}
"""The trouble light only repeats what a command of its own already said."""
