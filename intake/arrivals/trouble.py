"""The system's own troubles are alarms in the same queue: a box, a line, a clock, an unreadable message."""

from datetime import datetime

from intake.arrivals.arrival import Receiving, rule
from intake.dispatch.objects import AlarmContent
from intake.dispatch.source_commands import AcceptAlarm, AnnotateAlarms

_SENTENCES: dict[str, tuple[str, str]] = {
    "line-silent": (
        "Alarm line {device} is silent: no heartbeat, no event",
        "报警线路 {device} 无心跳、无信号",
    ),
    "line-broken": (
        "Alarm line {device} is broken: {detail}",
        "报警线路 {device} 中断，请检查线缆与适配器（{detail}）",
    ),
    "line-noise": (
        "Alarm line {device} is noisy: {detail}",
        "报警线路 {device} 干扰严重，请检查校验位、波特率与协议（{detail}）",
    ),
    "line-spool_full": (
        "Box storage full, line {device} is not answered",
        "前端存储已满，线路 {device} 停止应答",
    ),
    "gateway-lost": ("Box {device} is lost: the broker hears nothing of it", "前端 {device} 失联"),
    "gateway-degraded": (
        "The disk of box {device} is full: panels get no answer until there is room ({detail})",
        "前端 {device} 存储已满：腾出空间之前不应答报警主机（{detail}）",
    ),
    "clock-wrong": ("The clock of box {device} is {detail} s off", "前端 {device} 时钟偏差 {detail} 秒"),
    "channel-broken": ("Radio channel {device} is broken: {detail}", "无线信道 {device} 中断：{detail}"),
    "channel-silent": (
        "Radio channel {device} gives no sound: {detail}",
        "无线信道 {device} 没有声音，请检查音频线（{detail}）",
    ),
    "carrier-broken": (
        "Carrier line {device} is lost, the channel goes by its sound: {detail}",
        "载波检测线 {device} 中断，信道改按声音判断（{detail}）",
    ),
    "channel-stuck": ("Channel {device} has been keyed for minutes", "信道 {device} 持续被占用"),
    "speech-none": ("Nobody transcribes the channel: {detail}", "语音识别不可用：{detail}"),
    "words-unusable": (
        "The site's own words are not taken, the old ones stay: {detail}",
        "站点用语无法使用，仍用原来的：{detail}",
    ),
    "unreadable": (
        "A message on {device} cannot be read: {detail}",
        "来自 {device} 的消息无法解析：{detail}",
    ),
}
SYSTEM_PRIORITY = 2


def trouble_alarm(
    alarm: str,
    code: str,
    device: str,
    said_at: datetime,
    receiving: Receiving,
    *,
    detail: str = "",
    raw: str = "",
) -> AcceptAlarm:
    """An alarm of source and type `system`; `alarm` is its id: the same trouble told twice is one alarm."""
    en, zh = (sentence.format(device=device, detail=detail) for sentence in _SENTENCES[code])
    content = AlarmContent(
        id=alarm,
        source="system",
        source_id=device,
        said_at=said_at,
        recorded_at=receiving.at,
        clock_offset=receiving.clock_offset,
        priority=SYSTEM_PRIORITY,
        type="system",
        text=en,
        text_zh=zh,
        raw=raw,
        parsed=code != "unreadable",
        account=device,
        event_code=code,
    )
    return AcceptAlarm(id=alarm, at=receiving.at, by=rule("supervision"), content=content)


def trouble_over(signal: str, device: str, said_at: datetime, receiving: Receiving) -> AnnotateAlarms:
    """A note on the device's latest trouble that it is over; a person still looks at it."""
    return AnnotateAlarms(
        id=signal,
        at=receiving.at,
        by=rule("supervision"),
        signal_id=signal,
        source_id=device,
        account=device,
        zone=None,
        what="restore",
        said_at=said_at,
    )
