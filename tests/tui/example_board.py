"""An invented board: an evening at a station, for tests and for the picture in the documentation."""

# ruff: noqa: E501 - a row of the example is one line, as on the screen

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from bus.messages.board import (
    AlarmRow,
    AssignmentRow,
    IncidentRow,
    Names,
    OverRow,
    RadioRow,
    Snapshot,
    Tables,
    TimelineRow,
    TimerRow,
    UnitRow,
)

NOW = datetime(2026, 3, 1, 14, 3, 22, tzinfo=UTC)


def ago(seconds: float) -> datetime:
    """A moment before the board's now."""
    return NOW - timedelta(seconds=seconds)


def names() -> Names:
    """The site's words."""
    return Names(
        site={"en": "Riverside station", "zh": "河滨站联勤分局"},
        places={
            "waiting-hall-a": {"en": "waiting hall A", "zh": "A候车厅"},
            "ticket-office": {"en": "ticket office", "zh": "售票厅"},
            "north-square": {"en": "north square", "zh": "北广场"},
            "south-exit": {"en": "south exit", "zh": "南出站口"},
            "taxi-stand": {"en": "taxi stand", "zh": "出租车上客点"},
            "platform-3": {"en": "platform 3", "zh": "3号站台"},
            "underground-parking": {"en": "underground parking", "zh": "地下停车场"},
        },
        types={
            "hold-up": {"en": "hold-up button", "zh": "紧急按钮"},
            "theft": {"en": "theft or pickpocket", "zh": "盗窃"},
            "fire": {"en": "fire or smoke", "zh": "火灾"},
            "fight": {"en": "fight or assault", "zh": "打架斗殴"},
            "missing-person": {"en": "missing person", "zh": "走失"},
            "traffic-obstruction": {"en": "vehicle obstruction", "zh": "交通堵塞"},
            "facility-fault": {"en": "facility fault", "zh": "设施故障"},
            "system": {"en": "line or channel fault", "zh": "系统告警"},
        },
        units={
            **{f"P{n}": {"en": f"patrol {n}", "zh": f"巡逻{n}"} for n in range(1, 7)},
            **{f"T{n}": {"en": f"traffic {n}", "zh": f"交通{n}"} for n in range(1, 4)},
            **{f"R{n}": {"en": f"response {n}", "zh": f"处突{n}"} for n in range(1, 3)},
            **{f"D{n}": {"en": f"detective {n}", "zh": f"侦查{n}"} for n in range(1, 3)},
        },
        teams={
            "hall": {"en": "Hall team", "zh": "候车厅组"},
            "platform": {"en": "Platform team", "zh": "站台组"},
            "square": {"en": "Square team", "zh": "广场组"},
            "traffic": {"en": "Traffic team", "zh": "交通组"},
            "response": {"en": "Response team", "zh": "处突组"},
            "case": {"en": "Case team", "zh": "侦查组"},
        },
        skills={
            "first-aid": {"en": "first aid", "zh": "急救"},
            "english": {"en": "English", "zh": "英语"},
            "dog": {"en": "dog", "zh": "警犬"},
        },
        agencies={
            "rail": {"en": "Railway police", "zh": "铁路公安"},
            "local": {"en": "City police", "zh": "市公安"},
        },
        priorities={
            "hold-up": 0,
            "fire": 0,
            "fight": 1,
            "theft": 2,
            "missing-person": 2,
            "facility-fault": 3,
        },
        spoken={
            "waiting-hall-a": ("hall a", "waiting hall a", "候车厅"),
            "north-square": ("the square", "站前广场"),
        },
    )


def answer_timer(since: datetime) -> TimerRow:
    """Of an alarm that waits for somebody since then."""
    due = tuple(since + timedelta(seconds=each) for each in (15, 20, 40))
    return TimerRow(kind="answer", since=since, due=due)


def alarm(key: str, **fields: Any) -> AlarmRow:  # noqa: ANN401 - a row's fields are of any type
    """A panel alarm, but for `fields`."""
    row: dict[str, Any] = {
        "id": key,
        "source": "panel",
        "source_id": "box-1/alarms-1",
        "state": "QUEUED",
        "type": "hold-up",
        "priority": 0,
        "place": "ticket-office",
        "text": "hold-up button, window 3",
        "text_zh": "3号窗口紧急按钮",
        "parsed": True,
        "said_at": ago(41),
        "recorded_at": ago(41),
        "version": 1,
    }
    row |= fields
    if row["state"] == "QUEUED":
        row.setdefault("timers", (answer_timer(row["recorded_at"]),))
    return AlarmRow.model_validate(row)


def unit(key: str, team: str, agency: str = "rail", **fields: object) -> UnitRow:
    """A free unit, but for `fields`."""
    row = {
        "id": key,
        "team": team,
        "agency": agency,
        "state": "AVAILABLE_MOBILE",
        "place": "north-square",
        "place_at": ago(300),
        "last_heard_at": ago(185),
        "version": 1,
    }
    return UnitRow.model_validate({**row, **fields})


def _alarms() -> tuple[AlarmRow, ...]:
    return (
        alarm("a1", count=2, account="1234", zone="001", event_code="122", qualifier="new", raw="353031313138313233343132323030"),
        alarm(
            "a2",
            source="radio",
            source_id="box-1/main",
            type="theft",
            priority=2,
            place="waiting-hall-a",
            text="bag snatched in hall a, man with a red jacket running to the south exit",
            text_zh="",
            said_at=ago(12),
            recorded_at=ago(12),
            caller_unit="P2",
            clip="2026-03-01/o5.flac",
            confidence=0.72,
        ),
        alarm(
            "a3",
            type="facility-fault",
            priority=2,
            place=None,
            text="",
            text_zh="",
            parsed=False,
            raw="53310d1b5b324a4e4e01ff303031",
            said_at=ago(95),
            recorded_at=ago(95),
            state="CLAIMED",
            claimed_by="li",
            claimed_at=ago(30),
            version=2,
        ),
        alarm("a4", type="theft", priority=2, place="waiting-hall-a", state="PROMOTED", incident="i1", link_kind="origin", source="radio", text="theft in waiting hall a", text_zh="", said_at=ago(610), recorded_at=ago(610)),
        alarm("a5", type="fire", place="underground-parking", state="PROMOTED", incident="i2", link_kind="origin", text="heat detector P1", text_zh="P1温感", said_at=ago(1300), recorded_at=ago(1300)),
    )  # fmt: skip


def _incidents() -> tuple[IncidentRow, ...]:
    rows = (
        ("i1", 1034, "theft", 2, "waiting-hall-a", "bag taken, red jacket", "ACTIVE", "ENROUTE", 610),
        (
            "i2",
            1031,
            "fire",
            0,
            "underground-parking",
            "heat detector P1, nothing showing",
            "ACTIVE",
            "ONSCENE",
            1300,
        ),
        ("i3", 1035, "missing-person", 2, "platform-3", "boy, six, blue cap", "PENDING", "UNSENT", 95),
        ("i4", 1029, "traffic-obstruction", 3, "taxi-stand", "van across two lanes", "HELD", "UNSENT", 4210),
    )
    return tuple(
        IncidentRow(
            id=key, no=no, type=kind, priority=priority, place=place, summary=summary, state=state, step=step,
            first_alarm_at=ago(age), alarms=2 if key == "i2" else 1, version=3,
            review_at=ago(-600) if state == "HELD" else None,
        )
        for key, no, kind, priority, place, summary, state, step, age in rows
    )  # fmt: skip


def _assignments() -> tuple[AssignmentRow, ...]:
    return (
        AssignmentRow(id="s1", incident="i1", unit="P1", state="ENROUTE", stamps={"DISPATCHED": ago(507), "SIGNED": ago(501), "ENROUTE": ago(497)}, version=3),
        AssignmentRow(id="s2", incident="i2", unit="P5", state="ONSCENE", stamps={"DISPATCHED": ago(1240), "SIGNED": ago(1231), "ENROUTE": ago(950), "ONSCENE": ago(950)}, inferred=("ENROUTE",), version=4),
        AssignmentRow(id="s3", incident="i2", unit="R1", state="SIGNED", stamps={"DISPATCHED": ago(60), "SIGNED": ago(52)}, version=2),
        AssignmentRow(id="s4", incident="i1", unit="P5", state="DISPATCHED", stamps={"DISPATCHED": ago(40)}, after="s2", version=1),
    )  # fmt: skip


def _units() -> tuple[UnitRow, ...]:
    return (
        unit("P1", "hall", state="COMMITTED", step="ENROUTE", incident="i1", place="waiting-hall-a", last_heard_at=ago(12), since=ago(497), skills=("first-aid", "english")),
        unit("P2", "hall", place="waiting-hall-a", last_heard_at=ago(14)),
        unit("P3", "platform", place="platform-3", state="AVAILABLE_POST", since=ago(5400), skills=("dog",)),
        unit("P4", "platform", state="BUSY", reason="meal", place=None, place_at=None),
        unit("P5", "square", "local", state="COMMITTED", step="ONSCENE", incident="i2", place="underground-parking", last_heard_at=ago(40), since=ago(950)),
        unit("P6", "square", "local", place_at=ago(4000)),
        unit("T1", "traffic", "local", place="taxi-stand"),
        unit("T2", "traffic", "local", state="OFF_DUTY", place=None, place_at=None, last_heard_at=None),
        unit("T3", "traffic", "local", place="taxi-stand", last_heard_at=ago(40)),
        unit("R1", "response", state="COMMITTED", step="SIGNED", incident="i2", last_heard_at=ago(52)),
        unit("R2", "response", state="RESERVED"),
        unit("D1", "case", "local", place=None, place_at=None),
        unit("D2", "case", "local", state="OUT_OF_SERVICE", place=None, place_at=None),
    )  # fmt: skip


_CALLERS = {"o4": ("mdc1200:2003",), "o2": ("mdc1200:1a2b",), "o3": ("mdc1200:beef",)}


def _overs() -> tuple[OverRow, ...]:
    rows = (
        ("o1", 497, 3, "p1 en route hall a", ("P1",), 0.91, None),
        ("o2", 210, 1, None, (), None, "noise"),
        ("o3", 52, 2, "response one received", ("R1",), 0.88, None),
        ("o4", 40, 3, "on scene taxi stand", ("T3",), 0.55, None),
        (
            "o5",
            12,
            8,
            "bag snatched in hall a, man with a red jacket running to the south exit",
            ("P2",),
            0.72,
            None,
        ),
    )
    return tuple(
        OverRow(id=key, gateway="box-1", channel="main", said_at=ago(age), seconds=long, text=text, units=units, confidence=sure, gated=gated, callers=_CALLERS.get(key, ()), clip=f"2026-03-01/{key}.flac")
        for key, age, long, text, units, sure, gated in rows
    )  # fmt: skip


def _radios() -> tuple[RadioRow, ...]:
    return (
        RadioRow(id="mdc1200:1003", unit="P3", heard=14, last_heard_at=ago(3), channel="box-1/main", version=1),
        RadioRow(id="mdc1200:2003", unit="T3", named_by="zhang", heard=5, last_heard_at=ago(40), channel="box-1/main", version=2),
        RadioRow(id="mdc1200:1a2b", heard=2, last_heard_at=ago(210), channel="box-1/main", version=1),
    )  # fmt: skip


def _timeline() -> tuple[TimelineRow, ...]:
    def row(
        seq: int,
        object_id: str,
        age: float,
        actor: str,
        what: str,
        incident: str | None = "i1",
        **params: object,
    ) -> TimelineRow:
        return TimelineRow(id=f"t{seq}", seq=seq, object="incident", object_id=object_id, incident=incident, at=ago(age), actor=actor, what=what, params=params)  # fmt: skip

    return (
        row(1, "a4", 610, "parser", "alarm.queued"),
        row(2, "a4", 560, "person:zhang", "alarm.claimed"),
        row(3, "i1", 545, "person:zhang", "incident.opened"),
        row(4, "s1", 507, "person:zhang", "assignment.dispatched", unit="P1", comment="use the north stairs"),
        row(5, "s1", 501, "parser", "assignment.stepped", unit="P1", step="SIGNED", quote="received"),
        row(
            6,
            "s1",
            497,
            "parser",
            "assignment.stepped",
            unit="P1",
            step="ENROUTE",
            quote="p1 en route hall a",
        ),
        row(7, "i1", 300, "person:li", "incident.noted", text="caller waits at window 3"),
        row(8, "a1", 41, "panel", "alarm.queued", None),
        row(9, "a1", 20, "panel", "alarm.repeated", None),
    )


@cache
def snapshot(n: int = 7, boot: str = "boot-1") -> Snapshot:
    """The whole board."""
    tables = Tables(
        alarms=_alarms(),
        incidents=_incidents(),
        assignments=_assignments(),
        units=_units(),
        overs=_overs(),
        radios=_radios(),
        timeline=_timeline(),
    )
    return Snapshot(boot=boot, n=n, at=NOW, names=names(), tables=tables)
