"""The type letters of basic pulse formats (3/1, 4/1, 4/2) behind a Sur-Gard receiver.

The digits behind the letter are what the panel's installer chose: nobody else knows fire from burglary.
"""

from typing import Final

from intake.understanding.panel_codes import Meaning, alarm, journal, restored

_ALARM: Final = alarm("intrusion", "Alarm of a type only its installer knows", "报警（类型由安装者设定）")

TABLE: Final[dict[str, Meaning]] = {
    "A": _ALARM,
    "R": restored(_ALARM),
    "T": alarm("facility-fault", "System trouble", "主机故障"),
    "O": journal("Opened (disarmed)", "撤防"),
    "C": journal("Closed (armed)", "布防"),
}
