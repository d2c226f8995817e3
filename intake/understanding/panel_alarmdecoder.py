"""What an AlarmDecoder's radio words mean to a dispatcher; its Contact ID events go by that table.

Words after the AlarmDecoder protocol's list of long-range radio events of older firmware.
"""

from typing import Final

from intake.understanding.panel_codes import Meaning, alarm, journal, restored

_FIRE = alarm("fire", "Fire alarm", "火警")
_PANIC = alarm("hold-up", "Panic alarm", "紧急报警")
_AUXILIARY = alarm("medical", "Auxiliary alarm", "医疗求助报警")
_BURGLARY = alarm("intrusion", "Burglar alarm", "入侵报警")
_BATTERY = alarm("facility-fault", "Panel battery low", "主机电池欠压")
_WIRELESS_BATTERY = alarm("facility-fault", "Detector battery low", "探测器电池欠压")
_POWER = alarm("facility-fault", "Panel without mains", "主机交流电断电")
_TROUBLE = alarm("facility-fault", "System trouble", "主机故障")

TABLE: Final[dict[str, Meaning]] = {
    "ALARM_FIRE": _FIRE,
    "ALARM_PANIC": _PANIC,
    "ALARM_AUDIBLE": _BURGLARY,
    "ALARM_SILENT": _PANIC,
    "ALARM_ENTRY": _BURGLARY,
    "ALARM_PERIMETER": _BURGLARY,
    "ALARM_AUX": _AUXILIARY,
    "ALARM_TRIPPED": _BURGLARY,
    "KEYPAD_FIRE": _FIRE,
    "KEYPAD_ALARM": _BURGLARY,
    "ALARM_EXIT_ERROR": _BURGLARY,
    "AC_LOSS": _POWER,
    "AC_RESTORE": restored(_POWER),
    "LOWBAT": _BATTERY,
    "LOWBAT_RESTORE": restored(_BATTERY),
    "RFLOWBAT": _WIRELESS_BATTERY,
    "RFLOWBAT_RESTORE": restored(_WIRELESS_BATTERY),
    "TROUBLE": _TROUBLE,
    "TROUBLE_RESTORE": restored(_TROUBLE),
    "CANCEL": Meaning("system", "restore", "Cancelled by the user", "用户取消报警"),
    "TEST_CALL": Meaning("test", "test", "Test", "测试"),
    "TEST_RESTORE": Meaning("test", "test", "Test over", "测试结束"),
    "ARM_AWAY": journal("Closed (armed)", "布防"),
    "ARM_STAY": journal("Closed (armed) with people inside", "留守布防"),
    "OPEN": journal("Opened (disarmed)", "撤防"),
    **dict.fromkeys(("BYPASS", "BYPASS_RESTORE"), journal("Bypass changed", "旁路变更")),
}
"""`KEYPAD_…` are the box's own words for what only a keypad's bits told."""
