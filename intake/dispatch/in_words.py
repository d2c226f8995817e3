"""What a refusal names, as people say it: English, Chinese."""

from collections.abc import Mapping

WORDS: Mapping[str, tuple[str, str]] = {
    "alarm": ("alarm", "警情"),
    "incident": ("incident", "案件"),
    "assignment": ("order", "派警指令"),
    "unit": ("unit", "警力"),
    "units": ("units", "警力"),
    "team": ("team", "小组"),
    "agency": ("agency", "单位"),
    "grant": ("grant", "授权"),
    "handover": ("hand-over", "交接班"),
    "over": ("over", "通话"),
    "type": ("type", "类型"),
    "place": ("place", "地点"),
    "reason": ("reason", "理由"),
    "text": ("text", "内容"),
    "disposition": ("disposition", "处置结果"),
    "opens": ("hours", "开放时间"),
    "dispatcher": ("dispatcher", "接警员"),
    "observer": ("observer", "观察员"),
    "supervisor": ("supervisor", "值班长"),
    "technician": ("technician", "技术员"),
    "dispatcher/supervisor/technician": ("dispatcher, supervisor or technician", "接警员、值班长或技术员"),
    "actual": ("real work", "实战"),
    "exercise": ("an exercise", "演练"),
    "test": ("a test", "测试"),
    "QUEUED": ("queued", "待接"),
    "CLAIMED": ("claimed", "已认领"),
    "OFFERED": ("offered", "移交中"),
    "PROMOTED": ("an incident", "已立案"),
    "LINKED": ("linked", "已关联"),
    "DISMISSED": ("dismissed", "已撤除"),
    "TRANSFERRED": ("given away", "已移交"),
    "PENDING": ("pending", "待派"),
    "ACTIVE": ("active", "处置中"),
    "HELD": ("held", "搁置"),
    "RESOLVED": ("resolved", "已处置"),
    "CLOSED": ("closed", "已结案"),
    "MERGED": ("merged", "已合并"),
    "CANCELLED": ("cancelled", "已取消"),
    "RESERVED": ("reserved", "预留"),
    "DISPATCHED": ("sent", "已派"),
    "SIGNED": ("signed", "已签收"),
    "ENROUTE": ("en route", "途中"),
    "ONSCENE": ("on scene", "到场"),
    "CLEARED": ("cleared", "完毕"),
    "DECLINED": ("declined", "拒收"),
    "DIVERTED": ("diverted", "改派"),
    "AVAILABLE": ("available", "待命"),
    "AVAILABLE_MOBILE": ("available", "待命"),
    "AVAILABLE_POST": ("at post", "驻守"),
    "BUSY": ("busy", "占用"),
    "OUT_OF_SERVICE": ("out of service", "停用"),
    "OFF_DUTY": ("off duty", "下班"),
    "COMMITTED": ("at work", "出警"),
}
"""By what the code calls it."""

NAMES = frozenset({"field", "what", "role", "needs", "state", "step", "one", "other"})
"""The parts of a sentence that are filled with one of these; the others are people, units, numbers."""


def in_words(names: Mapping[str, object], language: int) -> dict[str, object]:
    """The same names with words in place of codes; `language` 0 is English, 1 Chinese."""
    return {
        name: WORDS[str(value)][language] if name in NAMES and str(value) in WORDS else value
        for name, value in names.items()
    }
